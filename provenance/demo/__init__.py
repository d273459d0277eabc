"""A small world on loopback: a paper, an aggregator, an archive and a search, all invented."""
