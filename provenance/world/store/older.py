"""What version 0.1.0 kept as sentences, read once as the values that stand for them now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provenance.model.ending import AddressOutcome, Ending, EndReason

if TYPE_CHECKING:
    from sqlite_utils import Database

_SENTENCES: tuple[tuple[EndReason, str], ...] = (
    (EndReason.SAME_TEXT, r"the same text as (.*)"),
    (EndReason.BEYOND_LIMIT, r"beyond the first ([\d,]+) \(--max\)"),
    (EndReason.NOT_DRAWN, r"not drawn for the sample()"),
    (EndReason.OTHER_SITE, r"it is on another site()"),
    (EndReason.LEADS_AWAY, r"it leads to (\S+): .*"),
    (EndReason.OLD_BY_LISTING, r"older than (\S+), by its listing"),
    (EndReason.OLD_BY_PAGE, r"older than (\S+), by its own date"),
    (EndReason.LONG_ADDRESS, r"a trap: its address is longer than (\d+) characters"),
    (EndReason.SESSION_ID, r"a trap: its address holds a session id()"),
    (EndReason.DEEP_PATH, r"a trap: its path is more than (\d+) deep"),
    (EndReason.REPEATING_PATH, r"a trap: its path repeats a part more than (\d+) times"),
    (EndReason.MANY_PARAMETERS, r"a trap: its address holds more than (\d+) parameters"),
    (EndReason.NO_ARTICLES, r"a trap: (\d+) addresses like it held no article"),
    (EndReason.MEDIA_TYPE, r"not a page: (.*)"),
    (EndReason.START_PAGE, r"the start page()"),
    (EndReason.LISTING, r"a listing, not an article()"),
    (EndReason.NO_TEXT, r"it holds no text()"),
    (EndReason.FEW_WORDS, r"not an article: (\d+) words"),
    (EndReason.CONSENT_WALL, r"a consent wall stands where its text should be()"),
    (EndReason.SCRIPT_SHELL, r"its text is put in by scripts, which are not run()"),
    (EndReason.ERROR_PAGE, r"it seems to be an error page()"),
    (EndReason.HOST_SILENT, r"its host gave no answer \d+ times in a row; the last: (.*)"),
    (EndReason.OFFLINE, r"offline(?: and not kept)?()"),
    (EndReason.OWN_FAULT, r"a fault in provenance itself \((\w+)\); please report it"),
    (EndReason.NO_ANSWER, r"(.*), \d+ times"),
)
_BY_OUTCOME = {
    AddressOutcome.FAILED: EndReason.FAULT,
    AddressOutcome.REFUSED: EndReason.REFUSED,
    AddressOutcome.SKIPPED: EndReason.OTHER,
}
_STATUS = re.compile(r"\(HTTP (\d{3})\)$")


def ending(outcome: AddressOutcome, sentence: str) -> Ending:
    """The reason that a sentence of 0.1.0 told; what nobody knows keeps its words as detail."""
    for reason, pattern in _SENTENCES:
        found = re.fullmatch(pattern, sentence, re.DOTALL)
        if found and reason.outcome is outcome:
            detail = found.group(1)
            if reason is EndReason.BEYOND_LIMIT:
                detail = detail.replace(",", "")
            return Ending(reason=reason, detail=detail)
    return Ending(reason=_BY_OUTCOME[outcome], detail=sentence)


def mark_endings(db: Database) -> None:
    """Turns the reason of each address into its code and its detail, in one walk."""

    def code(state: str, sentence: str) -> str:
        return str(ending(AddressOutcome(state), sentence).reason)

    def detail(state: str, sentence: str) -> str:
        return ending(AddressOutcome(state), sentence).detail

    db.conn.create_function("ending_code", 2, code, deterministic=True)
    db.conn.create_function("ending_detail", 2, detail, deterministic=True)
    db.execute(
        "UPDATE addresses SET reason = ending_code(state, reason),"
        " detail = ending_detail(state, reason) WHERE state IN ('failed', 'refused', 'skipped')"
    )


def with_statuses(plain: dict[str, Any]) -> dict[str, Any]:
    """A report as 0.1.0 kept it, with the HTTP statuses that stood in its sentences alone."""
    for lookup in plain.get("lookups", ()):
        found = _STATUS.search(str(lookup.get("why", "")))
        if "status" not in lookup and found:
            lookup["status"] = int(found.group(1))
    return plain
