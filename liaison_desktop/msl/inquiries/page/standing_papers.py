"""The signed page of a standing request: shown with its ink, printed, saved as a copy. The journal hears of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject

from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form.papers import standing_paper
from liaison_desktop.msl.inquiries.record import StandingRequest
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.guarding import refuse_identity
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.ui.buttons import button

if TYPE_CHECKING:
    from liaison_desktop.msl.inquiries.page.standing_pane import StandingPane
    from liaison_desktop.ui.desk import Desk

_WHAT = "standing request"
_FORM, _PAPER = 0, 1  # places in the body of the pane


class StandingPapers(QObject):
    """The button `Document` is there once the doctor signed; pressed again it leads back to the request."""

    def __init__(self, pane: StandingPane, desk: Desk) -> None:
        super().__init__(pane)
        self._pane, self._desk = pane, desk
        self._preview: Preview | None = None
        self.button = button("Document", "secondary", "file-text", on_click=self.toggle)

    def show_request(self, request: StandingRequest) -> None:
        """Another request is shown, or this one as it was saved: its form first."""
        self.button.setVisible(request.is_signed)
        self.button.set_text("Document")
        self._pane.body.setCurrentIndex(_FORM)

    def toggle(self) -> None:
        """Show the document, or the request again."""
        pane = self._pane
        if pane.body.currentIndex() == _PAPER:
            self.show_request(pane.request)
            self.button.setFocus()
            return
        request = pane.request
        fetch_paper(
            self._desk,
            standing_paper(request),
            owner=self,
            then=lambda content: self._land(request, content),
            otherwise=lambda error: pane.say(str(error), wrong=True),
        )

    @property
    def preview(self) -> Preview:
        """Where the page is shown; made when it is first asked for."""
        if self._preview is None:
            self._preview = Preview()
            self._preview.print_asked.connect(self.print_document)
            self._preview.save_asked.connect(self.save_document)
            self._pane.body.addWidget(self._preview)
        return self._preview

    def _land(self, request: StandingRequest, content: bytes) -> None:
        # Another request may have been chosen while this one's document was made.
        if self._pane.request == request:
            self.preview.show_document(content, "Standing request")
            self._pane.body.setCurrentIndex(_PAPER)
            self.button.set_text("Request")
            self.preview.setFocus()

    def print_document(self) -> None:
        """Print what is shown."""
        store, request = self._desk.store, self._pane.request
        print_copy(
            self._desk,
            self.preview.content,
            lambda how: actions.note_printed(store, request, how, _WHAT),
            self._guard,
        )

    def save_document(self) -> None:
        """Save a copy of what is shown. The name of the file says what it is and nothing else."""
        store, request = self._desk.store, self._pane.request
        save_copy(
            self._desk,
            self.preview.content,
            "standing-request.pdf",
            lambda: actions.note_exported(store, request, _WHAT),
            self._guard,
        )

    def _guard(self) -> None:
        """Nothing that names a patient leaves the store (PHI-1)."""
        refuse_identity(policy_of(self._desk.store), msgspec.structs.replace(self._pane.request, signature=None))
