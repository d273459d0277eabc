"""Answers that come before the answer: 103 Early Hints and their kin (RFC 9110 15.2).

``http.client`` passes over 100 Continue alone and takes every other interim answer for the final.
"""

from __future__ import annotations

import http.client

from urllib3.connection import HTTPConnection

_SWITCHED = 101
_MOST = 20


class FinalResponse(http.client.HTTPResponse):
    """An answer whose interim ones are passed over, some twenty at most."""

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MOST):
            found: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
            if not 100 < found[1] < 200 or found[1] == _SWITCHED:
                return found
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException("too many interim answers")


def pass_over_interim() -> None:
    """Makes connections of urllib3 read the final answer; urllib3 is not changed otherwise."""
    HTTPConnection.response_class = FinalResponse
