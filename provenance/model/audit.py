"""A whole site checked: one row a page, and what the rows amount to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from provenance.model.ending import AddressOutcome, Ending, EndReason
from provenance.model.report import NoticeState, Stance, StoredReport
from provenance.model.verdict import Attribution, Basis, Confidence, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterator


# Where an address of an audit stands until it ends.
WAITING, FETCHED, READ = "waiting", "fetched", "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSide:
    """One side of a copy as a notice needs it: address, names, when it was there, who says so.

    ``published`` is the page's own claim, ``first_seen`` that of an archive or index, which
    ``memento`` shows; ``published_by`` and ``seen_by`` say where each stood. ``digest`` is the
    SHA-256 of the bytes that were read, '' where none were.
    """

    url: str | None
    title: str | None = None
    publisher: str | None = None
    published: datetime | None = None
    first_seen: datetime | None = None
    memento: str | None = None
    published_by: str | None = None
    seen_by: str | None = None
    byline: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What came of one page; ``report`` is the number its own report is kept under.

    ``share`` is the part of its words that stands in the source, ``share_of_source`` the reverse,
    both 0..1 and None where nothing was compared; ``longest`` the words of the longest run that
    both have. ``says`` is what the page itself says of its source, in its words. ``file`` is the
    report's file beside the audit's, None where none was written.
    """

    kind: VerdictKind
    basis: Basis
    attribution: Attribution
    confidence: Confidence
    page: PageSide
    origin: PageSide | None
    share: float | None
    share_of_source: float | None
    words: int
    report: int
    digest: str
    file: str | None = None
    misses: tuple[str, ...] = ()
    longest: int | None = None
    says: str | None = None
    checked_at: datetime | None = None

    @property
    def copied(self) -> int | None:
        """How many of its words stand in the source; None where nothing was compared."""
        return None if self.share is None else round(self.share * self.words)

    @property
    def delay(self) -> float | None:
        """Days from the origin's own date to the page's own; None unless both state one."""
        if self.origin is None or self.origin.published is None or self.page.published is None:
            return None
        return (self.page.published - self.origin.published).total_seconds() / 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One address: how it ended, and either its result or why there is none.

    ``detail`` is what only this address has, as ``EndReason`` says. ``reviewed`` is what a person
    made of the page and its text, ``notice`` how far the matter is; None where nobody noted it.
    ``cells`` are those of its row in the list that names it, by the list's columns.
    """

    url: str
    found_by: str
    fate: AddressOutcome
    reason: EndReason | None = None
    detail: str = ""
    result: PageResult | None = None
    reviewed: Stance | None = None
    notice: NoticeState | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``count`` of ``of`` pages, with the 95 % interval ``low`` to ``high`` of the site's share."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0..1; 0 of no pages."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A sitemap, feed, list or start page that was asked for addresses, and how many it gave.

    ``columns`` are the names of those of a list.
    """

    url: str
    kind: str
    found: int
    why: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """What a person asked for: part of the audit's identity, so the same command resumes it.

    ``sample`` is how many pages are drawn, None for all; ``most`` how many addresses are looked
    at; ``since`` leaves out pages whose listing dates them before. ``digest`` is that of a list
    of addresses (SHA-256) and ``column`` the one they stand in; both are '' for a site.
    """

    sample: int | None = None
    seed: int = 1
    most: int = 5000
    since: datetime | None = None
    lookups: bool = False
    column: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row of a list of addresses: its place from 1, what it names, its cells."""

    number: int
    named: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAddress:
    """An address and who gave it; ``dated`` is when its listing says it last changed.

    ``row`` is where a list names it; ``url`` is '' for a row that names no address.
    """

    url: str
    by: str
    dated: datetime | None = None
    depth: int = 0
    row: ListRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An address of an audit, held by one worker until it is settled or put back."""

    id: int
    audit: int
    url: str
    found_by: str
    depth: int
    tries: int
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOutcome:
    """What reading made of a page: an article to be checked, or ``ended`` says how it ended.

    ``digest`` names its bytes, ``mark`` its text whatever the spaces in it; ``links`` are the
    addresses on it that may be followed.
    """

    claim: Claim
    digest: str = ""
    mark: str = ""
    links: tuple[FoundAddress, ...] = ()
    ended: Ending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """What came of checking a page: a result and its report, or ``ended`` says why there is none.

    ``result.report`` is 0 until the report has its number.
    """

    claim: Claim
    result: PageResult | None = None
    report: StoredReport | None = None
    ended: Ending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFailure:
    """A piece of work that ended its process: ``why`` in words."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What there is to do: a claim, or ``wait`` seconds until there may be one, or neither."""

    claim: Claim | None = None
    wait: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteBoilerplate:
    """What a site puts on its own pages, and before and after its headlines.

    ``shown`` is furniture as it stands on a page, the most frequent first. ``marks`` are 64-bit
    hashes of lines and sentences, little-endian and ascending; each of ``phrases`` is the hash of
    its first words, their number, the hash of all.
    """

    shown: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    marks: bytes = b""
    phrases: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where an audit stands: how many addresses are in each state, and how many findings."""

    number: int
    target: str
    found: int
    waiting: int
    read: int
    fates: tuple[tuple[AddressOutcome, int], ...]
    reused: int
    complete: bool

    @property
    def ended(self) -> int:
        """How many addresses have ended."""
        return sum(count for _, count in self.fates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """``pages`` of ``hosts`` are to be fetched; ``seconds`` until all of them are checked.

    ``lookups`` are the seconds that look-ups may take at most beside that, 0 where there are none.
    """

    pages: int
    hosts: int
    seconds: float
    lookups: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An audit as it is watched: ``newest`` are the pages with somebody's text checked last.

    ``why`` says what ended it, '' where nothing did; ``line`` is how fast it goes, in words.
    """

    progress: Progress
    running: bool
    newest: tuple[PageResult, ...]
    why: str
    line: str = ""


