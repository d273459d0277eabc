"""Report to terminal, JSON, Markdown and HTML."""
