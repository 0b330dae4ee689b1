from __future__ import annotations

import pytest

from liaison_desktop.documents.reading import Expected, PageText, letters, missing_in_footers, missing_texts, read
from liaison_desktop.errors import Unprintable


def _missing(body: str, *texts: str) -> tuple[str, ...]:
    return missing_texts([PageText(body, "")], [Expected(text[:30], text) for text in texts])


def test_line_breaks_and_hyphens_do_not_hide_a_text() -> None:
    assert letters("Hernández-\r\nFernández") == letters("Hernández-Fernández") == letters("Hernández\ufffe\nFernández")
    assert _missing("Clear after\nre-\nexplaining", "Clear after re-explaining") == ()


def test_a_text_left_out_once_does_not_hide_behind_its_twin() -> None:
    assert _missing("Dr. Chen, Dr. Chen", "Dr. Chen", "Dr. Chen") == ()
    assert _missing("Dr. Chen", "Dr. Chen", "Dr. Chen") == ("Dr. Chen",)


def test_a_text_left_out_does_not_hide_inside_a_longer_one() -> None:
    assert _missing("Yes, if needed Yes", "Yes, if needed", "Yes") == ()
    assert _missing("Yes, if needed", "Yes, if needed", "Yes") == ("Yes",)


def test_a_long_text_may_go_on_overleaf_and_a_short_one_may_not() -> None:
    long = "This is what the patient said, and it took a good deal of room on the page to say it all."
    pages = [PageText(long[:40], ""), PageText(f"column name {long[40:]}", "")]
    assert missing_texts(pages, [Expected("Words", long)]) == ()
    assert missing_texts(pages[:1], [Expected("Words", long)]) == ("Words",)
    short = [PageText("María", ""), PageText("Álvarez", "")]
    assert missing_texts(short, [Expected("Name", "María Álvarez")]) == ("Name",)


def test_every_footer_is_looked_at() -> None:
    good, poor = PageText("", "María · MRN 1 Page 1 of 2"), PageText("", "MRN 1 Page 3 of 2")
    wanted = [Expected("Name", "María"), Expected("Number", "MRN 1")]
    assert missing_in_footers([good, poor], wanted) == ("Name", "Page number")


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(Unprintable):
        read(b"%PDF-1.4 torn", 40)
