"""The main text of a page, aligned with its blocks."""
