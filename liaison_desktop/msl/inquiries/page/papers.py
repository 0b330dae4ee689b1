"""The document of an inquiry: shown, printed, saved as a copy; and its evidence pack. The journal hears of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject

from liaison_desktop.documents.foreign import look_over
from liaison_desktop.documents.preview import print_copy, save_copy
from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import WrittenRequest
from liaison_desktop.msl.inquiries.form.papers import inquiry_paper
from liaison_desktop.msl.inquiries.queries import journal_of
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.msl.materials.rules import ending_of, is_pdf
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.guarding import refuse_identity
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane

_FORM, _PAPER = 0, 2  # places in the body of the pane


class Papers(QObject):
    """Everything a pane does with paper. Documents are made off the window's thread and read back before they show."""

    def __init__(self, pane: InquiryPane) -> None:
        super().__init__(pane)
        self._pane, self._written = pane, False
        pane.preview.print_asked.connect(self.print_document)
        pane.preview.save_asked.connect(self.save_document)

    def printable(self) -> bool:
        """Whether everything typed can be printed: after the signature it is too late to write it otherwise."""
        from liaison_desktop.msl.inquiries.document import inquiry_document

        try:
            inquiry_document(self._pane.typed())
        except LiaisonError as error:
            self._pane.say(str(error), wrong=True)
            return False
        return True

    def toggle(self) -> None:
        """Show the document, or the request again."""
        pane = self._pane
        if pane.body.currentIndex() == _PAPER:
            pane.body.setCurrentIndex(_FORM)
            pane.settle()
            return
        pane.leave()
        inquiry = pane.inquiry
        fetch_paper(
            pane.desk,
            inquiry_paper(inquiry),
            owner=self,
            then=lambda content: self._land(inquiry, content),
            otherwise=lambda error: pane.say(str(error), wrong=True),
        )

    def _land(self, inquiry: MedicalInquiry, content: bytes) -> None:
        # Another inquiry may have been chosen while this one's document was made.
        pane = self._pane
        if (pane.inquiry.id, pane.inquiry.version) == (inquiry.id, inquiry.version):
            self._written = False
            pane.body.setCurrentIndex(_PAPER)
            pane.preview.show_document(content, inquiry.number)
            pane.settle()

    def watch(self, written: WrittenRequest) -> None:
        """Do what is asked of the file that stands in for a signature."""
        written.chosen.connect(self._attach)
        written.dropped.connect(self._detach)
        written.read.connect(self.show_written)

    def _attach(self, name: str, content: bytes) -> None:
        pane = self._pane
        pane.do(lambda: actions.attach_written(pane.desk.store, pane.inquiry, content, name))

    def _detach(self) -> None:
        self._pane.do(lambda: actions.detach_written(self._pane.desk.store, self._pane.inquiry))

    def show_written(self) -> None:
        """Show the written request if it is a PDF; any other file is saved as a copy. The journal hears of either."""
        pane = self._pane
        pane.leave()
        inquiry, store = pane.inquiry, pane.desk.store
        try:
            content = store.attachments.get(inquiry.written_sha256)
            if not is_pdf(content):
                self._save_written()
                return
            look_over(content)
            content = actions.open_written(store, inquiry)
        except LiaisonError as error:
            pane.say(str(error), wrong=True)
            return
        self._written = True
        pane.body.setCurrentIndex(_PAPER)
        pane.preview.show_document(content, "The written request")
        pane.settle()

    def _save_written(self) -> None:
        pane, inquiry = self._pane, self._pane.inquiry
        content = pane.desk.store.attachments.get(inquiry.written_sha256)
        name = f"{inquiry.number or 'written'}-request{ending_of(inquiry.written_name)}"
        save_copy(pane.desk, content, name, lambda: actions.open_written(pane.desk.store, inquiry, Act.EXPORTED))

    def print_document(self) -> None:
        """Print what is shown."""
        pane, inquiry = self._pane, self._pane.inquiry
        what = "written request" if self._written else "medical inquiry"
        print_copy(
            pane.desk,
            pane.preview.content,
            lambda how: actions.note_printed(pane.desk.store, inquiry, how, what),
            self._guard,
        )

    def save_document(self) -> None:
        """Save a copy of what is shown. The name of the file is the number and nothing else."""
        pane, inquiry = self._pane, self._pane.inquiry
        if self._written:
            self._save_written()
            return
        save_copy(
            pane.desk,
            pane.preview.content,
            f"{inquiry.number}.pdf",
            lambda: actions.note_exported(pane.desk.store, inquiry),
            self._guard,
        )

    def save_evidence(self) -> None:
        """Write everything about this inquiry into one file that can be checked without the store."""
        pane = self._pane
        pane.leave()
        inquiry = pane.inquiry
        fetch_paper(
            pane.desk,
            inquiry_paper(inquiry),
            owner=self,
            then=lambda content: self._save_evidence(inquiry, content),
            otherwise=lambda error: pane.say(str(error), wrong=True),
        )

    def _save_evidence(self, inquiry: MedicalInquiry, document: bytes) -> None:
        from liaison_desktop.msl.inquiries.document import evidence_pack, sent_with

        pane, store = self._pane, self._pane.desk.store
        try:
            content = evidence_pack(
                inquiry,
                journal_of(store, inquiry.id),
                store.lines(limit=1)[0],
                sent=sent_with(inquiry, materials(store)),
                written=store.attachments.get(inquiry.written_sha256) if inquiry.written_sha256 else b"",
                document=document,
            )
        except LiaisonError as error:
            pane.say(str(error), wrong=True)
            return
        save_copy(
            pane.desk,
            content,
            f"{inquiry.number}.zip",
            lambda: actions.note_exported(store, inquiry, "evidence pack"),
            self._guard,
        )

    def _guard(self) -> None:
        """Nothing that names a patient leaves the store (PHI-1)."""
        refuse_identity(policy_of(self._pane.desk.store), msgspec.structs.replace(self._pane.inquiry, signature=None))
