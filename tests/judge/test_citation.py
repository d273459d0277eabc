"""When an origin is sure enough to be cited, what is cited, and what is refused."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.judge import judge, weigh
from provenance.judge.authors import author
from provenance.judge.citation import cite, cite_copy, cite_page, wire
from provenance.judge.declared import declare
from provenance.judge.particulars import kind
from provenance.model import (
    Answer,
    Author,
    CalendarDay,
    Citation,
    CitationKind,
    Confidence,
    Derivation,
    Document,
    Event,
    Evidence,
    Exhibit,
    Family,
    Finding,
    Lookup,
    Place,
    Precision,
    Refusal,
    Report,
    Settings,
    Sighting,
    Signal,
    Statement,
    Strength,
    UrlStatus,
    VerdictKind,
    Via,
    Witness,
)
from provenance.text.publishers import agency_named
from tests.build import NOON, document, finding, sighting, signal

PAGE = "https://mirror-daily.example/harbour-road"
ORIGIN = "https://harbourpost.example/opinion/road?utm_source=feed&id=7#top"
MEMENTO = "https://archive.example/web/20260301120000id_/https://harbourpost.example/opinion/road"
ARTICLE = "https://en.wikipedia.org/wiki/Harbour_road"
SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[3] / "shared"))
AGENCIES = SHARED / "recorded" / "citation" / "cs1-agency-cases.json"


def own_date(day: int) -> Sighting:
    return sighting(day, Witness.SELF)


def source(url: str = ORIGIN, **fields: Any) -> Document:
    given: dict[str, Any] = {
        "url": url,
        "title": "The road that went to the harbour",
        "byline": ("Ada de Wit", "Bo Lind"),
        "publisher": "The Harbour Post",
        "language": "en",
        "text": "The story.",
        "dates": (own_date(1),),
        "digest": "a" * 64,
    }
    return document(**{**given, **fields})


def suspect(**fields: Any) -> Document:
    given: dict[str, Any] = {
        "url": PAGE,
        "title": "THE ROAD!",
        "publisher": "Mirror Daily",
        "text": "The story.",
        "dates": (own_date(3),),
        "digest": "b" * 64,
    }
    return document(**{**given, **fields})


def read(page: Document, via: Via = Via.LIVE, **fields: Any) -> Exhibit:
    given: dict[str, Any] = {
        "url": page.url,
        "responded_url": page.url,
        "status": 200,
        "media_type": "text/html",
        "captured_at": NOON.replace(day=5),
        "via": via,
        "memento": None,
        "digest": page.digest,
        "size": 100,
    }
    return Exhibit(**{**given, **fields})


def report(
    findings: tuple[Finding, ...] = (),
    *,
    signals: tuple[Signal, ...] = (),
    sightings: tuple[Sighting, ...] = (),
    page: Document | None = None,
    **fields: Any,
) -> Report:
    """A report whose verdict the evidence gives."""
    page = page or suspect()
    sightings = (*page.dates, *sightings)
    known = weigh(
        Evidence(
            suspect=page,
            signals=signals,
            declaration=declare(page, signals),
            sightings=sightings,
            findings=findings,
        )
    )
    given: dict[str, Any] = {
        "target": PAGE,
        "suspect": page,
        "signals": signals,
        "sightings": sightings,
        "findings": known.findings,
        "verdict": judge(known),
        "misses": (),
        "lookups": (),
        "evidence": (read(page),),
        "checked_at": NOON,
        "settings": Settings(),
        "version": "0",
    }
    return Report(**{**given, **fields})


def copied_from(page: Document | None = None, share: float = 0.98, **fields: Any) -> Report:
    """A repost that links its source, which an archive saw first."""
    page = page or source()
    url = page.url or ""
    seen = sighting(1, memento=MEMENTO)
    found = finding(url, share, source=page, sightings=(*page.dates, seen))
    evidence = (read(suspect()), read(page))
    given: dict[str, Any] = {
        "signals": (signal(target=url),),
        "sightings": (sighting(3),),
        "evidence": evidence,
    }
    return report((found,), **{**given, **fields})


def named(name: str, claims: Derivation = Derivation.WHOLLY, **fields: Any) -> Signal:
    given: dict[str, Any] = {
        "rule": "originally_published",
        "strength": Strength.NAME,
        "names": (name,),
        "claims": claims,
    }
    return signal(**{**given, **fields})


def cited(given: Report) -> Citation:
    found = cite(given)
    assert isinstance(found, Citation), found
    return found


def refused(given: Report) -> str:
    found = cite(given)
    assert isinstance(found, Refusal), found
    assert "--anyway" in found.advice
    return found.why


def test_the_original_is_cited_and_nothing_of_the_copy() -> None:
    assert cited(copied_from()) == Citation(
        kind=CitationKind.WEBPAGE,
        title="The road that went to the harbour",
        authors=(Author(family="de Wit", given="Ada"), Author(family="Lind", given="Bo")),
        container="The Harbour Post",
        url="https://harbourpost.example/opinion/road?id=7",
        issued=CalendarDay(year=2026, month=3, day=1),
        accessed=CalendarDay(year=2026, month=3, day=5),
        archive_url=MEMENTO.replace("id_", ""),
        archive_date=CalendarDay(year=2026, month=3, day=1),
        url_status=UrlStatus.LIVE,
        language="en",
    )


def test_a_snapshot_that_does_not_hold_the_text_is_not_named() -> None:
    page = source()
    seen = sighting(1, memento=MEMENTO)
    other = replace(seen, holds_text=False, memento="https://archive.example/other")
    unread = replace(seen, holds_text=None, memento="https://archive.example/unread")
    found = finding(page.url or "", 0.98, source=page, sightings=(other, unread))
    given = replace(copied_from(), findings=(found,))
    assert cited(given).archive_url is None


def test_part_of_a_page_is_cited_with_a_word_of_how_much() -> None:
    assert "Only 40% of the words" in cited(copied_from(share=0.4)).note


def test_a_page_that_was_first_is_cited_itself() -> None:
    later = source(url="https://late.example/road", dates=(own_date(6),))
    found = finding(later.url or "", 0.98, source=later, sightings=(*later.dates, sighting(6)))
    given = report((found,), sightings=(sighting(3),))
    assert cited(given).container == "Mirror Daily"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (report(), "no origin is known"),
        (
            report((finding(ORIGIN, 0.98, source=source(dates=())),), page=suspect(dates=())),
            "who was first is not settled",
        ),
        (report(signals=(signal(strength=Strength.REPOST),)), "names nobody"),
        (report(signals=(named("Harbour Post", Derivation.PARTIALLY),)), "only a part"),
    ],
)
def test_what_is_not_sure_is_refused(given: Report, why: str) -> None:
    assert why in refused(given)


def test_nobody_asked_is_not_called_nothing_found() -> None:
    from provenance.model import Miss

    given = replace(report(), misses=(Miss(provider="search", asked="x", why="offline"),))
    assert "not everybody could be asked" in refused(given)


def test_a_linked_source_that_holds_the_text_is_cited_as_the_pages_own_word() -> None:
    page = source(dates=())
    found = finding(ORIGIN, 0.98, source=page)
    given = report((found,), signals=(signal(target=ORIGIN),), page=suspect(dates=()))
    told = cited(given)
    assert told.container == "The Harbour Post"
    assert "own word" in told.note
    # Archives that came days later there than here are outweighed by the link, and no witnesses.
    later = replace(found, sightings=(sighting(9),))
    outweighed = cited(report((later,), signals=(signal(target=ORIGIN),), sightings=(sighting(3),)))
    assert "own word" in outweighed.note


def test_a_source_that_was_read_and_does_not_hold_the_text_is_refused() -> None:
    unlike = finding(ORIGIN, 0.0, source=source())
    given = report((unlike,), signals=(signal(target=ORIGIN, names=("Harbour Post",)),))
    assert "was read and does not hold the text" in refused(given)
    anyway = cite_page(given)
    assert (anyway.container, anyway.via) == ("Mirror Daily", None)
    assert anyway.note.startswith("Origin not certain: ")


def test_only_the_copy_can_be_read() -> None:
    found = cited(report(signals=(named("The Harbour Post"),)))
    assert (found.container, found.via) == ("The Harbour Post", "Mirror Daily")
    assert found.url == PAGE
    assert found.issued is None
    assert "was not read" in found.note


def test_a_file_without_an_address_cites_the_address_it_gives() -> None:
    page = suspect(url=None, publisher=None)
    found = cited(report(signals=(signal(target=ORIGIN, names=("Harbour Post",)),), page=page))
    assert found.url == "https://harbourpost.example/opinion/road?id=7"
    assert found.via is None


def test_a_saved_copy_that_only_knows_the_originals_address() -> None:
    page = suspect(url=None, canonical="https://harbourpost.example/opinion/road")
    found = cited(report(signals=(signal(target=ORIGIN, names=("Harbour Post",)),), page=page))
    assert found.url == "https://harbourpost.example/opinion/road?id=7"
    assert found.via is None


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (document(url="https://www.reuters.com/a", publisher="U.S."), "Reuters"),
        (document(url="https://www.theguardian.com/a", publisher="The Guardian"), "The Guardian"),
        (
            document(url=PAGE, publisher="mirror_daily", self_names=("Mirror Daily",)),
            "Mirror Daily",
        ),
        (document(url=PAGE, publisher="mirrordaily"), "mirror-daily.example"),
        (document(url="https://www.mirror-daily.example/x"), "mirror-daily.example"),
    ],
)
def test_a_site_is_cited_by_its_name(page: Document, name: str) -> None:
    assert cite_page(report(page=page)).container == name


def test_wire_copy_is_the_papers_page_with_its_agency() -> None:
    agency = signal(
        rule="agency_byline",
        family=Family.AGENCY,
        strength=Strength.NAME,
        names=("Reuters",),
        place=Place.BYLINE,
    )
    found = cited(report(signals=(agency,), page=suspect(byline=("Reuters",), agency="Reuters")))
    assert (found.agency, found.container, found.authors) == ("Reuters", "Mirror Daily", ())
    assert found.via is None


def test_a_desk_is_no_person() -> None:
    names = ("Mirror Daily Wick", "Ada Wick")
    desk, person = cite_page(report(page=suspect(byline=names))).authors
    assert desk == Author(literal="Mirror Daily Wick")
    assert person == Author(family="Wick", given="Ada")
    own = suspect(byline=("Ada Wick",), publisher="Ada Wick")
    assert cite_page(report(page=own)).authors == (person,)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ((), (Author(literal="Politics Desk"), Author(literal="Road Safety Board"))),
        (("Jane Doe",), (Author(family="Doe", given="Jane"),)),
    ],
)
def test_a_desk_is_the_author_where_no_person_is(
    byline: tuple[str, ...], authors: tuple[Author, ...]
) -> None:
    page = suspect(byline=byline, desks=("Politics Desk", "Road Safety Board"))
    assert cite_page(report(page=page)).authors == authors


def test_anyway_says_that_it_is_not_certain() -> None:
    found = cite_page(report())
    assert found.title == "THE ROAD!"
    assert found.note == "Origin not certain: no origin is known."


def test_a_copy_of_wikipedia_is_what_goes_on_the_talk_page() -> None:
    article = source(url=ARTICLE, title="Harbour road", byline=(), publisher="Wikipedia")
    found = cite_copy(copied_from(article))
    assert isinstance(found, Citation)
    assert (found.title, found.url) == ("THE ROAD!", PAGE)
    assert cited(copied_from(article)).container == "Wikipedia"
    assert isinstance(cite_copy(copied_from()), Refusal)


def test_an_article_of_wikipedia_that_was_first_names_its_copy() -> None:
    later = source(url="https://late.example/road", dates=(own_date(6),))
    found = finding(later.url or "", 0.98, source=later, sightings=(*later.dates, sighting(6)))
    given = report((found,), sightings=(sighting(3),), page=suspect(url=ARTICLE))
    copy = cite_copy(given)
    assert isinstance(copy, Citation)
    assert copy.url == "https://late.example/road"


LOG_IN = "it redirects to https://a.example/login?story=1404102: robots.txt asks not to"


@pytest.mark.parametrize(
    ("code", "why", "status"),
    [
        (404, "there is no such page", UrlStatus.DEAD),
        (410, "there is no such page", UrlStatus.DEAD),
        (403, "the site forbids it", None),
        (451, "the site is barred from showing it by law", None),
        (None, "robots.txt says no", None),
        (None, LOG_IN, None),
    ],
)
def test_only_an_address_that_answers_404_or_410_is_dead(
    code: int | None, why: str, status: UrlStatus | None
) -> None:
    page = source()
    gone = Lookup(
        provider="web",
        asked=ORIGIN,
        answer=Answer.REFUSED,
        found=0,
        at=NOON,
        why=why,
        status=code,
    )
    kept = read(page, Via.ARCHIVE, memento=MEMENTO)
    given = copied_from(page, evidence=(read(suspect()), kept), lookups=(gone,))
    assert cited(given).url_status is status


@pytest.mark.parametrize(
    ("via", "fields", "status"),
    [
        (Via.LIVE, {}, UrlStatus.LIVE),
        (Via.LIVE, {"status": None}, UrlStatus.LIVE),
        (Via.LIVE, {"status": 500}, UrlStatus.DEAD),
        (Via.LIVE, {"memento": MEMENTO}, None),
        (Via.ARCHIVE, {}, None),
        (Via.FILE, {}, None),
    ],
)
def test_an_address_is_live_where_the_page_was_read_there(
    via: Via, fields: dict[str, Any], status: UrlStatus | None
) -> None:
    page = source()
    other = read(suspect(), Via.LIVE)
    given = copied_from(page, evidence=(other, read(page, via, **fields)))
    assert cited(given).url_status is status


def test_an_address_that_was_not_answered_for_is_not_called_dead() -> None:
    missing = Lookup(
        provider="web", asked=ORIGIN, answer=Answer.UNAVAILABLE, found=0, at=NOON, status=404
    )
    page = source()
    given = copied_from(page, evidence=(read(suspect()), read(page, Via.FILE)), lookups=(missing,))
    assert cited(given).url_status is None


def test_a_file_handed_in_was_not_accessed() -> None:
    page = suspect()
    assert cite_page(report(page=page, evidence=(read(page, Via.FILE),))).accessed is None


@pytest.mark.parametrize(
    ("precision", "day"),
    [
        (Precision.YEAR, CalendarDay(year=2026)),
        (Precision.MONTH, CalendarDay(year=2026, month=3)),
        (Precision.DAY, CalendarDay(year=2026, month=3, day=4)),
    ],
)
def test_a_date_is_cited_as_finely_as_it_is_known(precision: Precision, day: CalendarDay) -> None:
    stated = replace(own_date(4), precision=precision)
    changed = replace(own_date(9), event=Event.MODIFIED)
    assert cite_page(report(page=suspect(dates=(changed, stated)))).issued == day
    copied = replace(stated, witness=Witness.INDEX)
    assert cite_page(report(page=suspect(dates=(copied,)))).issued is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane Doe", Author(family="Doe", given="Jane")),
        ("Doe, Jane", Author(family="Doe", given="Jane")),
        ("Dr. Jane Mary Doe", Author(family="Doe", given="Jane Mary")),
        ("John Roe, Jr.", Author(family="Roe Jr.", given="John")),
        ("John Roe III", Author(family="Roe III", given="John")),
        ("Jane Doe, PhD", Author(family="Doe", given="Jane")),
        ("Maria van der Heide", Author(family="van der Heide", given="Maria")),
        ("Paul De Luca", Author(family="De Luca", given="Paul")),
        ("KENNA P. O'DELL", Author(family="O'Dell", given="Kenna P.")),
        ("JOHN ROE III", Author(family="Roe III", given="John")),
        ("JOHN ROE JR.", Author(family="Roe Jr.", given="John")),
        ("John Roe Sr", Author(family="Roe Sr", given="John")),
        ("Roe, John Sr.", Author(family="Roe", given="John Sr.")),
        ("Jane Doe, Jr", Author(family="Doe Jr", given="Jane")),
        ("John Jr", Author(family="Jr", given="John")),
        ("Al Gore", Author(family="Gore", given="Al")),
        ("Ahmed El Sayed", Author(family="El Sayed", given="Ahmed")),
        ("Omar Abu Bakr", Author(family="Abu Bakr", given="Omar")),
        ("John St. Clair", Author(family="St. Clair", given="John")),
        ("John St Clair", Author(family="St Clair", given="John")),
        ("Jane Y Doe", Author(family="Doe", given="Jane Y")),
        ("Anna E Smith", Author(family="Smith", given="Anna E")),
        ("Uri Ben Ari", Author(family="Ari", given="Uri Ben")),
        ("Tim Ten Broek", Author(family="Broek", given="Tim Ten")),
        ("Jan Mac Donald", Author(family="Donald", given="Jan Mac")),
        ("สมชาย ใจดี", Author(literal="สมชาย ใจดี")),
        ("Anna-Lena Groß", Author(family="Groß", given="Anna-Lena")),
        ("Mirror Staff", Author(literal="Mirror Staff")),
        ("The Editorial Board", Author(literal="The Editorial Board")),
        ("Redaktion Politik", Author(literal="Redaktion Politik")),
        ("Reuters", Author(literal="Reuters")),
        ("nightowl77", Author(literal="nightowl77")),
        ("Banksy", Author(literal="Banksy")),
        ("山田太郎", Author(literal="山田太郎")),
        ("", Author(literal="")),
        (", ,", Author(literal=", ,")),
    ],
)
def test_bylines_become_persons_or_stay_whole(name: str, expected: Author) -> None:
    assert author(name) == expected


TYPED = (Statement(key="json_ld:@type", value="BlogPosting", place=Place.JSON_LD),)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (document(url="https://www.theguardian.com/x"), CitationKind.NEWSPAPER),
        (document(url="https://apnews.com/x"), CitationKind.NEWSPAPER),
        (document(url="https://anybody.substack.com/p/x"), CitationKind.BLOG),
        (document(url="https://blog.example.org/x"), CitationKind.BLOG),
        (document(url="https://anybody.blogspot.co.uk/x"), CitationKind.BLOG),
        (document(url="https://anybody.wordpress.com/x"), CitationKind.BLOG),
        (document(url="https://medium.com/@anybody/x"), CitationKind.BLOG),
        (document(url="https://anybody.typepad.com/x"), CitationKind.BLOG),
        (document(), CitationKind.WEBPAGE),
        (document(url="https://town.example/x", statements=TYPED), CitationKind.BLOG),
        (document(url="https://town.example/x"), CitationKind.WEBPAGE),
        (
            document(
                url="https://town.example/x",
                statements=(
                    Statement(key="json_ld:@type", value="NewsArticle", place=Place.JSON_LD),
                ),
            ),
            CitationKind.NEWSPAPER,
        ),
    ],
)
def test_the_type_follows_the_publisher_and_the_markup(
    page: Document, expected: CitationKind
) -> None:
    assert kind(page) is expected


def _case(given: dict[str, str]) -> Citation:
    """The parameters of a template as a Citation."""
    url = given.get("url", "")
    numbers = ("", "1", "2", "3")
    authors = [Author(literal=given[f"author{n}"]) for n in numbers if f"author{n}" in given]
    authors += [
        Author(family=given[f"last{n}"], given=given[f"first{n}"])
        for n in numbers
        if f"last{n}" in given
    ]
    return Citation(
        kind=CitationKind.NEWSPAPER,
        title="A headline",
        authors=tuple(authors),
        container=given.get("work") or given.get("newspaper"),
        publisher=given.get("publisher"),
        agency=given.get("agency"),
        url=url if "://" in url or not url else f"https://{url}",
    )


@pytest.mark.shared
@pytest.mark.skipif(not AGENCIES.is_file(), reason=f"no recorded cases at {AGENCIES}")
def test_an_agency_goes_where_wikipedia_wants_it() -> None:
    cases = json.loads(AGENCIES.read_text("utf-8"))
    assert len(cases) == 8
    for case in cases:
        ours, wanted = wire(_case(case["given"])), case["expect"]
        assert ours.agency == wanted.get("agency"), case["from"]
        assert ours.publisher is None
        if wanted.get("work"):
            # Which name of its site an agency goes by is the page's to say.
            assert agency_named(ours.container or "") is not None, case["from"]
        else:
            assert ours.container is None
        assert not any(agency_named(one.literal) for one in ours.authors if one.literal)
        left = sum(f"author{n}" in case["given"] or f"last{n}" in case["given"] for n in "123")
        assert len(ours.authors) == max(left - 1, 0)


def test_a_page_handed_in_as_a_capture_is_cited_with_its_archive_address() -> None:
    memento = "https://web.archive.example/web/20260304091200/https://harbourpost.example/road"
    own = sighting(4, memento=memento, trusted=False, url=ORIGIN)
    page = document(url=ORIGIN, text="The story.", title="The road", dates=(own,))
    given = cite_page(replace(report(()), suspect=page, sightings=(own,)))
    assert given.archive_url == memento
    assert given.archive_date == CalendarDay(year=2026, month=3, day=4)


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"canonical": f"{PAGE}?utm_source=x#top"}, PAGE),
        ({"canonical": f"{PAGE}/whole"}, f"{PAGE}/whole"),
        ({"canonical": ORIGIN}, PAGE),
        ({"canonical": "http://["}, PAGE),
        ({"canonical": f"{PAGE}/whole", "url": None}, f"{PAGE}/whole"),
        ({"url": "corpus:1"}, None),
    ],
)
def test_a_page_is_cited_at_the_address_it_gives_on_its_own_site(
    fields: dict[str, Any], address: str | None
) -> None:
    assert cite_page(report(page=suspect(**fields))).url == address


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "THE ROAD!"),
        ({"title": None}, "Untitled page at mirror-daily.example"),
        ({"title": None, "url": None}, "Untitled page at an unknown address"),
    ],
)
def test_a_page_without_a_title_is_told_by_its_site(fields: dict[str, Any], title: str) -> None:
    assert cite_page(report(page=suspect(**fields))).title == title


def test_a_page_without_an_address_has_no_site_and_no_snapshot() -> None:
    found = cite_page(
        report(page=suspect(url=None, publisher=None), sightings=(sighting(4, memento=MEMENTO),))
    )
    assert (found.container, found.archive_url, found.archive_date) == (None, None, None)


def test_a_declared_source_is_kept_where_the_page_is_cited_anyway() -> None:
    given = report(signals=(named("The Harbour Post"),))
    assert cite_page(given).container == "The Harbour Post"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.theguardian.com/world/road", "Guardian"),
        ("https://www.town.example/road", "town.example"),
    ],
)
def test_a_source_without_a_name_goes_by_its_address(url: str, name: str) -> None:
    found = cited(report(signals=(signal(target=url),)))
    assert (found.container, found.via) == (name, "Mirror Daily")


BASE = Citation(kind=CitationKind.WEBPAGE, title="The road", container="Mirror Daily", url=PAGE)
HOME = "https://www.reuters.com/world/road"
PERSON = Author(family="Doe", given="Jane")


@pytest.mark.parametrize(
    ("fields", "agency", "container", "authors"),
    [
        ({}, None, "Mirror Daily", ()),
        ({"agency": "Reuters"}, "Reuters", "Mirror Daily", ()),
        ({"container": "Reuters"}, "Reuters", None, ()),
        ({"publisher": "Reuters"}, "Reuters", "Mirror Daily", ()),
        ({"authors": (Author(literal="Reuters"), PERSON)}, "Reuters", "Mirror Daily", (PERSON,)),
        (
            {"authors": (Author(given="Associated", family="Press"),)},
            "Associated Press",
            "Mirror Daily",
            (),
        ),
        ({"agency": "Reuters", "url": HOME, "container": None}, None, "Reuters", ()),
        (
            {"agency": "Reuters", "url": HOME, "container": "Reuters World"},
            None,
            "Reuters World",
            (),
        ),
        ({"agency": "Reuters", "url": None}, "Reuters", "Mirror Daily", ()),
    ],
)
def test_an_agency_leaves_author_and_work_for_its_own_place(
    fields: dict[str, Any],
    agency: str | None,
    container: str | None,
    authors: tuple[Author, ...],
) -> None:
    found = wire(replace(BASE, **fields))
    assert (found.agency, found.container, found.authors) == (agency, container, authors)
    assert found.publisher is None


@pytest.mark.parametrize("page", [suspect(), suspect(url=None)])
def test_no_copy_of_wikipedia_is_known_where_none_is_the_origin(page: Document) -> None:
    later = finding(ORIGIN, 0.98, source=source(dates=(own_date(9),)), sightings=(sighting(9),))
    first = report((later,), sightings=(sighting(3),), page=page)
    for given in (report(page=page), first):
        found = cite_copy(given)
        assert isinstance(found, Refusal)
        assert found.why == "no article of Wikipedia is known to be the origin of this text"
        assert found.advice == "another form (-f wikipedia) cites the origin that is known"


def test_a_handle_is_a_sites_name_where_there_is_no_other() -> None:
    page = suspect(url=None, publisher="@mirror")
    assert cite_page(report(page=page)).container == "@mirror"


def test_a_front_page_is_no_article() -> None:
    front = signal(target="https://harbourpost.example/", names=("Harbour Post",))
    found = cited(report(signals=(front,), page=suspect(url=None, publisher=None)))
    assert (found.container, found.url) == ("Harbour Post", None)


def test_a_source_on_the_pages_own_site_is_no_other() -> None:
    own = signal(target="https://www.mirror-daily.example/road", names=("Road Magazine",))
    found = cite_page(report(signals=(own,)))
    assert (found.container, found.via) == ("Mirror Daily", None)


def test_a_listed_site_that_gives_itself_no_name_goes_by_its_listed_one() -> None:
    assert cite_page(report(page=suspect(url=HOME, publisher=None))).container == "Reuters"


def test_of_two_copies_of_an_agencys_text_the_page_itself_is_cited() -> None:
    other = source(byline=("Reuters",))
    wired = finding(ORIGIN, 0.98, source=other, declared=declare(other, ()))
    found = cited(report((wired,), page=suspect(byline=("Reuters",))))
    assert (found.url, found.container) == (PAGE, "Mirror Daily")


def lowered(given: Report, confidence: Confidence) -> Report:
    return replace(given, verdict=replace(given.verdict, confidence=confidence))


def test_an_origin_of_low_confidence_is_told_by_its_name_or_its_address() -> None:
    why = "that the text is from The Harbour Post has only low confidence"
    assert refused(lowered(copied_from(), Confidence.LOW)) == why
    unnamed = copied_from()
    assert unnamed.verdict.origin is not None
    origin = replace(unnamed.verdict.origin, publisher=None)
    unnamed = replace(unnamed, verdict=replace(unnamed.verdict, origin=origin))
    why = "that the text is from harbourpost.example has only low confidence"
    assert refused(lowered(unnamed, Confidence.LOW)) == why


def test_a_page_that_was_first_is_cited_only_where_that_is_sure() -> None:
    later = finding(ORIGIN, 0.98, source=source(dates=(own_date(9),)), sightings=(sighting(9),))
    first = report((later,), sightings=(sighting(3),))
    assert first.verdict.kind is VerdictKind.FIRST
    assert cited(lowered(first, Confidence.MEDIUM)).url == PAGE
    assert refused(lowered(first, Confidence.LOW)) == "that this page was first is not sure enough"
