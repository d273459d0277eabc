"""The addresses that a text cites: plain, in wiki markup, in Markdown."""

from __future__ import annotations

import re

from provenance.text.urls import is_web_url, normalise, unwrap_archived

# Wiki markup ends an address with | ] } and Markdown with ), which an address may also hold.
_ADDRESS = re.compile(r"https?://[^\s|\]}{<>\"“”«»`]{3,2000}", re.IGNORECASE)
_AFTER = ".,;:!?'’*_"


def cited_urls(text: str) -> tuple[str, ...]:
    """Each address once, in the order of the text; for an archive's, that of the page in it."""
    found: dict[str, str] = {}
    for match in _ADDRESS.finditer(text):
        url = unwrap_archived(_trim(match.group()))
        if is_web_url(url):
            found.setdefault(normalise(url), url)
    return tuple(found.values())


def _trim(address: str) -> str:
    """The address without the points and brackets of the sentence around it."""
    while address:
        unopened = address[-1] == ")" and address.count(")") > address.count("(")
        if not unopened and address[-1] not in _AFTER:
            break
        address = address[:-1]
    return address
