"""What the archive of the tests holds: an invented story in nine captures, and what goes wrong."""

from __future__ import annotations

from tests.servers.pywb import Page, utc

STORY = "http://harbourpost.example/opinion/road"
MOVED = "http://harbourpost.example/old/road"
LOGIN = "http://harbourpost.example/members/road"
GONE = "http://harbourpost.example/gone"
TAKEN_DOWN = "http://takendown.example/road"
CIRCLE = "http://harbourpost.example/circle/a"

TEXT = (
    "Every October the council rediscovers the harbour road, walks along it for an hour in "
    "bright jackets and promises that this time the potholes will be gone before the frost."
)


def html(text: str, title: str = "The road nobody mends") -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body><p>{text}</p></body>"


_SOON = html("This column appears on Tuesday.", "Coming soon")
_first = Page(url=STORY, at=utc(2026, 2, 20, 9), body=_SOON)
_third = Page(url=STORY, at=utc(2026, 2, 24, 8, 15), body=html(TEXT))

NEWS = (
    _first,
    Page(url=STORY, at=utc(2026, 2, 21, 9), body=html("Still being written.", "Coming soon")),
    _third,
    Page(url=STORY, at=utc(2026, 2, 24, 9, 15), same_as=_third),
    Page(url=STORY, at=utc(2026, 2, 25, 9), status="503 Busy", body="<p>Back soon</p>"),
    Page(url=STORY, at=utc(2026, 2, 26, 9), body=html(TEXT + " A correction was added.")),
    Page(url=STORY, at=utc(2026, 2, 27, 9), body=html(TEXT + " Two corrections were added.")),
    Page(url=STORY, at=utc(2026, 2, 28, 9), status="302 Found", location="/members/road"),
    Page(url=STORY, at=utc(2026, 3, 1, 9), body=html(TEXT + " Comments are closed.")),
    Page(url=MOVED, at=utc(2026, 2, 24, 9), status="301 Moved", location=STORY),
    Page(url=LOGIN, at=utc(2026, 2, 28, 9), body=html("Please log in.", "Members")),
    Page(url=GONE, at=utc(2026, 2, 28, 9), status="404 Not Found", body="<p>Gone</p>"),
    Page(url=TAKEN_DOWN, at=utc(2026, 2, 24, 9), body=html(TEXT)),
    Page(url=CIRCLE, at=utc(2026, 2, 24, 9), status="302 Found", location="/circle/b"),
    Page(
        url="http://harbourpost.example/circle/b",
        at=utc(2026, 2, 24, 9),
        status="302 Found",
        location="/circle/a",
    ),
    Page(
        url="http://harbourpost.example/away",
        at=utc(2026, 2, 24, 9),
        status="302 Found",
        location="http://elsewhere.example/",
    ),
)

# Spellings whose index keys our own must equal.
SPELLINGS = tuple(
    Page(url=f"http://harbourpost.example{rest}", at=utc(2026, 2, 24, 9), body=html(rest))
    for rest in (
        "/Opinion/Road/",
        "/opinion/road?b=2&a=1",
        "/opinion/road?b=2&b=1&a",
        "/opinion/index.html",
        "/opinion//road",
        "/opinion/./x/../road",
        "/opinion/%7eanna",
        "/opinion/a%20b",
        "/opinion/%C3%BCber",
        "/opinion/%2525",
        "/opinion/road?q=a+b",
        "/opinion/road?q=a%20b",
        "/opinion/road?PHPSESSID=0123456789abcdef0123456789abcdef&a=1",
        "/opinion/road;jsessionid=0123456789abcdef0123456789abcdef",
        "/opinion/road?sid=12&a=1",
        "/opinion/road?a=1&sid=0123456789abcdef0123456789abcdef",
        "/opinion/road?a=1&cfid=12&cftoken=34&b=2",
        "/opinion/road?ASPSESSIONIDABCDEFGH=ABCDEFGHIJKLMNOPQRSTUVWX&z=1",
        "/opinion/road?",
        "/!5588752/",
        "/a,b(c)'d",
        "/opinion/road?url=http://elsewhere.example/a?b=c",
    )
)
