"""Document to Signals: every sign of syndication, and what silences it."""
