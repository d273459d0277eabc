"""Evidence out: WARC and WACZ files, captures asked for, files written whole or not at all."""
