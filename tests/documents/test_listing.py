"""A document in parts: all of it can be read on paper, a warning is marked, and nobody's name is in the file's own title."""

from __future__ import annotations

import pytest

from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.reading import read
from liaison_desktop.errors import Unprintable
from tests.fakes import TODAY


def a_listing(*lines: ListingLine, whose: str = "Dr. Hannah Okonkwo") -> Listing:
    return Listing(
        title="What we store about you",
        whose=whose,
        where="Hepatology",
        subtitle="as of today",
        number="stored-1",
        note="Ask for the journal.",
        parts=(
            ListingPart(title="Promised", columns=("Due", "What"), lines=lines),
            ListingPart(title="Elsewhere", columns=("What", "Stored"), empty="Nothing else."),
        ),
        made=TODAY,
        copy_for="Own copy",
        author="Ruth Okafor",
    )


def test_every_line_is_on_paper_and_a_warning_is_marked() -> None:
    late = ListingLine(label="17 Nov 2026", text="Send the table", alert=True)
    made = make_listing(a_listing(late, ListingLine(label="20 Nov 2026", text="Send the <letter> & more")))
    text = read(made.content, 40)[0].body
    assert "! 17 Nov 2026" in text
    assert "Send the <letter> & more" in text
    assert "Nothing else." in text
    assert make_listing(a_listing(late)).content == make_listing(a_listing(late)).content
    assert b"Okonkwo" not in made.content
    assert made.file_name == "stored-1.pdf"


def test_many_lines_go_on_overleaf() -> None:
    lines = [ListingLine(label=f"Line {number}", text=f"Text of line {number}. " * 9) for number in range(120)]
    made = make_listing(a_listing(*lines))
    assert made.pages > 3


def test_what_cannot_be_printed_is_refused_by_its_label() -> None:
    with pytest.raises(Unprintable, match="Promised: text"):
        make_listing(a_listing(ListingLine(label="Note", text="漢")))
