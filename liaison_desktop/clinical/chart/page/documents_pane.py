"""The tab "Documents": what came in and what was made, and the pages of the one that is looked at."""

from __future__ import annotations

import functools
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.clinical.chart.queries import Charted, charted
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.findings.queries import attachments
from liaison_desktop.clinical.patients.actions import note_file
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.referrals.record import ReferralDocument
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.errors import LiaisonError
from liaison_desktop.store import Act
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import Item, card, column, hairline, refill, scroll

_SIDE = 420


class DocumentsPane(PatientPane):
    """A list at the left, pages at the right. Records open on their own pages; files are shown here."""

    kinds: ClassVar[frozenset[str]] = frozenset({"referral_document", "consent", "checklist", "wound", "handover"})

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__(desk, patient)
        self._list = column(gap=12, margins=(24, 12, 12, 24))
        self.preview = Preview()
        self.preview.print_asked.connect(self.print_it)
        self.preview.save_asked.connect(self.save_it)
        self._paper: ReferralDocument | None = None
        area = scroll(self._list)
        area.setFixedWidth(_SIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        words = "Documents come with a referral; consents, checklists and hand-overs are made here."
        self._none, self._beside = EmptyState("No documents yet", words), (area, hairline(vertical=True))
        layout.addWidget(self._none, 1)
        for widget in self._beside:
            layout.addWidget(widget)
        layout.addWidget(self.preview, 1)
        self.preview.hide()
        self._hint = EmptyState("Nothing opened yet", "Choose what came in to see its pages here.")
        layout.addWidget(self._hint, 1)
        self._fill()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read again; the pages that are looked at stay."""
        if kinds & self.kinds:
            self._fill()

    def _fill(self) -> None:
        known = charted(self.desk.store, self.patient)
        cards: list[Item] = [*self._came_in(known), *self._made(known)]
        photos = tuple(file for _where, file in attachments(self.desk.store, self.patient.id))
        if photos:
            strip = attachment_strip(self.desk, self.patient.id, read_only=True)
            strip.set_value(photos)
            cards.append(card(strip, title="Photos", gap=8))
        refill(self._list, *cards, None)
        # With nothing to list the sentence has the whole room.
        self._none.setVisible(not cards)
        for widget in self._beside:
            widget.setVisible(bool(cards))
        to_see = any(paper.file_sha256 and not (paper.missing or paper.not_needed) for paper in known.papers)
        self._hint.setVisible(to_see and self._paper is None)

    def _came_in(self, known: Charted) -> tuple[QWidget, ...]:
        rows: list[QWidget] = []
        for paper in known.papers:
            if paper.not_needed:
                continue
            if paper.missing:
                asked = show_moment(paper.requested_at) if paper.requested_at is not None else ""
                facts = " · ".join(filter(None, ("Asked for", asked, paper.requested_from)))
                rows.append(CardRow(paper.title(), facts, "circle-help", ChipSpec("missing", "amber")))
                continue
            read = ChipSpec("read", "green") if paper.reviewed else ChipSpec("to read", "neutral")
            came = show_moment(paper.received_at) if paper.received_at is not None else ""
            facts = " · ".join(filter(None, (paper.facts(), came)))
            go = functools.partial(self.show_paper, paper) if paper.file_sha256 else None
            rows.append(CardRow(paper.title(), facts, "file-text", read, on_click=go))
        return (list_card("Came in", *rows, right=str(len(rows))),) if rows else ()

    def _made(self, known: Charted) -> tuple[QWidget, ...]:
        rows: list[QWidget] = []
        for consent in known.consents:
            if consent.document_number:
                go = functools.partial(self.desk.open, Consent.kind, consent.id)
                chip = ChipSpec(consent.state.label, "outline")
                rows.append(
                    CardRow(consent.title_as_signed, consent.document_number, "file-pen-line", chip, on_click=go)
                )
        for checklist in known.checklists:
            if checklist.status in FINISHED:
                go = functools.partial(self.desk.open, Checklist.kind, checklist.id)
                done = show_moment(checklist.completed_at) if checklist.completed_at is not None else ""
                rows.append(CardRow(checklist.name, done, "clipboard-check", on_click=go))
        for handover in known.handovers:
            go = functools.partial(self.asks_tab.emit, "Hand-over")
            rows.append(CardRow(handover.title(), handover.facts(), "handshake", on_click=go))
        return (list_card("Made here", *rows, right=str(len(rows))),) if rows else ()

    def show_paper(self, paper: ReferralDocument) -> None:
        """Show the pages of a file; the journal says that it was looked at."""
        try:
            content = self.desk.store.attachments.get(paper.file_sha256)
            self.preview.show_document(content, paper.title())
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        self._paper = paper
        self._hint.hide()
        self.preview.show()
        note_file(self.desk.store, self.patient.id, Act.VIEWED)

    def print_it(self) -> None:
        """On paper."""
        note = functools.partial(note_file, self.desk.store, self.patient.id, Act.PRINTED)
        print_copy(self.desk, self.preview.content, note, lambda: require(self.desk.store, "print"))

    def save_it(self) -> None:
        """As a file. Its name tells the sort of document, never the person."""
        kind = (
            self._paper.document.value if self._paper is not None and self._paper.document is not None else "document"
        )
        note = functools.partial(note_file, self.desk.store, self.patient.id, Act.EXPORTED)
        save_copy(self.desk, self.preview.content, f"{kind}.pdf", note, lambda: require(self.desk.store, "export"))
