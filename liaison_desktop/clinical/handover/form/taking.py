"""Where whoever takes over signs, when they stand beside the laptop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.handover.actions import take_handover
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.errors import LiaisonError
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import Method, Role, Signature, signs_as
from liaison_desktop.signing.pad import SignatureField
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import wrapped


class TakingPanel(QWidget):
    """A pad with the receiver's name, and the two ways out. `done` either way."""

    done = Signal()

    def __init__(self, desk: Desk, handover: Handover) -> None:
        super().__init__()
        self._desk, self._handover = desk, handover
        self.signature = SignatureField(f"{handover.receiver} signs for having taken over")
        self._said = wrapped("", "sec", "red")
        sign = button("Sign", "primary", "check", small=True, on_click=self.sign)
        leave = button("Not now", "quiet", small=True, on_click=self.done.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.signature)
        layout.addWidget(self._said)
        layout.addWidget(row(None, leave, sign))
        self.setFocusProxy(self.signature.other_button)

    def sign(self) -> None:
        """Take it, or say what is missing."""
        policy, field = policy_of(self._desk.store), self.signature
        if not field.is_given:
            self._said.set_text(policy.fault("HO-3").message)
            return
        if field.method is Method.TYPED and not signs_as(field.name, self._handover.receiver):
            self._said.set_text(policy.fault("HO-3-NAME", who=self._handover.receiver).message)
            return
        given = Signature(
            role=Role.RECEIVER,
            name_printed=self._handover.receiver,
            method=field.method,
            strokes=field.strokes,
            pad_width=float(field.pad.width()),
            pad_height=float(field.pad.height()),
        )
        try:
            take_handover(self._desk.store, self._handover, given)
        except LiaisonError as error:
            self._said.set_text(str(error))
            return
        self.done.emit()
