"""The card on Settings: whom this workspace belongs to, or the code that makes it belong to somebody."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.i18n import tr
from liaison_desktop.shell.sync.syncing import State, Syncing
from liaison_desktop.sync.account import Account
from liaison_desktop.sync.enrolment import read_invitation
from liaison_desktop.sync.transport import is_installed
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.text import label, wrapped

_ALONE = tr(
    "Records stay on this laptop. An organisation that runs a server gives you a code; with it, what you save is also "
    "kept there, and a second laptop of yours is filled from it."
)
_ABSENT = tr(
    'This installation came without its sync part. Whoever installs it adds it: pip install "liaison-desktop[sync]".'
)


class JoiningCard(QWidget):
    """Paste the code, done."""

    def __init__(self, desk: Desk, syncing: Syncing, *, practice: bool) -> None:
        super().__init__()
        self._desk, self._syncing, self._practice = desk, syncing, practice
        self.body = column(gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        syncing.changed.connect(self._settle)
        self._shown: bool | None = None
        self._settle()

    def _settle(self) -> None:
        state = self._syncing.state()
        if (state.account is not None) == self._shown:
            return
        self._shown = state.account is not None
        if state.account is None:
            self._show_code()
        else:
            self._show_member(state, state.account)

    def _show_code(self) -> None:
        if not is_installed():
            refill(self.body, card(wrapped(_ALONE, "sec"), wrapped(_ABSENT, "sec", "ink2")))
            return
        self.code = line_edit(placeholder="7KQ2M-4TX9R", name=tr("Code"))
        self.code.setMaximumWidth(420)
        self.server = line_edit(placeholder="https://", name=tr("Server"))
        self.server.setMaximumWidth(420)
        self.code_field = LabelledField(
            tr("Code"),
            self.code,
            help=tr("As your administrator gave it, or the whole text that begins with liaison://"),
        )
        self.server_field = LabelledField(tr("Server"), self.server, help=tr("Not needed with a text that names it"))
        self.join_button = button(tr("Join"), "primary", "git-merge", on_click=self.join)
        self.code.textChanged.connect(lambda _text: self._typed())
        self.code.returnPressed.connect(self.join_button.click)
        self.server.returnPressed.connect(self.join_button.click)
        self._typed()
        refill(
            self.body,
            card(wrapped(_ALONE, "sec"), self.code_field, self.server_field, row(self.join_button, None), gap=10),
        )

    def _typed(self) -> None:
        self.code_field.clear_fault()
        self.server_field.clear_fault()
        text = self.code.text().strip()
        self.server_field.setVisible(not text.lower().startswith("liaison:"))
        self.join_button.setEnabled(bool(text))

    def join(self) -> None:
        """Read what was typed, and ask the server. Off the window's thread."""
        try:
            invitation = read_invitation(self.code.text(), self.server.text(), practice=self._practice)
        except Refused as refused:
            self._refused(refused)
            return
        self.join_button.setEnabled(False)
        self._syncing.join(invitation, self._joined, self._refused)

    def _joined(self, account: Account) -> None:
        self._desk.toast(tr("This workspace belongs to {name} now.", name=account.organisation_name))
        self._settle()

    def _refused(self, error: LiaisonError) -> None:
        self.join_button.setEnabled(True)
        faults = error.faults if isinstance(error, Refused) else ()
        field = self.server_field if any(fault.field == "server" for fault in faults) else self.code_field
        field.setVisible(True)
        field.show_fault(str(error))
        field.editor.setFocus()

    def _show_member(self, state: State, account: Account) -> None:
        refill(
            self.body,
            card(
                label(account.organisation_name, "strong"),
                wrapped(
                    tr(
                        "As {name}, {role}. Records go to {server} whenever it can be reached; they stay on this laptop too.",
                        name=account.person_name,
                        role=account.role,
                        server=account.server,
                    ),
                    "sec",
                ),
                row(button(tr("Open the sync page"), icon="arrow-right", on_click=lambda: self._desk.go("sync")), None),
                gap=8,
            ),
        )
