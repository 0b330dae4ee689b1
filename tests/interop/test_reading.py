"""Every file gives a table or one clear sentence: honest lists in any encoding, and files made to do harm."""

from __future__ import annotations

import codecs
import random
import time
from pathlib import Path

import pytest

from liaison_desktop.errors import Unreadable
from liaison_desktop.interop import Limits, Table, read_table
from tests.interop.sheets import sheet, workbook

LIST = "First name,Last name,Specialty\nHannah,Okonkwo,Hepatology\nLucía,Ferrer,Gastroenterology\n"


def read(folder: Path, content: bytes | str, limits: Limits = Limits()) -> Table:
    path = folder / "list"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, limits)


def refusal(folder: Path, content: bytes | str, limits: Limits = Limits()) -> str:
    with pytest.raises(Unreadable) as refused:
        read(folder, content, limits)
    assert str(refused.value).rstrip().endswith(("Nothing was taken from it.", "Split it into smaller lists."))
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode(),
        codecs.BOM_UTF8 + LIST.encode(),
        LIST.encode("utf-16"),
        codecs.BOM_UTF16_BE + LIST.encode("utf-16-be"),
        LIST.encode("utf-16-le"),
        LIST.encode("cp1252"),
        LIST.replace(",", ";").encode(),
        LIST.replace(",", "\t").encode(),
        ("sep=|\n" + LIST.replace(",", "|")).encode(),
        LIST.replace("\n", "\r\n").encode(),
        LIST.replace("\n", "\r").encode(),
        ("\n\n" + LIST + "\n,,\n").encode(),
        workbook(sheet([line.split(",") for line in LIST.splitlines()])),
    ],
    ids=[
        "utf8",
        "bom",
        "utf16",
        "utf16be",
        "utf16nomark",
        "cp1252",
        "semicolon",
        "tab",
        "sep",
        "crlf",
        "cr",
        "blank",
        "xlsx",
    ],
)
def test_an_honest_list_is_read_as_it_is_met(tmp_path: Path, content: bytes) -> None:
    table = read(tmp_path, content)
    assert table.headers == ("First name", "Last name", "Specialty")
    assert [row.cells for row in table.rows] == [
        ("Hannah", "Okonkwo", "Hepatology"),
        ("Lucía", "Ferrer", "Gastroenterology"),
    ]


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    assert "Windows-1252" in read(tmp_path, LIST.encode("cp1252")).notes[0]


def test_rows_are_numbered_as_a_person_counts_them(tmp_path: Path) -> None:
    table = read(tmp_path, 'name,note\nA,"two\nlines"\n\nB,x\n')
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("A", "two\nlines")), (4, ("B", "x"))]


def test_headers_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    table = read(tmp_path, "Name,name,,Name\nA,B,C,D\n")
    assert table.headers == ("Name", "name (2)", "Column 3", "Name (3)")
    assert "same name" in table.notes[0]


def test_short_rows_are_filled_and_long_ones_have_a_fault(tmp_path: Path) -> None:
    table = read(tmp_path, "a,b\n1\n1,2,3\n1,2,\n")
    assert table.rows[0].cells == ("1", "")
    assert table.rows[1].fault == "This row has 3 cells; the header has 2."
    assert table.rows[2].fault == ""


def test_formulas_are_texts_and_one_guarding_quote_is_taken_off(tmp_path: Path) -> None:
    table = read(tmp_path, "a,b\n=HYPERLINK(\"x\"),'=1+1\n@cmd,''-2\n".replace('("x")', "(x)"))
    assert [row.cells for row in table.rows] == [("=HYPERLINK(x)", "=1+1"), ("@cmd", "''-2")]
    book = read(tmp_path, workbook(sheet([["a", "b"], ["=1+1", 1234567893.0], ["x", 2.5]])))
    assert [row.cells for row in book.rows] == [("cached", "1234567893"), ("x", "2.5")]


