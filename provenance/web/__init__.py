"""The local page: the check in a browser. It calls jobs and renders; it decides nothing."""
