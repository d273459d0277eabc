"""The kept data: the only SQL."""
