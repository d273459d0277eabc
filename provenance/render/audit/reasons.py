"""Why an address of an audit was not checked, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model.ending import EndReason
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from provenance.model.audit import AuditRow, Reason

# With the detail; and, for what many addresses share though each has its own detail, without it.
_WORDS = {
    EndReason.NO_ADDRESS: "its row in the list names no web address",
    EndReason.SAME_TEXT: "the same text as {}",
    EndReason.BEYOND_LIMIT: "beyond the first {} addresses (--max)",
    EndReason.NOT_DRAWN: "not drawn for the sample",
    EndReason.OTHER_SITE: "it is on another site",
    EndReason.LEADS_AWAY: "it leads to {}, which is not part of this audit",
    EndReason.OLD_BY_LISTING: "older than {}, by the date in its listing",
    EndReason.OLD_BY_PAGE: "older than {}, by the date on the page",
    EndReason.LONG_ADDRESS: "its address is longer than {} characters, as endless pages have it",
    EndReason.SESSION_ID: "its address holds a session id, as endless pages have it",
    EndReason.DEEP_PATH: "its path has more than {} parts, as endless pages have it",
    EndReason.REPEATING_PATH: (
        "its path repeats a part more than {} times, as endless pages have it"
    ),
    EndReason.MANY_PARAMETERS: (
        "its address holds more than {} parameters, as endless pages have it"
    ),
    EndReason.NO_ARTICLES: "{} addresses like it held no article",
    EndReason.MEDIA_TYPE: "not a page: {}",
    EndReason.START_PAGE: "the start page",
    EndReason.LISTING: "a listing, not an article",
    EndReason.NO_TEXT: "it holds no text",
    EndReason.FEW_WORDS: "not an article: {} words",
    EndReason.CONSENT_WALL: "a consent wall stands where its text should be",
    EndReason.SCRIPT_SHELL: "its text is put in by scripts, which are not run",
    EndReason.ERROR_PAGE: "it seems to be an error page",
    EndReason.FAULT: "{}",
    EndReason.NO_ANSWER: "{}; asked several times",
    EndReason.HOST_SILENT: "its host had stopped answering; at last: {}",
    EndReason.OFFLINE: "offline, and no copy of it is kept",
    EndReason.OWN_FAULT: "a fault in provenance itself ({}); please report it",
    EndReason.REFUSED: "{}",
    EndReason.OTHER: "{}",
}
_SHARED = {
    EndReason.SAME_TEXT: "the same text as another page of this audit",
    EndReason.LEADS_AWAY: "it leads to a page that is not part of this audit",
    EndReason.FEW_WORDS: "not an article: too few words",
    EndReason.NO_ARTICLES: "addresses like it held no article",
    EndReason.OTHER: "other reasons",
}


def why_not(found: AuditRow | Reason) -> str:
    """Why an address, or several, were not checked; '' for one that was."""
    if found.reason is None:
        return ""
    if not found.detail and found.reason in _SHARED:
        return _SHARED[found.reason]
    return _WORDS[found.reason].format(_detail(found.reason, plain(found.detail)))


def _detail(reason: EndReason, detail: str) -> str:
    digits = reason is EndReason.BEYOND_LIMIT and detail.isdecimal()
    return f"{int(detail):,}" if digits else detail
