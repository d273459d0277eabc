"""Text of strangers made fit for a line of a terminal, a log or a report."""

from __future__ import annotations

import re
import textwrap
import unicodedata

# U+2028 and U+2029 end lines in some viewers, so they are folded like any other white space.
_BLANKS = re.compile("[\\s\x85\u2028\u2029]+")
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066\u2067"
_CONTROLS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}\ufff9-\ufffb]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ISOLATE, _POP = "\u2068", "\u2069"


def plain(text: str) -> str:
    r"""One line without control codes: ESC comes out as the four characters ``\x1b``.

    White space of every kind, line ends too, becomes one blank; bidi controls are shown as
    ``\u202e``, lone surrogates as U+FFFD. Nothing that a terminal would obey is left.
    """
    return _visible(_BLANKS.sub(" ", text).strip())


def paragraphs(text: str) -> str:
    """As ``plain``, but line ends and tabs stay: for stretches of stored text."""
    if text.isprintable():  # most are, and none of them has anything to be shown otherwise
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _visible(re.sub("[\x85\u2028\u2029\x0b\x0c]", "\n", unified))


def isolated(text: str) -> str:
    """``plain`` text that cannot reorder its neighbours: right-to-left words are fenced."""
    line = plain(text)
    if any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in line):
        return f"{_ISOLATE}{line}{_POP}"
    return line


def short(text: str, limit: int) -> str:
    """``plain`` text cut after a word at ``limit`` characters, with an ellipsis where cut."""
    line = plain(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:.–—-") + "…"


def wrapped(text: str, width: int, *, first: str = "", then: str | None = None) -> list[str]:
    """Lines of at most ``width`` opened by ``first`` and ``then``; at least one.

    Addresses are never broken, so that they can be clicked. A fence around right-to-left words
    that a line's end cuts is closed there and opened again on the next.
    """
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if then is None else then,
        break_long_words=False,
        break_on_hyphens=False,
    )
    indent = len(first if then is None else then)
    open_ = False
    for number, line in enumerate(lines):
        fenced = f"{line[:indent]}{_ISOLATE}{line[indent:]}" if open_ else line
        open_ = fenced.count(_ISOLATE) > fenced.count(_POP)
        lines[number] = fenced + _POP if open_ else fenced
    return lines or [first.rstrip()]


def _visible(text: str) -> str:
    escaped = _CONTROLS.sub(_escape, _BROKEN.sub("\ufffd", text))
    if _ISOLATE not in escaped and _POP not in escaped:
        return escaped
    return "\n".join(_paired(line) for line in escaped.split("\n"))


def _paired(line: str) -> str:
    """The line with its fences kept where they open and close on it, and shown where they do not.

    So our own fences survive being shown twice, and a page cannot break out of them.
    """
    letters, opened = list(line), []
    for index, letter in enumerate(letters):
        if letter == _ISOLATE:
            opened.append(index)
        elif letter == _POP and opened:
            opened.pop()
        elif letter == _POP:
            letters[index] = "\\u2069"
    for index in opened:
        letters[index] = "\\u2068"
    return "".join(letters)


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
