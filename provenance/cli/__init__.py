"""Where somebody knocks: the command line, the demo."""
