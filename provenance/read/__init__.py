"""Capture to Document: the page as a witness."""
