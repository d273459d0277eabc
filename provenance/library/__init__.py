"""What a program or a notebook calls; the names are public in ``provenance``."""
