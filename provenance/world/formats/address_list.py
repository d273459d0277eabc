"""A list of web addresses: a table (CSV, TSV), JSON Lines, or one address a line.

It is read as a stream, first to judge it whole and to see what it is, then row by row. Size,
rows, columns and the length of a row are bounded.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from provenance.errors import InputError
from provenance.text.bare_address import split_bare
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url, without_login

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model.audit import ListRow

MOST_ROWS = 200_000
_MOST_COLUMNS = 200
# Characters of a row, and of a whole list.
_LONGEST_ROW, _MOST_SIZE = 100_000, 1_000_000_000
_DELIMITERS = (",", ";", "\t", "|")
_SHOWN = 8
_NO_LIST = "is not a list of addresses; a table is read as CSV or TSV"
_HEAD = _PART = 65_536


class ListForm(StrEnum):
    """How a list is written."""

    TABLE = "table"
    JSON_LINES = "json lines"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressList:
    """A list that was judged: its form, its columns, how many rows it has, its SHA-256.

    ``open`` gives its bytes anew; ``column`` is the one with the addresses, '' for plain text.
    ``unnamed`` rows name no address.
    """

    name: str
    open: Callable[[], BinaryIO]
    form: ListForm
    columns: tuple[str, ...]
    column: str
    delimiter: str
    rows: int
    unnamed: int
    digest: str

    @property
    def place(self) -> int:
        """Which cell of a row holds the address."""
        return self.columns.index(self.column) if self.columns else 0

    def each(self) -> Iterator[tuple[str, ListRow]]:
        """Each row with the address that it names, '' where it names none."""
        from provenance.model.audit import ListRow

        with self.open() as file:
            for number, cells in enumerate(_read_rows(self, file), 1):
                named = cells[self.place]
                own = tuple(map(without_login, cells)) if self.columns else ()
                yield web_address_of(named), ListRow(number=number, named=named, cells=own)


def read_list(name: str, open_file: Callable[[], BinaryIO], column: str) -> AddressList:
    """Judges a list whole; InputError, one line, for one that cannot be used."""
    head = _first_line(name, open_file)
    form, delimiter = _form(head, column)
    if form is ListForm.TABLE:
        names = _unique(next(csv.reader([head], delimiter=delimiter), []))
        found = _find(column, names)
        if found is None:
            raise InputError(f"{name}: {_no_column(column, names)}")
        column = found
    else:
        names = () if form is ListForm.TEXT else _keys(name, open_file, column)
    draft = AddressList(
        name=name,
        open=open_file,
        form=form,
        columns=names,
        column=column if names else "",
        delimiter=delimiter,
        rows=0,
        unnamed=0,
        digest="",
    )
    return _judge(draft)


def holds_addresses(head: bytes) -> bool:
    """Whether a file that begins so is mostly a list of addresses, rather than a text with some.

    More than half of its lines must have one in a cell of its own. A file that begins with a tag
    is a page.
    """
    if b"\0" in head[:_HEAD] or head.lstrip().startswith(b"<"):
        return False
    lines = [line for line in head[:_HEAD].decode("utf-8-sig", "replace").splitlines() if line]
    named = sum(any(web_address_of(cell) for cell in _cells_of(line)) for line in lines)
    return len(lines) > 1 and named * 2 > len(lines)


def web_address_of(cell: str) -> str:
    """The address that a cell holds and nothing else, with https:// where it has no scheme."""
    text = without_login(cell.strip())
    if "://" not in text:
        text = f"https://{text}" if split_bare(text) else ""
    return text if text and not any(map(str.isspace, text)) and is_web_url(text) else ""


def _cells_of(line: str) -> list[str]:
    """A line cut as a table may be, or the values of an object."""
    if line.startswith("{"):
        try:
            return [str(value) for value in json.loads(line).values()]
        except (ValueError, RecursionError):
            return []
    cells = [line]
    for delimiter in _DELIMITERS:
        cells += [part.strip(" \"'") for part in line.split(delimiter)]
    return cells


def _first_line(name: str, open_file: Callable[[], BinaryIO]) -> str:
    """The first line that is not blank; InputError where there is none, or it is no text."""
    with open_file() as file:
        try:
            return next(line for _, line in _lines(name, file) if line.strip()).rstrip("\r\n")
        except StopIteration:
            raise InputError(f"{name}: is empty; write one address a line") from None


def _form(head: str, column: str) -> tuple[ListForm, str]:
    """How a list is written, by its first line, and what stands between the cells of a table."""
    if head.lstrip().startswith("{"):
        return ListForm.JSON_LINES, ""
    heads = {mark: _unique(next(csv.reader([head], delimiter=mark), [])) for mark in _DELIMITERS}
    with_column = [mark for mark in _DELIMITERS if _find(column, heads[mark]) is not None]
    if not with_column and web_address_of(head):
        return ListForm.TEXT, ""
    best = max(_DELIMITERS, key=lambda mark: len(heads[mark]))
    return ListForm.TABLE, with_column[0] if with_column else best


