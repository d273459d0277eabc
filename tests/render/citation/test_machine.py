"""RIS, BibTeX, CSL-JSON and templates: what was written is what others read, whatever it holds."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Author, CalendarDay, Citation, CitationKind, UrlStatus
from provenance.render.citation import FORMS, cited
from provenance.render.citation.keys import keys
from provenance.render.citation.wikipedia import parameters
from provenance.render.text.plain import plain
from tests.render.citation.items import RECORDED, citation, recorded
from tests.render.citation.reading import expected_bibtex, expected_ris, read_bibtex, read_ris

_HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("{}\\|[]<>\"'#$%&_~^=@,;:/-– \n\r\t\x1b\u202e\u2028\u0085“”")),
        st.characters(max_codepoint=0x2FFF, exclude_categories=("Cs",)),
    ),
    min_size=1,
    max_size=40,
).filter(plain)  # a field that shows nothing is None
_OPTIONAL = st.one_of(st.none(), _HOSTILE)
_DAYS = st.builds(
    CalendarDay,
    year=st.integers(1700, 2100),
    month=st.integers(1, 12),
    day=st.one_of(st.none(), st.integers(1, 28)),
)
_AUTHORS = st.one_of(
    st.builds(Author, family=_HOSTILE, given=_HOSTILE), st.builds(Author, literal=_HOSTILE)
)
CITATIONS = st.builds(
    Citation,
    kind=st.sampled_from(CitationKind),
    title=_HOSTILE.map(lambda text: f"Road {text}"),
    authors=st.lists(_AUTHORS, max_size=3).map(tuple),
    container=_OPTIONAL,
    publisher=_OPTIONAL,
    agency=_OPTIONAL,
    via=_OPTIONAL,
    url=st.one_of(st.none(), _HOSTILE.map(lambda path: f"https://post.example/{path}")),
    issued=st.one_of(st.none(), _DAYS),
    accessed=st.one_of(st.none(), _DAYS),
    archive_url=st.one_of(st.none(), _HOSTILE.map(lambda path: f"https://web.example/{path}")),
    archive_date=st.one_of(st.none(), _DAYS),
    url_status=st.one_of(st.none(), st.sampled_from(UrlStatus)),
    volume=_OPTIONAL,
    language=_OPTIONAL,
    note=st.one_of(st.just(""), _HOSTILE),
)


@pytest.mark.parametrize("form", list(FORMS))
@given(one=CITATIONS)
@settings(max_examples=60, deadline=None)
def test_no_form_lets_a_control_code_through(form: str, one: Citation) -> None:
    written = cited(form, one).replace("\r\n", "\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", written)


@pytest.mark.parametrize("form", ["wikipedia", "apa", "mla", "chicago", "harvard", "ieee"])
@given(one=CITATIONS)
@settings(max_examples=60, deadline=None)
def test_a_citation_is_one_line(form: str, one: Citation) -> None:
    assert len(cited(form, one).splitlines()) == 1


@given(one=CITATIONS)
@settings(max_examples=100, deadline=None)
def test_ris_reads_back(one: Citation) -> None:
    (read,) = read_ris([one])
    expected = expected_ris(one)
    assert {name: read.get(name) for name in expected} == expected


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
@given(one=CITATIONS)
@settings(max_examples=100, deadline=None)
def test_bibtex_parses_with_balanced_braces(form: str, one: Citation) -> None:
    (read,) = read_bibtex(form, [one])
    assert read["url"] if one.url else "url" not in read
    written = cited(form, one)
    assert written.count("{") == written.count("}")


@given(one=CITATIONS)
@settings(max_examples=100, deadline=None)
def test_no_value_ends_a_template(one: Citation) -> None:
    written = cited("wikipedia", one)
    template, _, comment = written.partition("}}")
    assert template.startswith("{{cite ")
    assert template.count("|") == len(list(parameters(one)))
    assert not re.search(r"[{}\[\]<>]|''|~~~", template[2:])
    assert comment == "" or re.fullmatch(r" <!-- [^>]* -->", comment)
    assert "--" not in comment[4:-4]


@given(one=CITATIONS)
@settings(max_examples=100, deadline=None)
def test_csl_is_json(one: Citation) -> None:
    (item,) = json.loads(cited("csl", one))
    assert item["type"] == one.kind.value


@given(several=st.lists(CITATIONS, max_size=4))
@settings(max_examples=60, deadline=None)
def test_keys_differ_and_are_plain(several: list[Citation]) -> None:
    found = keys(several)
    assert len(set(found)) == len(several)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in found)


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "title",
    [
        "Rates rise 5% & more_or less #1",
        "A price of $4 ~ or {so}",
        "Back\\slash and c^aret",
        "Ärger in Łódź über 北京",
        "Half a {brace",
    ],
)
def test_special_letters_of_bibtex_come_back(form: str, title: str) -> None:
    one = Citation(kind=CitationKind.WEBPAGE, title=title)
    (read,) = read_bibtex(form, [one])
    assert read["title"] == title


@pytest.mark.shared
@pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded items at {RECORDED}")
class TestRecorded:
    def test_ris_reads_back(self) -> None:
        ours = [citation(item) for item in recorded()]
        for one, read in zip(ours, read_ris(ours), strict=True):
            expected = expected_ris(one)
            assert {name: read.get(name) for name in expected} == expected

    @pytest.mark.parametrize("form", ["bibtex", "biblatex"])
    def test_bibtex_reads_back(self, form: str) -> None:
        ours = [citation(item) for item in recorded()]
        for one, read in zip(ours, read_bibtex(form, ours), strict=True):
            expected = expected_bibtex(one)
            assert {name: read.get(name) for name in expected} == expected
