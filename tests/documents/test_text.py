from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.documents import fonts
from liaison_desktop.documents.text import LONGEST_WORD, markup, printable
from liaison_desktop.errors import Unprintable
from tests.documents.samples import HOSTILE


def test_tags_are_shown_not_read() -> None:
    assert markup('<img src="/etc/passwd"/> & co') == '&lt;img src="/etc/passwd"/&gt; &amp; co'


def test_what_has_no_ink_is_left_out() -> None:
    assert printable("a\x00b\u202ec\u200bd\ud800e\ufe0f") == "abcde"


def test_line_ends_are_kept_as_lines() -> None:
    assert markup("one\r\ntwo\u2028three") == "one<br/>two<br/>three"


def test_an_endless_word_is_cut_without_losing_a_letter() -> None:
    cut = markup("x" * 10_000)
    assert max(map(len, cut.split())) == LONGEST_WORD
    assert cut.replace(" ", "") == "x" * 10_000


def test_numbers_do_not_come_apart_at_a_line_end() -> None:
    assert markup("call (555) 010-4400 on 22 Nov 2026, 8 PM, 5 mg") == (
        "call (555)\u00a0010-4400 on 22\u00a0Nov\u00a02026, 8\u00a0PM, 5\u00a0mg"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_a_paragraph(text: str) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    fonts.register()
    Paragraph(markup(text), ParagraphStyle("any", fontName=fonts.REGULAR)).wrap(200, 10_000)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_becomes_a_paragraph(text: str) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    fonts.register()
    Paragraph(markup(text), ParagraphStyle("any", fontName=fonts.REGULAR)).wrap(200, 10_000)


def test_letters_that_would_be_boxes_are_found_before_printing() -> None:
    assert fonts.missing_letters("Ω Ж Ễ ✓ ☑ ✗ → ≥ “” fine") == ()
    assert fonts.missing_letters("კ and კ and 😀") == ("კ", "😀")


def test_the_refusal_names_fields_and_never_their_values() -> None:
    with pytest.raises(Unprintable) as refused:
        fonts.check_printable([("Name", "გიორგი"), ("Visit", "E-1"), ("Reason", "😀")])
    assert "Name, Reason" in str(refused.value)
    assert "გ" not in str(refused.value)
