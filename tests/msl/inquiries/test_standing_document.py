"""The page of a signed standing request: one page, complete, with ink; printed and saved with a line in the journal."""

from __future__ import annotations

from pathlib import Path

import msgspec
from pytestqt.qtbot import QtBot

from liaison_desktop.documents.reading import read
from liaison_desktop.msl import practice
from liaison_desktop.msl.inquiries.document import standing_document
from liaison_desktop.msl.inquiries.page import InquiriesPage
from liaison_desktop.msl.inquiries.record import StandingRequest
from liaison_desktop.store import Act, Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs, PaperTray


def a_signed_one(store: Store) -> StandingRequest:
    practice.fill(store)
    return next(one for one in store.all(StandingRequest) if one.is_signed)


def test_it_says_everything_on_one_page(msl_store: Store) -> None:
    request = a_signed_one(msl_store)
    made = standing_document(request)
    (page,) = read(made.content, 45)
    text = " ".join(page.body.split())
    for words in (request.text, request.shown_name, request.shown_place, "without being prompted", "Who asked".upper()):
        assert words in text
    assert made.fingerprint[:8] in page.foot
    assert standing_document(request).content == made.content
    other = standing_document(msgspec.structs.replace(request, withdraw_reason="Moved away"))
    assert other.fingerprint != made.fingerprint
    assert "Moved away" in read(other.content, 45)[0].body
    # Without its strokes the page says that there is no ink.
    assert "No drawn signature" not in text
    assert request.signature is not None
    bare = msgspec.structs.replace(request, signature=msgspec.structs.replace(request.signature, strokes=()))
    assert "No drawn signature" in read(standing_document(bare).content, 45)[0].body


def test_it_is_shown_printed_and_saved(
    qtbot: QtBot, msl_desk: Desk, printer: PaperTray, files: FileDialogs, tmp_path: Path
) -> None:
    request = a_signed_one(msl_desk.store)
    page = InquiriesPage(msl_desk)
    qtbot.addWidget(page)
    page.show_record(request.id)
    papers = page.standing.papers
    assert not papers.button.isHidden()
    papers.button.click()
    qtbot.waitUntil(lambda: bool(papers.preview.content), timeout=20_000)
    assert page.standing.body.currentWidget() is papers.preview
    papers.print_document()
    files.saves.append(tmp_path / "out.pdf")
    papers.save_document()
    assert len(printer.printed) == 1
    assert (tmp_path / "out.pdf").read_bytes() == papers.preview.content
    acts = [line.act for line in msl_desk.store.lines() if line.subject == request.id]
    assert {Act.PRINTED.value, Act.EXPORTED.value} <= {str(one) for one in acts}
    papers.button.click()
    assert page.standing.body.currentIndex() == 0
    unsigned = next(one for one in msl_desk.store.all(StandingRequest) if not one.is_signed)
    page.show_record(unsigned.id)
    assert papers.button.isHidden()
