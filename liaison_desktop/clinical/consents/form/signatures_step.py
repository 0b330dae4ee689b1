"""Step eight: who has signed, who has to, and the buttons that turn the screen. What is typed here is a draft too."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.form.closing_steps import NOW_OPEN
from liaison_desktop.clinical.consents.form.signature_entry import SignatureEntry
from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.consents.rules import roles_left, roles_needed, to_countersign
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.errors import Fault
from liaison_desktop.signing import Method, Role, Signature
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, empty, row
from liaison_desktop.ui.text import wrapped

Held = dict[str, dict[str, object]]


class SignaturesStep(Step):
    """Who has to sign, who has, and the buttons that turn the screen."""

    title = "Signatures"
    lead = "The screen is turned towards each person. It opens again with your passphrase."
    turn_asked = Signal(object)  # Signer
    record_asked = Signal(object, object)  # Signature, and the answer of who decides

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.store)
        self._desk = desk
        self._box = QWidget()
        self._list = QVBoxLayout(self._box)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.wait = wrapped("The document has to be made first.", "body", "amber")
        self._wait_card = card(self.wait, tone="amber")
        self.later = wrapped("", "body")
        self._later_card = card(self.later, title="To countersign", icon="pen-line", tone="amber")
        self.fault = wrapped("", "label", "red")
        self.lay_out(self._wait_card, self._later_card, self._box, self.fault)
        self.entries: dict[Role, SignatureEntry] = {}
        self._shown: Consent | None = None
        self._asked: Role | None = None

    def show_consent(self, consent: Consent) -> None:
        """One card for each signature that is needed."""
        self.save_draft()
        self._shown, self._asked = consent, None
        self.fault.set_text("")
        ready = consent.state in NOW_OPEN
        self._wait_card.setVisible(not ready)
        waits = ", ".join(role.label.lower() for role in to_countersign(consent))
        self.later.set_text(
            f"Everybody at the bedside has signed. Still to countersign: {waits}. It may be done later; until then the "
            "consent is not active. It stands under To countersign in the list of consents."
        )
        self._later_card.setVisible(bool(waits))
        empty(self._list)
        self.entries = {}
        if not ready:
            return
        left, held = roles_left(consent), self._draft(consent)
        for role in roles_needed(consent):
            given = consent.signature(role)
            if given is not None:
                self._list.addWidget(given_card(given))
                continue
            entry = SignatureEntry(self._desk, consent, role, next_in_turn=role is left[0])
            if role.value in held:
                entry.restore(held[role.value])
            entry.turn_asked.connect(self._turn)
            entry.record_asked.connect(self._record)
            entry.changed.connect(self.changed.emit)
            self.entries[role] = entry
            self._list.addWidget(entry)

    def _turn(self, signer: object) -> None:
        self._asked = signer.role  # type: ignore[attr-defined]
        self.turn_asked.emit(signer)

    def _record(self, given: Signature, agrees: object) -> None:
        self._asked = given.role
        self.record_asked.emit(given, agrees)

    # -- the draft ----------------------------------------------------------------------------------------------------
    def save_draft(self) -> None:
        """What was typed between two signatures, durable when this returns. Strokes never are: ink is given once."""
        if self._shown is None or not self.entries:
            return
        held = {role.value: entry.held() for role, entry in self.entries.items()}
        self.store.drafts.put(_key(self._shown), msgspec.json.encode(held))

    def forget_draft(self) -> None:
        """Nobody is left to sign."""
        if self._shown is not None:
            self.entries = {}
            self.store.drafts.drop(_key(self._shown))

    def _draft(self, consent: Consent) -> Held:
        content = self.store.drafts.get(_key(consent))
        try:
            return msgspec.json.decode(content, type=Held) if content is not None else {}
        except msgspec.MsgspecError:
            return {}

    # -- faults -------------------------------------------------------------------------------------------------------
    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Beside the field of the line that was asked for, and the rest below the cards."""
        for each in self.entries.values():
            each.clear_faults()
        entry = self.entries.get(self._asked) if self._asked is not None else None
        below = [fault for fault in faults if entry is None or not entry.show_fault(fault.field, fault.message)]
        self.fault.set_text(" ".join(fault.message for fault in below))


def given_card(given: Signature) -> QWidget:
    """A signature that was given: printed name, relation, date, time with zone, method and meaning (21 CFR 11.50)."""
    whose = ", ".join(part for part in (given.name_printed, given.credential, given.relationship) if part)
    how = given.method.label.lower()
    if given.method is Method.VERBAL_WITNESSED and given.spoken_how is not None:
        how = f"{how}, {given.spoken_how.label.lower()}: “{given.spoken}”"
    if given.given_at is not None:
        how = f"{how}, given {moment_text(given.given_at, given.given_at.tzname() or '')}"
    when = moment_text(given.signed_at, given.zone)
    line = CardRow(f"{given.role.label}: {whose}", when, icon="pen-line", chip=ChipSpec("Signed", "green", "check"))
    words = wrapped(f"{how[:1].upper()}{how[1:]}.\nMeaning: {given.meaning}", "sec", "ink2")
    return card(line, row((words, 1), margins=(42, 0, 16, 10)), margins=0, gap=0)


def _key(consent: Consent) -> str:
    return f"consent-signing/{consent.id}"