def test_what_cannot_be_shown_is_taken_out(tmp_path: Path) -> None:
    assert read(tmp_path, "a\nx\x01\x1fy\x7f\ufeff\n").rows[0].cells == ("xy",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"   \n \n", "no text"),
        (b"a,b\n", "no rows"),
        (b"a,b\nx\x00y,z\n", "no CSV or XLSX"),
        ("a,b\nx\x00y,z\n".encode("utf-16"), "NUL"),
        (b"a,b\n\x81\x8d\xff,x\n", "letters"),
        (b'a,b\n"never closed,x\nmore\n', "never closed"),
        (codecs.BOM_UTF8 + b"a\n\xff\xfe\xff", "damaged"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"%PDF-1.7 a list it is not", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08 gzip", "compressed"),
    ],
)
def test_a_file_that_is_no_list_says_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refusal(tmp_path, content)


def test_limits_name_the_row(tmp_path: Path) -> None:
    assert "Row 1 has 100,000 columns" in refusal(tmp_path, ",".join(["c"] * 100_000) + "\n1\n")
    assert "Row 2" in refusal(tmp_path, "a\n" + "x" * 40_000 + "\n")
    assert "Row 2" in refusal(tmp_path, "a\n" + "x" * 2_000_000 + "\n")
    assert "more than 3 rows" in refusal(tmp_path, "a\n" + "x\n" * 5, Limits(rows=3))
    assert "larger than" in refusal(tmp_path, b"x" * 2_000_000, Limits(file_bytes=1_048_576))


def test_an_archive_bomb_is_seen_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = workbook(sheet([["a"], ["b"]]), more={"xl/sharedStrings.xml": b"<sst>" + b" " * 150_000_000})
    assert len(bomb) < 1_000_000
    started = time.monotonic()
    assert "unpack" in refusal(tmp_path, bomb)
    assert time.monotonic() - started < 8


def test_a_sheet_of_a_million_rows_by_its_last_cell_is_refused(tmp_path: Path) -> None:
    far = sheet([["a"], ["b"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    refusal(tmp_path, workbook(far))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"xl/../../evil.xml": b"<x/>"}, "unsafe name"),
        ({"/etc/evil.xml": b"<x/>"}, "unsafe name"),
        ({"xl/embeddings/inner.zip": b"PK"}, "another archive"),
        ({"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "entities"),
        ({f"xl/part{n}.xml": b"<x/>" for n in range(2100)}, "too many parts"),
    ],
)
def test_a_crooked_archive_is_refused(tmp_path: Path, more: dict[str, bytes], says: str) -> None:
    assert says in refusal(tmp_path, workbook(sheet([["a"], ["b"]]), more=more))


def test_entities_in_the_sheet_are_refused(tmp_path: Path) -> None:
    laughs = sheet([["a"], ["b"]]).replace(
        "<worksheet", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet', 1
    )
    assert "entities" in refusal(tmp_path, workbook(laughs))


def test_macros_are_named_and_not_run(tmp_path: Path) -> None:
    table = read(tmp_path, workbook(sheet([["a"], ["b"]]), more={"xl/vbaProject.bin": b"\x00"}))
    assert table.notes == ("The file holds macros; they are not run.",)


def test_a_process_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    started = time.monotonic()
    assert "too long" in refusal(tmp_path, LIST, Limits(seconds=0))
    assert time.monotonic() - started < 3


def test_a_process_that_takes_too_much_memory_dies_alone(tmp_path: Path) -> None:
    wide = "a,b\n" + "x,y\n" * 199_000
    assert "memory" in refusal(tmp_path, wide, Limits(memory_bytes=60 * 1024 * 1024))


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.csv"):
        with pytest.raises(Unreadable):
            read_table(path)


def test_damaged_files_never_do_more_than_refuse(tmp_path: Path) -> None:
    # In the child's own code, without its process: three hundred mutations in a second.
    from liaison_desktop.interop.child import read as read_here

    chance = random.Random(7)
    seeds = (LIST.encode(), LIST.encode("utf-16"), workbook(sheet([["a", "b"], ["x", "=1"]])))
    for _ in range(300):
        content = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        outcome = read_here(bytes(content[: chance.randint(1, len(content))]), Limits())
        assert (outcome.table is None) == bool(outcome.refused)
