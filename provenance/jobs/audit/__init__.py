"""A site audited: all its pages read, then checked, then counted."""
