"""One page checked: the search for its source, every look-up noted, first appearances."""
