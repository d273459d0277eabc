"""Invented news in many words: two stories share a turn of phrase, never a passage."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_FIRST = (
    *("Ottilie", "Bram", "Cressida", "Ludo", "Maren", "Tobias", "Ines", "Hakon", "Sunniva"),
    *("Pascoe", "Thea", "Wendell", "Yara", "Gideon", "Philippa", "Anselm", "Roswitha", "Kit"),
)
_LAST = (
    *("Quist", "Halloran", "Penhale", "Vosk", "Tregarth", "Ambery", "Lindqvist", "Oakhanger"),
    *("Marchetti", "Dunnock", "Farrow", "Zelle", "Brightling", "Kestle", "Okonjo", "Wray"),
)
_START = ("Quill", "Brack", "Dun", "Salt", "Oxen", "Lantern", "Fern", "Tolle", "Marsh", "Wick")
_END = ("mere", "water", "marrow", "haven", "ford", "holm", "bury", "combe", "stead", "gate")
_ROLES = (
    *("harbour master", "parish clerk", "retired surveyor", "tram driver", "school cook"),
    *("night porter", "beekeeper", "court usher", "museum carpenter", "water bailiff"),
    *("district nurse", "council treasurer", "ferry engineer", "chess teacher", "grain merchant"),
    *("union secretary", "lighthouse painter", "choir leader", "market inspector", "hydrologist"),
)
_MATTERS = (
    *("flood barrier", "library roof", "ferry licence", "cheese market", "tram extension"),
    *("school kitchen", "grain silo", "swimming pool", "cemetery wall", "bell tower"),
    *("district hospital", "salt works", "bus timetable", "orchard lease", "theatre lease"),
    *("sewage plant", "fish auction", "night shelter", "canal lock", "property register"),
)
_ADJECTIVES = (
    *("rusted", "unsigned", "costly", "forgotten", "crooked", "borrowed", "hasty", "patient"),
    *("leaking", "provincial", "generous", "stubborn", "secret", "brittle", "annual", "untested"),
    *("noisy", "faded", "temporary", "ambitious", "careless", "modest", "frozen", "private"),
)
_NOUNS = (
    *("petition", "ledger", "drainpipe", "contract", "generator", "staircase", "inventory"),
    *("scaffold", "permit", "audit", "pension", "orchard", "bridge", "turbine", "archive"),
    *("ballot", "furnace", "warehouse", "subsidy", "timetable", "chimney", "mortgage", "pump"),
    *("survey", "quarry", "tender", "chandelier", "barge", "complaint", "vineyard", "tribunal"),
)
_VERBS = (
    *("postponed", "inspected", "mislaid", "defended", "rewrote", "auctioned", "abandoned"),
    *("measured", "rejected", "welcomed", "overlooked", "financed", "dismantled", "examined"),
    *("questioned", "rescued", "ridiculed", "repaired", "suspended", "approved", "catalogued"),
)
_WHEN = (
    *("on Tuesday night", "before the spring tide", "within a fortnight", "over the holidays"),
    *("during the long strike", "at a crowded hearing", "after two winters", "by candlelight"),
    *("in front of reporters", "shortly after dawn", "for the third time", "without any warning"),
    *("since the eclipse", "at the last session", "in heavy rain", "just before elections"),
)
_WHY = (
    *("because nobody had asked for prices", "to calm the neighbours", "against legal advice"),
    *("although the rules forbid it", "to spare the taxpayers", "despite a standing promise"),
    *("in the hope of a grant", "as the insurers demanded", "and apologised afterwards"),
    *("so that work could begin", "while the mayor was abroad", "for want of qualified staff"),
)
_FRAMES = (
    "{Role} {person} {verb} a {adj} {noun} {when}, {why}.",
    "The {matter} has cost {place} {number} crowns, {percent} per cent more than its {adj} {noun}.",
    "{last} {verb} the {noun} {when}; {other} {verb} it again {why}.",
    "“{Quote}, and the {adj} {noun} was {verb} {when},” said {other}.",
    "Behind the {noun} stands a {role} with {number} signatures and one {adj} {noun}.",
    "Nobody in {place} had {verb} so {adj} a {noun} {when}.",
    "{When_} the {adj} {noun} reached {town}, where {last} {verb} it {why}.",
    "Of {number} households, {percent} per cent {verb} their {noun} {when}.",
    "A {role} from {town} called the {matter} {adj}, then {verb} a {noun} {why}.",
    "What {last} wants is no {adj} {noun} but a {noun} that was {verb} {when}.",
    "Records show that {other} {verb} {number} {noun}s {when}.",
    "“{Quote},” {last} told the meeting, {why}.",
    "Rival towns such as {town} {verb} every {noun}, {why}.",
    "The {adj} {noun}, {verb} {when}, may yet decide the {matter}.",
    "Between {town} and {place} the {role} {verb} {number} {adj} {noun}s.",
    "Once the {matter} is done, a {adj} {noun} will be {verb} {why}.",
    "{Adj} as the {noun} is, {percent} per cent of {place} {verb} it {when}.",
    "To {other}, {role} by trade, the {noun} looks {adj}.",
    "{When_}, {last} and {other} {verb} {number} {noun}s in {town}.",
    "Somebody {verb} the {noun}; the {role} denies it, {why}.",
    "Letters about the {matter} mention one {adj} {noun} {number} times.",
    "Had the {noun} been {verb} {when}, {town} would have paid.",
    "Its {adj} {noun} earned {place} {number} crowns, {last} wrote {when}.",
    "There are {noun}s and {noun}s, and this {adj} one was {verb} {why}.",
    "Even {person} once {verb} a {noun}: {number} crowns, {when}.",
    "Only the {role} of {town} {verb} anything: a {adj} {noun}.",
    "By vote of {percent} to {number}, the hall {verb} its {noun} {why}.",
    "“{Quote}” is painted on the {adj} {noun} beside the {matter}.",
    "Three {role}s, one {noun}, no answer: so {place} {verb} the {matter}.",
    "After the {noun} came the {noun}, {adj} and soon {verb} {when}.",
    "Maps from {town} show a {adj} {noun} where {last} {verb} the {matter}.",
    "If {other} is right, {number} {noun}s were {verb} {why}.",
)
# Of so many turns of phrase is one story made.
_TURNS = 14
# How somebody else writes: no sentence of one hand is made as a sentence of the other is.
_OTHER_HAND = (
    "It took {number} letters until {other} {verb} the {noun}, and even then only {when}.",
    "{town} watches: its own {adj} {noun} was {verb} {why}.",
    "“{Quote}”: with these words {person} left the hall {when}.",
    "For {percent} per cent of the {role}s the {matter} remains a {noun}, {why}.",
    "Under the {adj} {noun} lay {number} invoices, which {last} {verb} {when}.",
    "Why the {matter} was {verb} {when} is for a {role} to explain.",
    "{Role}s and {role}s alike {verb} the {adj} {noun} in {place}.",
    "When {last} {verb} the {noun} {why}, {town} had long {verb} its {noun}.",
    "No {role} would sign; {number} did, and {other} {verb} every {adj} {noun}.",
    "Each {noun} in {place} is now {verb} {when}, at {number} crowns apiece.",
    "Costs rose by {percent} per cent {why}, so {other} {verb} the {matter}.",
    "A {noun}, a {noun} and a {adj} {noun}: {last} {verb} all three {when}.",
)
_QUOTES = (
    *("It was never about the {matter}", "We {verb} what our grandparents {verb}"),
    *("My {noun} is {adj} enough", "You cannot eat a {noun}", "They {verb} us {when}"),
    *("I would sooner sell the {noun}", "Ask {town} how its {noun} ended"),
)
_HEADLINES = (
    "{Place} and the {adj} {noun}: how the {matter} was {verb}",
    "{last} {verb} the {matter} {when}",
    "Who {verb} {place}’s {adj} {matter}?",
    "{number} signatures for a {adj} {matter} in {place}",
)
_AN = re.compile(r"\b([Aa])(?= [aeiou])")


@dataclass(frozen=True, kw_only=True)
class Story:
    """A headline and paragraphs of two to four sentences."""

    title: str
    paragraphs: tuple[str, ...]


def story(seed: int, paragraphs: int = 7, *, other_hand: bool = False) -> Story:
    """The story of one event, the same for the same seed; another hand tells it otherwise."""
    event = random.Random(seed)
    place, town = (event.choice(_START) + event.choice(_END) for _ in range(2))
    facts = {
        "place": place,
        "Place": place,
        "town": town,
        "person": f"{event.choice(_FIRST)} {event.choice(_LAST)}",
        "other": f"{event.choice(_FIRST)} {event.choice(_LAST)}",
        "matter": event.choice(_MATTERS),
    }
    facts["last"] = facts["person"].split()[-1]
    dice = random.Random(seed * 1000 + other_hand)
    hand = _OTHER_HAND if other_hand else event.sample(_FRAMES, _TURNS)
    title = _filled(dice.choice(_HEADLINES), facts, dice)
    said = (dice.sample(hand, dice.choice((2, 3, 4))) for _ in range(paragraphs))
    return Story(
        title=title,
        paragraphs=tuple(
            " ".join(_filled(frame, facts, dice) for frame in frames) for frames in said
        ),
    )


def _filled(frame: str, facts: dict[str, str], dice: random.Random) -> str:
    """A sentence: every slot of an event is the same throughout, every other drawn anew."""
    pools = {"role": _ROLES, "adj": _ADJECTIVES, "noun": _NOUNS, "verb": _VERBS}
    pools |= {"when": _WHEN, "why": _WHY, "quote": _QUOTES}
    text = ""
    for piece in frame.split("{"):
        slot, closed, rest = piece.partition("}")
        if not closed:
            text += piece
            continue
        key = slot.lower().rstrip("_")
        if slot in facts:
            value = facts[slot]
        elif key == "number":
            value = f"{dice.randrange(11, 9000):,}"
        elif key == "percent":
            value = str(dice.randrange(3, 97))
        else:
            value = dice.choice(pools[key])
            if key == "quote":
                value = _filled(value, facts, dice)
        text += (value[0].upper() + value[1:] if slot[0].isupper() else value) + rest
    return _AN.sub(r"\1n", text[0].upper() + text[1:])
