"""Checking a sealed file in the window: choose it or let it go here; what was found is said in plain lines."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from liaison_desktop.documents.sealing.findings import Checked, Verdict
from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.shell.security_cards import SecurityCard, amber_line, fact_row
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, refill, row
from liaison_desktop.ui.text import icon_label, wrapped

_MARKS = {True: ("circle-check", "green"), False: ("circle-alert", "red"), None: ("circle-minus", "ink3")}
_TONES = {Verdict.GOOD: "green", Verdict.UNKNOWN: "amber", Verdict.CHANGED: "red", Verdict.NOT_OURS: "amber"}


class CheckCard(SecurityCard):
    """Trusts what this laptop sealed, and the authorities whose certificates are chosen while it is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            tr("Check a sealed document"),
            tr("Choose a PDF or let it go here. It is only read; nothing of it is kept."),
        )
        self.setAcceptDrops(True)
        self._desk, self._sealer = desk, sealer_of(desk.store)
        self._trusted: tuple[bytes, ...] = ()
        self.found: QWidget = column(gap=6)
        self.found.setAccessibleName(tr("What was found"))
        self.choose_button = button(tr("Choose a file…"), icon="file-check", on_click=self.choose)
        self.trust_button = button(
            tr("Trust another authority…"), "quiet", icon="shield-check", on_click=self.choose_authority
        )
        refill(self.body, row(self.choose_button, self.trust_button, None), self.found)

    # -- what is checked ----------------------------------------------------------------------------------------------
    def choose(self) -> None:
        """Choose a file."""
        path = self._desk.files.open_file(tr("Check a sealed document"), tr("Documents (*.pdf)"))
        if path is not None:
            self.check(path)

    def choose_authority(self) -> None:
        """Choose the certificate of an authority, such as another laptop's; it is trusted until the store is locked."""
        from liaison_desktop.security.certificates.importing import read_authority

        path = self._desk.files.open_file(
            tr("The certificate of an authority"), tr("Certificates (*.pem *.crt *.cer *.der)")
        )
        if path is None:
            return
        try:
            self._trusted = (*self._trusted, read_authority(path.read_bytes()))
        except LiaisonError as error:
            refill(self.found, amber_line(str(error)))
        except OSError:
            refill(self.found, amber_line(tr("This file cannot be opened.")))
        else:
            refill(self.found, wrapped(tr("Trusted until this store is locked. Now choose the document."), "sec"))

    def check(self, path: Path) -> None:
        """Check this file on another thread."""
        self.choose_button.setEnabled(False)
        refill(self.found, wrapped(tr("Checking…"), "sec"))
        self._desk.jobs.run(lambda: self._checked(path), owner=self, then=self.show_found, otherwise=self._failed)

    def _checked(self, path: Path) -> Checked:
        from liaison_desktop.documents.sealing.limits import MOST_BYTES
        from liaison_desktop.documents.sealing.verifying import check

        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError:
            raise LiaisonError(tr("This file cannot be opened.")) from None
        return check(content, (*self._sealer.authorities(), *self._trusted))

    # -- what is said -------------------------------------------------------------------------------------------------
    def show_found(self, found: Checked) -> None:
        """The outcome first, then what was looked at, then what the seal says of itself."""
        from liaison_desktop.documents.sealing.report import SAID, facts

        self.choose_button.setEnabled(True)
        icon, _tone = _MARKS[found.verdict is Verdict.GOOD]
        tone = _TONES[found.verdict]
        lines = [row(icon_label(icon, tone, 18), (wrapped(SAID[found.verdict], "strong", tone), 1), gap=8)]
        for finding in found.findings:
            sign, colour = _MARKS[finding.good]
            lines.append(row(icon_label(sign, colour, 14), (wrapped(finding.words, "body"), 1), gap=8))
        lines += [fact_row(name, text, 204) for name, text in facts(found)]
        refill(self.found, *lines)

    def _failed(self, error: LiaisonError) -> None:
        self.choose_button.setEnabled(True)
        refill(self.found, amber_line(str(error)))

    # -- dropping -----------------------------------------------------------------------------------------------------
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be let go here."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check it."""
        self.check(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()
