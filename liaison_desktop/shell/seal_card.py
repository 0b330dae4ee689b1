"""The seal of this laptop: whose it is, until when, how others can check it; another one from the organisation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from liaison_desktop.documents.canonical import grouped
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.i18n import tr
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.security.certificates.identity import Identity
from liaison_desktop.shell.secret_line import SecretLine
from liaison_desktop.shell.security_cards import SecurityCard, amber_line, fact_row
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, refill, row
from liaison_desktop.ui.text import wrapped

_MOST_BYTES = 1_000_000


class SealCard(SecurityCard):
    """Shows the seal; imports a certificate, saves the authority's, makes a new seal when the key is lost."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            tr("Seal of this laptop"),
            tr(
                "Complete consents and withdrawals are sealed, so that any later change to the file is seen. "
                "The seal says which laptop made a document. It is nobody's signature."
            ),
        )
        self._desk, self._sealer, self._read = desk, sealer_of(desk.store), False
        self._content = b""
        self._identity: Identity | None = None
        self.fault: QWidget = column(gap=0)
        self.facts: QWidget = column(gap=4)
        self.buttons: QWidget = column(gap=8)
        refill(self.body, self.facts, self.fault, self.buttons)
        self._show_buttons(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Read whose seal it is when somebody looks: the key store of the system may ask for its own password."""
        super().showEvent(event)
        if not self._read:
            self._read = True
            self._desk.jobs.run(self._sealer.held, owner=self, then=self.show_seal, otherwise=self._lost)

    # -- what is shown ------------------------------------------------------------------------------------------------
    def show_seal(self, identity: Identity | None) -> None:
        """Whose seal it is; before the first sealed document there is none."""
        refill(self.fault)
        self._identity = identity
        if identity is None:
            refill(self.facts, wrapped(tr("None yet: it is made with the first document that is sealed."), "body"))
        else:
            own = tr("this laptop itself; others need its authority's certificate to check a document")
            issued = own if identity.own else tr("your organisation")
            rests = tr("in this store and, by half, in this computer's key store")
            kept = rests if self._sealer.kept_in() else tr("in this store, encrypted")
            lines = (
                (tr("Sealed by"), identity.name()),
                (tr("Issued by"), issued),
                (tr("Valid until"), plain_day(identity.ends_on().date())),
                (tr("Key kept"), kept),
                # Whoever checks a document on another laptop asks for these by telephone.
                (tr("Authority"), grouped(identity.authority_sha256)),
            )
            refill(self.facts, *(fact_row(name, text, 84) for name, text in lines))
        self._show_buttons(identity)

    def _lost(self, error: LiaisonError) -> None:
        self._identity = None
        refill(self.facts)
        refill(self.fault, amber_line(str(error)))
        self._show_buttons(None)

    def _show_buttons(self, identity: Identity | None) -> None:
        self._content = b""
        self.import_button = button(tr("Import a certificate…"), icon="file-up", on_click=self.choose)
        self.export_button = button(
            tr("Save the authority's certificate…"), icon="file-down", on_click=lambda: self.save(identity)
        )
        self.export_button.setEnabled(identity is not None)
        self.new_button = button(tr("Make a new seal…"), "quiet", icon="refresh-cw", on_click=self.ask)
        refill(self.buttons, row(self.import_button, self.export_button, None), row(self.new_button, None))

    # -- the organisation's certificate -------------------------------------------------------------------------------
    def choose(self) -> None:
        """Choose the file with the key and certificate that the organisation issued for this laptop."""
        path = self._desk.files.open_file(tr("The certificate of this laptop"), tr("Certificates (*.p12 *.pfx)"))
        if path is None:
            return
        try:
            self._content = _read(path)
        except LiaisonError as error:
            refill(self.fault, amber_line(str(error)))
            return
        refill(self.fault)
        self.secret = SecretLine(tr("Passphrase of the file"))
        self.secret_field = LabelledField(
            tr("Passphrase of the file"), self.secret, help=tr("Whoever issued the certificate gave it to you.")
        )
        self.use = button(tr("Use this certificate"), "primary", on_click=self.take)
        self.secret.returnPressed.connect(self.use.click)
        cancel = button(tr("Cancel"), "quiet", on_click=self._again)
        refill(self.buttons, self.secret_field, row(None, cancel, self.use))
        self.secret.setFocus()

    def take(self) -> None:
        """Seal with it from now on. Off the window's thread: the key store of the system keeps half of the key."""
        self.use.setEnabled(False)
        content, secret = self._content, self.secret.text()
        self._desk.jobs.run(
            lambda: self._sealer.take(content, secret), owner=self, then=self._taken, otherwise=self._refused
        )

    def _taken(self, identity: Identity) -> None:
        self.show_seal(identity)
        self._desk.toast(tr("Documents are sealed with this certificate from now on."))

    def _refused(self, error: LiaisonError) -> None:
        self.use.setEnabled(True)
        if isinstance(error, Refused) and error.faults[0].field == "passphrase":
            self.secret_field.show_fault(str(error))
            self.secret.selectAll()
            self.secret.setFocus()
        else:
            self._again()
            refill(self.fault, amber_line(str(error)))

    # -- the rest -----------------------------------------------------------------------------------------------------
    def save(self, identity: Identity | None) -> None:
        """Write the authority's certificate, which is no secret, where the person says."""
        from liaison_desktop.security.certificates.importing import as_pem

        if identity is None:
            return
        path = self._desk.files.save_file(tr("Save the authority's certificate"), "seal-authority.pem")
        if path is None:
            return
        try:
            path.write_bytes(as_pem(identity.authority))
        except OSError:
            refill(self.fault, amber_line(tr("The file could not be written there.")))
            return
        refill(self.fault)
        self._desk.toast(tr("Saved. Whoever has it can check what this laptop sealed."))

    def ask(self) -> None:
        """A new seal is another authority, so it is said what follows."""
        refill(
            self.buttons,
            wrapped(
                tr(
                    "Documents sealed before stay valid, but whoever checks them needs both authorities' certificates. "
                    "Do this only if the key is lost."
                ),
                "sec",
                "ink",
            ),
            row(
                None,
                button(tr("Cancel"), "quiet", on_click=self._again),
                button(tr("Make a new seal"), "danger", on_click=self.make),
            ),
        )

    def make(self) -> None:
        """A new seal of this laptop's own."""
        self._desk.jobs.run(self._sealer.make_new, owner=self, then=self.show_seal, otherwise=self._lost)

    def _again(self) -> None:
        self._show_buttons(self._identity)


def _read(path: Path) -> bytes:
    """A small file. Raises LiaisonError if it cannot be read or is too large."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise LiaisonError(tr("This file is too large for a certificate."))
        return path.read_bytes()
    except OSError:
        raise LiaisonError(tr("This file cannot be opened.")) from None