class Rows(Protocol):
    """Rows in the order of their addresses, read when they are asked for, as often as wanted."""

    def __iter__(self) -> Iterator[AuditRow]:
        """Each row."""
        ...

    def __len__(self) -> int:
        """How many there are."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why ``count`` addresses were not checked, without what only one of them has.

    ``reason`` is OTHER without a detail for all that are too many to be told apart.
    """

    fate: AddressOutcome
    reason: EndReason
    count: int
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher whose texts the site has: on how many pages, how often named.

    ``delay`` is the middle number of days from its text to the site's, None without dates.
    """

    name: str
    pages: int
    credited: int
    delay: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCount:
    """One site of an audit that looks at several: its registrable domain and what came of it.

    Of its ``addresses`` so many were ``checked``; of those ``reused`` have their text from another
    source, of ``elsewhere`` the text also stands on another page and who was first is open, and
    ``first`` were there before another page with their text.
    """

    name: str
    addresses: int
    checked: int
    reused: int
    elsewhere: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePair:
    """How much text ``site`` has from ``source``: a site, or a publisher without an address.

    ``pages`` have it from there; ``shared`` have text in common with it, while who had it first is
    open, or both have it from a third.
    """

    site: str
    source: str
    pages: int
    shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """``month`` as 2026-03: pages that date themselves to it, ``taken`` those from elsewhere."""

    month: str
    pages: int
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Days from original to repost over ``count`` pairs of stated dates; quartiles by rank.

    ``steps`` counts them by size: each is the number of days a step ends before, None for the
    last, and its pairs. A negative delay is a copy that dates itself before its original.
    """

    count: int
    least: float
    lower: float
    middle: float
    upper: float
    most: float
    steps: tuple[tuple[float | None, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """One site, or several, audited. ``rows`` are in the order of their addresses.

    ``listed`` are the rows of a list of addresses, each once and in its order, with its cells;
    None for any other target. ``columns`` are the names of the cells.

    ``shares`` are the kinds in the order of the enum, ``reused`` the pages that have their text
    from somebody else. ``checked_at`` is the time of the newest evidence. ``drawn`` is True where
    the rows done are a random sample, whose interval is then Wilson's; else the interval says
    what the pages that could not be read may change. ``fates`` are all four, ``reasons`` and
    ``sources`` the most frequent, those first; ``named`` is how many sources there are in all.
    ``credits`` and ``delays`` are of the pages in ``reused``, ``months`` of all that were checked.
    ``sites`` are those with most pages from another source, ``site_count`` is how many there are
    in all; ``pairs`` say which site has text from whom, most pages first.
    """

    number: int
    target: str
    options: AuditOptions
    listings: tuple[Listing, ...]
    habits: tuple[str, ...]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    shares: tuple[tuple[VerdictKind, Share], ...]
    reused: Share
    drawn: bool
    fates: tuple[tuple[AddressOutcome, int], ...]
    reasons: tuple[Reason, ...]
    sources: tuple[Source, ...]
    named: int
    credits: tuple[tuple[Attribution, int], ...]
    delays: Delays | None
    months: tuple[Month, ...]
    checked_at: datetime
    version: str
    sites: tuple[SiteCount, ...] = ()
    site_count: int = 1
    pairs: tuple[SitePair, ...] = ()
    columns: tuple[str, ...] = ()
    listed: Rows | None = None
    rows: Rows

    @property
    def every_row(self) -> Rows:
        """The rows as a table shows them: in the order of the list, where the target is one."""
        return self.rows if self.listed is None else self.listed

    @property
    def is_list(self) -> bool:
        """Whether the pages are of several sites."""
        return self.site_count > 1

    @property
    def boilerplate(self) -> SiteBoilerplate:
        """What the site prints on its pages, as far as the report shows it."""
        return SiteBoilerplate(shown=self.habits, prefixes=self.prefixes, suffixes=self.suffixes)
