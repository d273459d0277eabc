"""A network as text for people and programs: a page, a graph, an account, a few lines."""
