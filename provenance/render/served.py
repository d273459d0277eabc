"""What the local page puts around and above everything it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.render import steps
from provenance.render.report.html import fragment, hashed, marked, page, read_template
from provenance.render.text.wording import STANCE, VERDICT

if TYPE_CHECKING:
    from markupsafe import Markup

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_WORDS = {
    "verdicts": VERDICT,
    "kinds": [(kind.value, words) for kind, words in VERDICT.items()],
    "stances": STANCE,
    "steps": steps,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What each page of one browser has in common; ``here`` is the part of the site it is in.

    ``token`` goes into every form, '' for a stranger; ``owner`` may change what is kept and set.
    """

    here: str
    token: str
    owner: bool

    @property
    def styles(self) -> Markup:
        """The styles of the bar and of the local page's own parts."""
        return marked(read_template("web/served.css"))

    @property
    def styles_hash(self) -> str:
        """The styles as a content security policy names them."""
        return hashed(read_template("web/served.css"))


def render(template: str, served: Served, **context: Any) -> str:
    """A page of the local site by its template."""
    script = "web/served.js"
    return page(f"web/{template}.html.j2", script=script, served=served, **_WORDS, **context)


def event(name: str, slot: str, value: Any) -> dict[str, str]:
    """One thing that happened in a running check or audit, as its page shows it.

    ``html`` takes the place of the element ``slot``, or is added to the list ``into``; ``head`` is
    the heading from then on, ``say`` what is said aloud, ``go`` where its end is shown.
    """
    shown = {"slot": slot, "into": name}
    if name == "state":
        return {**shown, "head": "Reading the page"}
    if name == "end":
        return {**shown, "go": value["go"]}
    if name == "page":
        shown["head"] = "Looking for the source"
    say = value.line if name == "standing" else steps.line(value)
    html = fragment("web/event.html.j2", name=name, slot=slot, value=value, **_WORDS)
    return {**shown, "say": say[:300], "html": html}


def policy(html: str) -> str:
    """The content security policy of a page, for its header; nobody may frame it."""
    found = _POLICY.search(html)
    given = found[1] if found else "default-src 'none'"
    return f"{given}; frame-ancestors 'none'"
