"""Lists of addresses: what is read of each form, and the one line that bad ones get."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputError
from provenance.world.formats import address_list
from provenance.world.formats.address_list import (
    AddressList,
    ListForm,
    holds_addresses,
    read_list,
    web_address_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

A, B = "https://one.example/a", "https://two.example/b"


def opener(text: str | bytes) -> Callable[[], io.BytesIO]:
    data = text.encode() if isinstance(text, str) else text
    return lambda: io.BytesIO(data)


def read(text: str | bytes, column: str = "url") -> AddressList:
    return read_list("list", opener(text), column)


def rows(found: AddressList) -> list[tuple[str, tuple[str, ...]]]:
    return [(address, row.cells) for address, row in found.each()]


@pytest.mark.parametrize(
    ("text", "form", "columns"),
    [
        (f"id,url\n1,{A}\n2,{B}\n", ListForm.TABLE, ("id", "url")),
        (f"id;url\r\n1;{A}\r\n2;{B}\r\n", ListForm.TABLE, ("id", "url")),
        (f"id\tURL\n1\t{A}\n\n2\t{B}", ListForm.TABLE, ("id", "URL")),
        (f'\ufeff"id","url"\n"1","{A}"\n"2","{B}"\n', ListForm.TABLE, ("id", "url")),
        (f"id,url\n1,{A}\n2,{B}\n".encode("utf-16"), ListForm.TABLE, ("id", "url")),
        (f'{{"id": "1", "url": "{A}"}}\n{{"url": "{B}", "id": "2"}}', ListForm.JSON_LINES,
         ("id", "url")),
    ],
)  # fmt: skip
def test_each_form_of_a_table_is_read(
    text: str | bytes, form: ListForm, columns: tuple[str, ...]
) -> None:
    found = read(text)
    assert (found.form, found.columns, found.rows, found.unnamed) == (form, columns, 2, 0)
    assert rows(found) == [(A, ("1", A)), (B, ("2", B))]


def test_plain_text_is_an_address_a_line() -> None:
    found = read(f"{A}\n\n# a note\n  two.example/b  \nnothing here\n")
    assert (found.form, found.columns, found.rows, found.unnamed) == (ListForm.TEXT, (), 3, 1)
    assert rows(found) == [(A, ()), (B, ()), ("", ())]


def test_cells_are_carried_along_as_they_are() -> None:
    found = read('who,url,note\n"Ms Reed, desk",one.example/a,"two\nlines"\nno one,,\n')
    assert rows(found) == [
        (A, ("Ms Reed, desk", "one.example/a", "two\nlines")),
        ("", ("no one", "", "")),
    ]


def test_values_that_are_no_text_are_carried_as_json() -> None:
    line = json.dumps({"url": A, "n": 7, "tags": ["ä"], "none": None})
    assert rows(read(line)) == [(A, (A, "7", '["ä"]', ""))]


def test_a_password_is_not_carried() -> None:
    [(address, cells)] = rows(read("url\nhttps://me:secret@one.example/a\n"))
    assert (address, cells) == (A, (A,))


def test_names_of_columns_are_made_different() -> None:
    assert read(f"url,x,x,\n{A},1,2,3\n").columns == ("url", "x", "x 2", "column 4")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        (f"id,link\n1,{A}\n", "has no column 'url'; it has id, link (--column)"),
        (f'{{"link": "{A}"}}\n', "has no column 'url'; it has link (--column)"),
        ("id,url\n1,none\n", "names no web address in its column 'url'"),
        (f"{A}\n".replace("https", "gopher"), "has no column 'url'"),
        (f'{{"url": "{A}"}}\n[1]\n', "line 2: not a JSON object"),
        ('{"url": ' + "[" * 5000 + "\n", "line 1: not a JSON object"),
        (f"url,n\n{A},1,2\n", "line 2: more cells than the first row"),
        (f'url,n\n{A},"open\n' + "x\n" * 90_000, "line"),
        (f"{A}\n{'x' * 100_001}\n", "line 2: longer than 100,000 characters"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "is not a list of addresses"),
        (f"url\n{A}\n".encode() + b"\0\0", "is not a list of addresses"),
    ],
)
def test_a_bad_list_gets_one_clear_line(text: str | bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_too_many_rows_are_refused_before_anything_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(address_list, "MOST_ROWS", 10)
    assert read("url\n" + f"{A}\n" * 10).rows == 10
    with pytest.raises(InputError, match="more than 10 rows; split it"):
        read("url\n" + f"{A}\n" * 11)


def test_the_digest_is_that_of_the_bytes() -> None:
    text = f"{A}\n{B}\n"
    assert read(text).digest == read(text).digest != read(text + "\n").digest


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        (A, A), ("  " + A, A), ("one.example/a", A), ("one.example", "https://one.example"),
        ("see https://one.example/a", ""), ("3.14", ""), ("", ""), ("name", ""),
        ("ftp://one.example/a", ""), ("https://", ""), ("https://one.example/a b", ""),
    ],
)  # fmt: skip
def test_a_cell_holds_an_address_or_none(cell: str, address: str) -> None:
    assert web_address_of(cell) == address


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (f"{A}\n{B}\n", True),
        (f"id,url,title\n1,{A},x\n2,{B},y\n", True),
        (f'{{"url": "{A}"}}\n{{"url": "{B}"}}\n', True),
        (f"A story that names {A} and {B} in its text.\nIt goes on.\nAnd on.\n", False),
        (f"A story.\nIt goes on.\nAnd on.\nAnd on.\nSources:\n{A}\n", False),
        (f"<html>\n<a href='{A}'>\n</html>\n", False),
        (f"{A}\nWhat is said there.\n", False),
        (f"{A}\n", False),
        ("", False),
    ],
)
def test_a_list_is_told_from_a_text(text: str, is_list: bool) -> None:
    assert holds_addresses(text.encode()) is is_list
