"""How far a page's own signs are believed together: one logistic model over few features.

The rules stay what a person reads; the table ``data/signs.toml`` says how much each kind of sign,
where it stands and what stands beside it count. It is fitted by ``python -m tests.bench.fit_signs``
(ridge towards the prior belief that any sign which counts is true; Hoerl and Kennard 1970).
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from provenance.model import Derivation, Family, Place
from provenance.text.patterns import compile_late
from provenance.text.publishers import agency_named, name_key, publishers_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model import Document, Signal

KINDS = {
    "statement": (
        *("first_published", "republished", "translated_from", "syndicated_feed"),
        "encyclopedia_reuse",
    ),
    "pointer": ("bare_source_link", "read_original"),
    "label": ("source_line",),
    "provided": ("provided_by", "material_from"),
    "address": (
        *("canonical_elsewhere", "source_meta", "based_on", "republication_counter"),
        "agency_in_address",
    ),
    "field": (
        *("provider", "credit_line", "source_name_meta", "outlet_markup", "agency_markup"),
        "rights_holder",
    ),
    "dateline": ("wire_dateline",),
    "byline": ("agency_byline", "outlet_byline", "publisher_named"),
    "tail": ("agency_tail", "agency_contributed"),
    "copyright": ("foreign_copyright",),
}
"""The rules whose signs tell alike, by the kind of sign."""

FEATURES = (
    *KINDS,
    "more_rules",  # log2 of the number of rules that fired
    "target",  # one of the signs gives an address
    "agency",  # one of the signs names an agency, or all say that agencies gave a part
    "label_by_author",  # only a label, and the page has an author of its own
    "label_cited",  # only a label, and the story itself cites whom it names
    "label_unspaced",  # only a label, in Chinese, Japanese or Thai, where labels name the copied
    "label_above",  # only a label above the story, with no address and no outlet that is known
    "near_own",  # whom the signs name goes by a name near the page's own
)

_KIND_OF = {rule: kind for kind, rules in KINDS.items() for rule in rules}
_OF_FAMILY = {
    Family.STATEMENT: "statement",
    Family.MARKUP: "field",
    Family.AGENCY: "byline",
    Family.TRACE: "copyright",
}
"""What a rule that is in no kind yet is taken for."""

_UNSPACED = compile_late("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_CITED_WITHIN = 20_000
_TELLING = 4
_SPOKEN = (Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignWeights:
    """The fitted table: log-odds by feature, what a page without any starts from, the threshold.

    A page is called a declared repost where its probability reaches ``threshold``, 0..1.
    """

    start: float
    threshold: float
    weights: dict[str, float]


def probability_of(document: Document, counting: Sequence[Signal]) -> float:
    """How likely the page is a repost by its counting signs, 0..1; 0 where none counts."""
    if not counting:
        return 0.0
    table = sign_weights()
    values = features_of(document, counting)
    log_odds = table.start + sum(table.weights[name] * values[name] for name in FEATURES)
    return 1 / (1 + math.exp(-log_odds))


def features_of(document: Document, counting: Sequence[Signal]) -> dict[str, float]:
    """What the model knows of a page: a value for each of FEATURES, mostly 0 or 1."""
    kinds = {_KIND_OF.get(signal.rule, _OF_FAMILY[signal.family]) for signal in counting}
    rules = {signal.rule for signal in counting}
    names = [name for signal in counting for name in signal.names]
    part = all(signal.claims is Derivation.PARTIALLY for signal in counting)
    agency = part or any(agency_named(name) for name in names)
    label = kinds == {"label"} and not agency
    values = dict.fromkeys(FEATURES, 0.0) | dict.fromkeys(kinds, 1.0)
    values["more_rules"] = math.log2(max(1, len(rules)))
    values["target"] = float(any(signal.target for signal in counting))
    values["agency"] = float(agency)
    # A label that prints an address says where the text was taken, whoever wrote it.
    printed = any("://" in signal.quote for signal in counting)
    values["label_by_author"] = float(label and not printed and _has_author(document, names))
    worded = [name for signal in counting if "://" not in signal.quote for name in signal.names]
    values["label_cited"] = float(label and any(_is_cited(document, name) for name in worded))
    quotes = "".join(signal.quote for signal in counting if signal.place in _SPOKEN)
    values["label_unspaced"] = float(label and bool(_UNSPACED.search(quotes)))
    above = not any(signal.target or signal.place is not Place.HEAD for signal in counting)
    unknown = not any(publishers_named(name) for name in names)
    spaced = not values["label_unspaced"]
    values["label_above"] = float(label and above and unknown and spaced)
    values["near_own"] = float(bool(names) and all(_is_near(document, name) for name in names))
    return values


@cache
def sign_weights() -> SignWeights:
    """The table of the package."""
    text = files("provenance.judge").joinpath("data/signs.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return SignWeights(
        start=table["start"], threshold=table["threshold"], weights=dict(table["weights"])
    )


def _has_author(document: Document, names: Sequence[str]) -> bool:
    """Whether the page names an author who is none of those whom the signs name."""
    known = {name_key(name) for name in names}
    return any(name_key(author) not in known for author in document.byline)


def _is_cited(document: Document, name: str) -> bool:
    """Whether the story itself speaks of whom a label names, as an own text does."""
    bare = len(name) < _TELLING or "." in name  # a host stands for the address it was cut from
    return not bare and name.lower() in document.text[:_CITED_WITHIN].lower()


def _is_near(document: Document, name: str) -> bool:
    """Whether a name and one of the page's own hold each other."""
    key = name_key(name)
    own = [name_key(own) for own in document.self_names]
    return len(key) >= _TELLING and any(
        len(known) >= _TELLING and (known in key or key in known) for known in own
    )
