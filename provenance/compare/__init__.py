"""Document against Document: how much is shared, and where."""
