"""The document of an inquiry: complete, the same every time, refused if anything is missing."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.documents.reading import read
from liaison_desktop.errors import Unprintable
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.document import inquiry_document
from liaison_desktop.msl.inquiries.document.layout import lay_out
from liaison_desktop.msl.inquiries.record import OffLabel, Question
from liaison_desktop.store import Store
from tests.msl.builders import a_world
from tests.msl.inquiries.builders import ASKED, a_reply, an_inquiry, in_progress, signed


def test_it_shows_the_question_the_signature_and_its_fingerprint_on_every_page(msl_store: Store) -> None:
    inquiry = signed(msl_store, a_world(msl_store))
    made = inquiry_document(inquiry)
    pages = read(made.content, 45)
    text = " ".join(page.body for page in pages)
    assert ASKED in " ".join(text.split())
    assert "Hannah Okonkwo" in text
    assert "without being prompted" in text
    assert all(made.fingerprint[:8] in page.foot and inquiry.number in page.foot for page in pages)
    assert made.file_name == f"{inquiry.number}.pdf"


def test_made_again_it_is_the_same_bytes(msl_store: Store) -> None:
    inquiry = actions.record_response(
        msl_store, progressed := in_progress(msl_store, a_world(msl_store)), a_reply(progressed)
    )
    assert inquiry_document(inquiry).content == inquiry_document(inquiry).content


def test_a_layout_that_leaves_something_out_is_refused(msl_store: Store) -> None:
    inquiry = signed(msl_store, a_world(msl_store))

    def careless(content, sheet, copy_for):
        return lay_out(msgspec.structs.replace(content, questions=()), sheet, copy_for)

    with pytest.raises(Unprintable, match="Question 1"):
        inquiry_document(inquiry, layout=careless)


def test_letters_that_cannot_be_printed_are_named_before(msl_store: Store) -> None:
    world = a_world(msl_store)
    draft = an_inquiry(msl_store, world)
    rows = (msgspec.structs.replace(draft.questions[0], verbatim="ვინ არის ეს ექიმი ამბობს"),)
    with pytest.raises(Unprintable, match="Question 1"):
        inquiry_document(msgspec.structs.replace(draft, questions=rows))


def test_twenty_long_questions_go_on_overleaf(msl_store: Store) -> None:
    world = a_world(msl_store)
    rows = tuple(
        Question(
            verbatim=f"Question {n}: " + "what is known of it? " * 40,
            product_id=world.approved.id,
            off_label=OffLabel.YES,
        )
        for n in range(20)
    )
    inquiry = signed(msl_store, world, questions=rows)
    assert inquiry_document(inquiry, paper="a4").pages > 3