def _find(column: str, names: tuple[str, ...]) -> str | None:
    """The column of that name; capitals count only between two that differ by them."""
    if column in names:
        return column
    alike = [name for name in names if name.strip().casefold() == column.strip().casefold()]
    return alike[0] if len(alike) == 1 else None


def _unique(names: list[str]) -> tuple[str, ...]:
    """Names of columns: one that is empty gets its place, a second one of a name a number."""
    found: dict[str, None] = {}
    for place, each in enumerate(names, 1):
        name = scrub(each.strip()) or f"column {place}"
        copies = (f"{name} {number}" for number in range(2, len(names) + 2))
        found[name if name not in found else next(n for n in copies if n not in found)] = None
    return tuple(found)


def _no_column(column: str, names: tuple[str, ...]) -> str:
    shown = ", ".join(name[:40] for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"has no column {column!r}; it has {shown}{more} (--column)"


def _keys(name: str, open_file: Callable[[], BinaryIO], column: str) -> tuple[str, ...]:
    """The keys of all objects of a list in JSON Lines, in the order they come."""
    found: dict[str, None] = {}
    with open_file() as file:
        for number, row in _objects(name, file):
            found.update(dict.fromkeys(row))
            if len(found) > _MOST_COLUMNS:
                raise InputError(f"{name}: line {number}: more than {_MOST_COLUMNS} columns")
    if column not in found:
        raise InputError(f"{name}: {_no_column(column, tuple(found))}")
    return tuple(found)


def _judge(draft: AddressList) -> AddressList:
    """The list with its number of rows and its digest; InputError where it cannot be used."""
    rows = unnamed = 0
    with draft.open() as file:
        for rows, cells in enumerate(_read_rows(draft, file), 1):
            unnamed += not web_address_of(cells[draft.place])
            if rows > MOST_ROWS:
                raise InputError(
                    f"{draft.name}: more than {MOST_ROWS:,} rows; split it into several lists"
                )
    if unnamed == rows:
        where = f" in its column {draft.column!r}" if draft.columns else "; write one a line"
        raise InputError(f"{draft.name}: names no web address{where}")
    return replace(draft, rows=rows, unnamed=unnamed, digest=_digest(draft))


def _digest(draft: AddressList) -> str:
    found = hashlib.sha256()
    with draft.open() as file:
        while part := file.read(_HEAD):
            found.update(part)
    return found.hexdigest()


def _read_rows(draft: AddressList, file: BinaryIO) -> Iterator[list[str]]:
    """The cells of each row, as many as there are columns, one of plain text."""
    name, columns = draft.name, draft.columns
    if draft.form is ListForm.TABLE:
        yield from _table_rows(draft, file)
    elif draft.form is ListForm.JSON_LINES:
        for _, found in _objects(name, file):
            yield [_as_text(found.get(key)) for key in columns]
    else:
        for _, line in _lines(name, file):
            if line.strip() and not line.startswith("#"):
                yield [line.strip()]


def _table_rows(draft: AddressList, file: BinaryIO) -> Iterator[list[str]]:
    wide = len(draft.columns)
    texts = (line for _, line in _lines(draft.name, file))
    reader = csv.reader(texts, delimiter=draft.delimiter)
    try:
        head = True
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if head:
                head = False
                continue
            if any(row[wide:]) or sum(map(len, row)) > _LONGEST_ROW:
                what = "more cells than the first row" if any(row[wide:]) else "too long"
                raise InputError(f"{draft.name}: line {reader.line_num}: {what}")
            yield [*row, *[""] * (wide - len(row))][:wide]
    except csv.Error as error:
        raise InputError(f"{draft.name}: line {reader.line_num}: {error}") from error


def _objects(name: str, file: BinaryIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object of JSON Lines with the number of its line."""
    for number, line in _lines(name, file):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise InputError(f"{name}: line {number}: not a JSON object")
        yield number, found


def _as_text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _lines(name: str, file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Each line with its number; InputError for one that is too long, or no text."""
    size = 0
    for number, line in enumerate(_decoded(name, file), 1):
        size += len(line)
        if len(line) > _LONGEST_ROW:
            raise InputError(f"{name}: line {number}: longer than {_LONGEST_ROW:,} characters")
        if "\0" in line:
            raise InputError(f"{name}: {_NO_LIST}")
        if size > _MOST_SIZE:
            raise InputError(f"{name}: larger than {_MOST_SIZE:,} characters; split it")
        yield number, line


def _decoded(name: str, file: BinaryIO) -> Iterator[str]:
    """The lines of a file in UTF-8 or UTF-16, each with its end; the last part of a long one."""
    part = file.read(_PART)
    wide = part.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in part and not wide:
        raise InputError(f"{name}: {_NO_LIST}")
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")("replace")
    rest = ""
    while part and len(rest) <= _LONGEST_ROW:
        *whole, rest = (rest + decoder.decode(part)).split("\n")
        yield from (f"{line}\n" for line in whole)
        part = file.read(_PART)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest
