"""Shared string craft: words, shingles, addresses, dates, publishers."""
