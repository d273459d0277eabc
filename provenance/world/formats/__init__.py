"""Bytes in, values out: WARC, sitemaps, feeds, charsets and codings, all bounded."""
