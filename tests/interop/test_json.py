"""JSON lists as tables, read in the process of its own; hostile ones are refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison_desktop.errors import Unreadable
from liaison_desktop.interop import read_table


def table_of(folder: Path, content: bytes) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    path = folder / "list.json"
    path.write_bytes(content)
    table = read_table(path)
    return table.headers, [row.cells for row in table.rows]


def test_a_list_of_objects_is_a_table(tmp_path: Path) -> None:
    headers, rows = table_of(tmp_path, b'\xef\xbb\xbf [{"a": "x", "b": 1}, {"b": 2.5, "c": true}]')
    assert headers == ("a", "b", "c")
    assert rows == [("x", "1", ""), ("", "2.5", "yes")]


def test_one_object_may_hold_the_list(tmp_path: Path) -> None:
    headers, rows = table_of(tmp_path, b'{"version": 1, "receipts": [{"a": "x"}]}')
    assert (headers, rows) == (("a",), [("x",)])


@pytest.mark.parametrize(
    "content",
    [
        b'[{"a": [1, 2]}]',
        b'[{"a": {"b": 1}}]',
        b"[1, 2]",
        b"[]",
        b'[{"a": 1}',
        b"[" * 200_000,
        b'[{"a":' * 5000,
        b'{"a": "\xff\xfe"}',
        b'[{"a": "' + b"x" * 40_000 + b'"}]',
        b"[{" + b",".join(b'"k%d": 1' % number for number in range(400)) + b"}]",
        b'[{"a": 1e999999}]',
        b"[{}]",
    ],
)
def test_what_is_no_list_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable, match="Nothing was taken"):
        table_of(tmp_path, content)
