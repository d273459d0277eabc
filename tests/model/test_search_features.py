from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Match, Profile, Query

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
BOTH = (Match.ALL, Match.ANY)


@pytest.mark.parametrize(
    ("profile", "query", "words", "match"),
    [
        (Profile(), Query(phrase="forty  metres of drain"), "forty metres of drain", Match.PHRASE),
        (Profile(), Query(phrase='he said "no one at all" twice'), "no one at all", Match.PHRASE),
        (Profile(), Query(phrase="two words"), None, None),
        (Profile(), Query(phrase="四十メートルの排水管を"), "四十メートルの排水管を", Match.PHRASE),
        (
            Profile(phrases=False),
            Query(phrase="forty metres of drain"),
            "forty metres of drain",
            Match.ALL,
        ),
        (
            Profile(),
            Query(phrase="quist crowns tyres ferry drain road", match=Match.ANY),
            "quist crowns tyres ferry",
            Match.ALL,
        ),
        (
            Profile(joins=BOTH),
            Query(phrase="quist crowns tyres ferry drain", match=Match.ANY),
            "quist crowns tyres ferry drain",
            Match.ANY,
        ),
        (
            Profile(),
            Query(phrase="Jean-Luc OR -site:x (ferry)", match=Match.ALL),
            "Jean Luc site x ferry",
            Match.ALL,
        ),
        (
            Profile(plain=True),
            Query(phrase="the town’s road costs 4,200 a metre now"),
            "200 a metre now",
            Match.PHRASE,
        ),
        (Profile(shortest=4), Query(phrase="the old ferry", match=Match.ALL), "ferry", Match.ALL),
        (Profile(), Query(phrase="ab", match=Match.ALL), None, None),
        (
            Profile(most_words=3),
            Query(phrase="one two three four"),
            "one two three",
            Match.PHRASE,
        ),
        (
            Profile(longest=16),
            Query(phrase="forty metres of drain", match=Match.ALL),
            "forty metres",
            Match.ALL,
        ),
        (
            Profile(),
            Query(phrase="a\x00ferry\ud800road", match=Match.ALL),
            "a ferry road",
            Match.ALL,
        ),
    ],
)
def test_a_query_is_cut_to_what_a_service_takes(
    profile: Profile, query: Query, words: str | None, match: Match | None
) -> None:
    fitted = profile.adapt(query)
    assert (fitted and fitted.phrase, fitted and fitted.match) == (words, match)


def test_a_time_goes_only_to_who_knows_times() -> None:
    query = Query(phrase="forty metres of drain", before=MARCH)
    asked, left = Profile(dates=True).adapt(query), Profile().adapt(query)
    assert asked is not None
    assert left is not None
    assert (asked.before, left.before) == (MARCH, None)


@pytest.mark.parametrize(
    ("site", "fits"),
    [
        ("harbourpost.example", True),
        ("www.harbourpost.example", True),
        ("opinion.harbourpost.example", True),
        ("otherpost.example", False),
        ("notharbourpost.example", False),
        (None, True),
    ],
)
def test_a_site_is_asked_only_for_itself(site: str | None, *, fits: bool) -> None:
    profile = Profile(site="www.harbourpost.example")
    query = Query(phrase="forty metres of drain", site=site)
    assert (profile.adapt(query) is not None) is fits


PROFILES = st.builds(
    Profile,
    phrases=st.booleans(),
    joins=st.sampled_from([(Match.ALL,), BOTH, (Match.ANY,)]),
    longest=st.integers(20, 300),
    most_words=st.integers(1, 30),
    shortest=st.integers(1, 5),
    plain=st.booleans(),
)


@given(profile=PROFILES, text=st.text(max_size=300), match=st.sampled_from(Match))
def test_what_fits_is_short_enough_and_is_given_back_unchanged(
    profile: Profile, text: str, match: Match
) -> None:
    fitted = profile.adapt(Query(phrase=text, match=match))
    if fitted is None:
        return
    assert len(fitted.phrase) <= profile.longest
    assert len(fitted.phrase.split()) <= profile.most_words
    assert fitted.match is Match.PHRASE or fitted.match in profile.joins
    assert profile.phrases or fitted.match is not Match.PHRASE
    assert not set(fitted.phrase) & set(profile.forbidden)
    assert fitted.phrase.encode()
    assert profile.adapt(fitted) == fitted
