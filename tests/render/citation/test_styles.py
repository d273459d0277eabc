"""Each style by example, with the marks, names and dates that are easily got wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.model import Author, CalendarDay, Citation, CitationKind, UrlStatus
from provenance.render.citation import FORMS, cited
from provenance.render.citation.days import DateOrder
from provenance.render.citation.people import initials
from provenance.render.citation.titles import ended, marked, printed, quoted, title_case

URL = "https://harbourpost.example/lamps"
DAY = CalendarDay(year=2026, month=3, day=5)
NEWS = Citation(
    kind=CitationKind.NEWSPAPER,
    title='The keeper who said "no"',
    authors=(Author(family="Holt", given="Maren Jo"), Author(family="Lind", given="Ola")),
    container="The Harbour Post",
    url=URL,
    issued=DAY,
    language="en",
)
BARE = Citation(kind=CitationKind.BLOG, title="Lamps of the coast?", container="Wick", url=URL)

STRINGS = {
    "apa": f"Holt, M. J., & Lind, O. (2026, March 5). The keeper who said “no.” The Harbour Post. "
    f"{URL}",
    "mla": f"Holt, Maren Jo, and Ola Lind. “The Keeper Who Said ‘No.’” The Harbour Post, "
    f"5 Mar. 2026, {URL}.",
    "chicago": f"Holt, Maren Jo, and Ola Lind. “The Keeper Who Said ‘No.’” The Harbour Post, "
    f"March 5, 2026. {URL}.",
    "chicago-author-date": f"Holt, Maren Jo, and Ola Lind. 2026. “The Keeper Who Said ‘No.’” "
    f"The Harbour Post, March 5. {URL}.",
    "harvard": f"Holt, M.J. and Lind, O. (2026) “The keeper who said ‘no,’” The Harbour Post, "
    f"5 March. Available at: {URL}.",
    "ieee": f"[1] M. J. Holt and O. Lind, “The keeper who said ‘no,’” The Harbour Post, "
    f"Mar. 05, 2026. [Online]. Available: {URL}",
}
UNDATED = {
    "apa": f"Lamps of the coast? (n.d.). Wick. Retrieved {URL}",
    "mla": f"“Lamps of the Coast?” Wick, {URL}.",
    "chicago": f"“Lamps of the Coast?” Wick, n.d. {URL}.",
    "chicago-author-date": f"“Lamps of the Coast?” n.d. Wick. {URL}.",
    "harvard": f"“Lamps of the coast?” (no date) Wick. Available at: {URL}.",
    "ieee": f"[1] “Lamps of the coast?,” Wick. [Online]. Available: {URL}",
}


@pytest.mark.parametrize(("form", "string"), list(STRINGS.items()))
def test_a_newspaper_article(form: str, string: str) -> None:
    assert cited(form, NEWS) == string


@pytest.mark.parametrize(("form", "string"), list(UNDATED.items()))
def test_a_blog_post_without_author_and_date(form: str, string: str) -> None:
    assert cited(form, BARE) == string


@pytest.mark.parametrize("form", STRINGS)
def test_a_dead_page_is_cited_where_it_can_be_read(form: str) -> None:
    archive = "https://archive.example/web/20260305/x"
    dead = replace(NEWS, archive_url=archive, archive_date=DAY, url_status=UrlStatus.DEAD)
    assert archive in cited(form, dead)
    assert URL not in cited(form, dead)
    assert URL in cited(form, replace(dead, url_status=UrlStatus.LIVE))


def test_a_bibliography_is_filed_by_author_and_numbered_where_the_style_numbers() -> None:
    other = replace(NEWS, authors=(Author(literal="Alder Press"),))
    assert cited("apa", NEWS, other).startswith("Alder Press.")
    numbered = cited("ieee", NEWS, other).splitlines()
    assert [line[:9] for line in numbered] == ["[1] M. J.", "[2] Alder"]


@pytest.mark.parametrize("form", FORMS)
def test_a_title_alone_is_enough(form: str) -> None:
    assert "Alone" in cited(form, Citation(kind=CitationKind.WEBPAGE, title="Alone"))


@pytest.mark.parametrize(
    ("text", "outside", "inside"),
    [
        ("it's Ada's", "it’s Ada’s", "“it’s Ada’s”"),
        ('the "big" one', "the “big” one", "“the ‘big’ one”"),
        ("'All' of it", "“All” of it", "“‘All’ of it”"),
        ("'It's late'", "“It’s late”", "“‘It’s late’”"),
        ("a “so-called” thing", "a “so-called” thing", "“a ‘so-called’ thing”"),
        ("the ‘White’ lie", "the ‘White’ lie", "“the ‘White’ lie”"),
        ("\"He said 'no'\"", "“He said ‘no’”", "“‘He said ‘no’’”"),
        ("„Nein“ und «non»", "„Nein“ und «non»", "“„Nein“ und «non»”"),
        ("the '90s", "the ’90s", "“the ’90s”"),
        ('5" pipes', '5" pipes', '“5" pipes”'),
        ("  two\n lines\x1b ", "two lines\\x1b", "“two lines\\x1b”"),
        ("Oui : non", "Oui\u202f: non", "“Oui\u202f: non”"),
        ("a <i>word</i>", "a word", "“a word”"),
    ],
)
def test_quotation_marks_inside_quotation_marks(text: str, outside: str, inside: str) -> None:
    assert printed(marked(text)) == outside
    assert printed(quoted(marked(text))) == inside


@pytest.mark.parametrize(
    ("text", "mark", "result"),
    [
        ("Yes", ".", "Yes."),
        ("Yes.", ".", "Yes."),
        ("Yes?", ".", "Yes?"),
        ("Yes?", ",", "Yes?,"),
        ("She said 'yes'", ".", "She said “yes.”"),
        ("She said 'yes!'", ".", "She said “yes!”"),
        ("", ".", ""),
    ],
)
def test_points_go_inside_quotation_marks(text: str, mark: str, result: str) -> None:
    assert printed(ended(marked(text), mark)) == result


@pytest.mark.parametrize(
    ("text", "language", "result"),
    [
        ("the road to the north", "en", "The Road to the North"),
        ("a day in: the life of", None, "A Day in: The Life Of"),
        ("why NASA uses iPhones", "en-GB", "Why NASA Uses iPhones"),
        ("e-mail and self-help", "en", "E-Mail and Self-Help"),
        ("it's a dog's life", "en", "It’s a Dog’s Life"),
        ("der Weg nach Norden", "de", "der Weg nach Norden"),
        ("", "en", ""),
    ],
)
def test_title_case_is_for_english(text: str, language: str | None, result: str) -> None:
    assert printed(title_case(marked(text), language)) == result


@pytest.mark.parametrize(
    ("given", "spaced", "tight"),
    [
        ("Maren Jo", "M. J.", "M.J."),
        ("Jean-Luc", "J.-L.", "J.-L."),
        ("J. A.", "J. A.", "J.A."),
        ("Ana de la", "A. de la", "A. de la"),
        ("", "", ""),
    ],
)
def test_initials(given: str, spaced: str, tight: str) -> None:
    assert initials(given, ". ") == spaced
    assert initials(given, ".") == tight


def test_wikipedia_names_agency_site_and_snapshot() -> None:
    full = replace(
        NEWS,
        authors=(),
        title="A {{pipe|dream}} [of] '''lamps'''",
        publisher="Harbour Post",
        agency="Reuters",
        via="Mirror | Daily",
        archive_url="https://archive.example/web/20260305/x",
        archive_date=DAY,
        accessed=DAY,
        url_status=UrlStatus.DEVIATED,
        language="de-AT",
        note="Not sure --> at all",
    )
    assert cited("wikipedia", full) == (
        "{{cite news |date=5 March 2026 |title=A &#123;&#123;pipe&#124;dream&#125;&#125; "
        "&#91;of&#93; &#39;&#39;&#39;lamps&#39;&#39;&#39; |url=https://harbourpost.example/lamps "
        "|url-status=deviated |work=The Harbour Post |publisher=Harbour Post |agency=Reuters "
        "|via=Mirror &#124; Daily |language=de "
        "|archive-url=https://archive.example/web/20260305/x |archive-date=5 March 2026 "
        "|access-date=5 March 2026}} <!-- Not sure –&gt; at all -->"
    )


@pytest.mark.parametrize("lacking", [{"url": None}, {"archive_date": None}, {"archive_url": None}])
def test_wikipedia_never_has_half_a_snapshot(lacking: dict[str, None]) -> None:
    whole = replace(NEWS, archive_url="https://archive.example/x", archive_date=DAY, accessed=DAY)
    told = cited("wikipedia", replace(whole, **lacking))
    assert "archive-" not in told
    assert "url-status" not in told
    assert ("access-date" in told) is ("url" not in lacking)


def test_an_agency_without_a_byline_is_the_author_where_no_field_is_its_own() -> None:
    wire = replace(NEWS, authors=(), agency="Associated Press")
    assert '"literal": "Associated Press"' in cited("csl", wire)
    assert "AU  - Associated Press" in cited("ris", wire)
    assert "{{Associated Press}}" in cited("bibtex", wire)
    assert "N1  - Agency: Associated Press" in cited(
        "ris", replace(NEWS, agency="Associated Press")
    )


def test_backwards_copy_describes_the_page_that_copied() -> None:
    assert cited("backwards-copy", NEWS) == (
        '{{Backwards copy |title=The keeper who said "no" |year=2026 '
        "|author=Maren Jo Holt; Ola Lind |url=https://harbourpost.example/lamps "
        "|org=The Harbour Post |monthday=March 5}}"
    )


@pytest.mark.parametrize(
    ("form", "mdy", "dmy", "iso"),
    [
        ("wikipedia", "|date=March 5, 2026 ", "|date=5 March 2026 ", "|date=2026-03-05 "),
        ("apa", "(2026, March 5)", "(2026, 5 March)", "(2026-03-05)"),
        ("mla", "Mar. 5, 2026,", "5 Mar. 2026,", "2026-03-05,"),
        ("chicago", "March 5, 2026.", "5 March 2026.", "2026-03-05."),
        ("chicago-author-date", ", March 5.", ", 5 March.", ", 2026-03-05."),
        ("harvard", ", March 5.", ", 5 March.", ", 2026-03-05."),
        ("ieee", "Mar. 05, 2026.", "5 Mar. 2026.", "2026-03-05."),
        ("backwards-copy", "|monthday=March 5", "|monthday=5 March", "|monthday=March 5"),
        ("csl", "", "", ""),
    ],
)
def test_dates_are_printed_as_wanted(form: str, mdy: str, dmy: str, iso: str) -> None:
    dated = replace(NEWS, issued=DAY)
    for order, shown in zip(DateOrder, (mdy, dmy, iso), strict=True):
        told = cited(form, dated, dates=order)
        assert shown in told, told
        if form == "csl":
            assert told == cited(form, dated)
