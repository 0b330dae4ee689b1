"""One line of the signatures: who signs in this role, in which way, and the button that turns the screen or records it."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.signer import DECIDING, Signer
from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.record import Answer, Consent
from liaison_desktop.clinical.consents.rules import WITNESSES
from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.records import AttachedFile
from liaison_desktop.signing import Method, Role, Signature, Spoken
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, TextEditor, YesNoEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.segmented import Segmented

SCREEN, MARK, SPOKEN, PAPER = "screen", "mark", "spoken", "paper"
_METHODS = {SPOKEN: Method.VERBAL_WITNESSED, PAPER: Method.WET_INK}
_WORDS = {SCREEN: "Signs here", MARK: "Makes a mark", SPOKEN: "Says it", PAPER: "Signed on paper"}


def ways_of(role: Role) -> tuple[str, ...]:
    """How somebody in this role may sign. A mark is for who decides; a witness has to be here."""
    if role in DECIDING:
        return (SCREEN, MARK, SPOKEN, PAPER)
    return (SCREEN, SPOKEN, PAPER) if role is Role.INTERPRETER else (SCREEN, PAPER)


class SignatureEntry(QWidget):
    """Who is to sign in one role. Names are proposed, never fixed; what is typed is told by `changed` and by `held`.

    `turn_asked` carries a Signer for the turned screen; `record_asked` the Signature of somebody who spoke or signed on
    paper, without what only the screen or the action knows, and the answer of who decides.
    """

    turn_asked = Signal(object)
    record_asked = Signal(object, object)
    changed = Signal()

    def __init__(self, desk: Desk, consent: Consent, role: Role, *, next_in_turn: bool) -> None:
        super().__init__()
        self._consent, self.role, self._actor = consent, role, desk.store.actor.name
        name, credential, self._relation = _proposed(consent, role, self._actor, desk.store.actor.role)
        self._fixed = role in DECIDING
        self.name, self.credential = TextEditor(), TextEditor()
        self.name.set_value(name)
        self.credential.set_value(credential)
        self.name.setReadOnly(self._fixed)
        ways = ways_of(role)
        self.how = Segmented([(way, _WORDS[way]) for way in ways], name=f"{role.label}: how", clears=False)
        self.how.set_value(SCREEN)
        self.adult = YesNoEditor(f"{role.label}: 18 or older")
        self.agrees = Segmented(((Answer.YES, "Yes"), (Answer.NO, "No")), name=f"{role.label}: the answer")
        self.spoken_how = ChoiceEditor(Spoken, f"{role.label}: how it was heard")
        self.spoken = TextEditor(f"{role.label}: what was said", "In their words")
        self.given_at = MomentEditor(f"{role.label}: when", clock=desk.clock)
        self.scan = attachment_strip(
            desk, consent.patient_id or consent.id, pictures_only=True, most_files=1, word="Add the scan"
        )
        self._fields = {
            "name_printed": LabelledField("Name", self.name),
            "credential": LabelledField("Credential", self.credential),
            "adult": LabelledField("Is the witness 18 or older?", self.adult),
            "agrees": LabelledField(consent.agree_question or "Do they agree?", self.agrees),
            "spoken_how": LabelledField("How it was heard", self.spoken_how),
            "given_at": LabelledField("When, as they say", self.given_at),
            "spoken": LabelledField("What was said", self.spoken),
            "scan": LabelledField("The signed page: a photo or scan of the signature", self.scan),
        }
        self.turn_button = button(
            "Turn the screen", "primary" if next_in_turn else "secondary", "rotate-ccw", on_click=self._turn
        )
        self.turn_button.setAccessibleName(f"Turn the screen for the signature of: {role.label}")
        self.record_button = button(
            "Record it", "primary" if next_in_turn else "secondary", "check", on_click=self._record
        )
        self.record_button.setAccessibleName(f"Record the signature of: {role.label}")
        one = self._fields
        whose = row((one["name_printed"], 3), (one["credential"], 1), gap=12)
        heard = row(one["spoken_how"], (one["given_at"], 1), gap=12)
        rest = column(one["adult"], self.how, one["agrees"], heard, one["spoken"], one["scan"], gap=12)
        inside(self, card(whose, rest, row(None, self.record_button, self.turn_button), title=role.label, gap=12))
        for editor in (self.name, self.credential, self.how, self.adult, self.agrees):
            editor.changed.connect(lambda _value: self._edited())
        for part in (self.spoken_how, self.spoken, self.given_at, self.scan):
            part.changed.connect(lambda *_value: self._edited())
        self._arrange()

    def _edited(self) -> None:
        self._arrange()
        self.changed.emit()

    @property
    def is_actor(self) -> bool:
        """Whether who signs is who works here."""
        return not self._fixed and same_person(self.name.value(), self._actor)

    def _arrange(self) -> None:
        way = self.how.value()
        apart = way in (SPOKEN, PAPER)
        shown = {
            "credential": not self._fixed,
            "adult": self.role in WITNESSES and not self.is_actor,
            "agrees": apart and self._fixed,
            "spoken_how": way == SPOKEN,
            "spoken": way == SPOKEN,
            "given_at": apart,
            "scan": way == PAPER,
        }
        for name, wanted in shown.items():
            self._fields[name].setVisible(wanted)
        self.turn_button.setVisible(not apart)
        self.record_button.setVisible(apart)

    # -- what was filled in -------------------------------------------------------------------------------------------
    def signer(self) -> Signer:
        """Who is about to sign."""
        whose = {Role.PATIENT: self._consent.patient_id, Role.REPRESENTATIVE: self._consent.representative_id}
        adult = None if self.role not in WITNESSES else True if self.is_actor else self.adult.value()
        return Signer(
            role=self.role,
            name=self.name.value(),
            credential=self.credential.value(),
            relationship=self._relation,
            person_id=whose.get(self.role),
            mark=self.how.value() == MARK,
            is_actor=self.is_actor,
            adult=adult if isinstance(adult, bool) else None,
        )

    def _given(self) -> Signature:
        signer, way = self.signer(), str(self.how.value())
        spoken_how, at = self.spoken_how.value(), self.given_at.value()
        heard = way == SPOKEN
        return Signature(
            role=self.role,
            name_printed=signer.name,
            credential=signer.credential,
            relationship=signer.relationship,
            person_id=signer.person_id,
            method=_METHODS[way],
            spoken=self.spoken.value() if heard else "",
            spoken_how=spoken_how if heard and isinstance(spoken_how, Spoken) else None,
            given_at=at,
            scan=() if heard else tuple(self.scan.value()),
            adult=signer.adult,
            identified_by=f"{'heard' if heard else 'signed page seen'} by {self._actor}",
        )

    def held(self) -> dict[str, object]:
        """What was filled in, for the draft."""
        at = self.given_at.value()
        values: dict[str, object] = {
            "name": self.name.value(),
            "credential": self.credential.value(),
            "how": self.how.value(),
            "adult": self.adult.value(),
            "agrees": str(self.agrees.value()) if self.agrees.value() is not None else None,
            "spoken_how": str(self.spoken_how.value()) if self.spoken_how.value() is not None else None,
            "spoken": self.spoken.value(),
            "given_at": at.isoformat() if at is not None else None,
            "scan": msgspec.to_builtins(tuple(self.scan.value())),
        }
        return values

    def restore(self, values: Mapping[str, object]) -> None:
        """Show what a draft held. What it says of no field that is left out."""
        if not self._fixed:
            self.name.set_value(str(values.get("name", "")))
            self.credential.set_value(str(values.get("credential", "")))
        if values.get("how") in ways_of(self.role):
            self.how.set_value(values["how"])
        self.adult.set_value(values.get("adult"))
        self.spoken.set_value(str(values.get("spoken", "")))
        # A draft of another version may hold what this one does not know.
        with contextlib.suppress(ValueError, msgspec.ValidationError):
            if values.get("agrees"):
                self.agrees.set_value(Answer(str(values["agrees"])))
            if values.get("spoken_how"):
                self.spoken_how.set_value(Spoken(str(values["spoken_how"])))
            if values.get("given_at"):
                self.given_at.set_value(datetime.datetime.fromisoformat(str(values["given_at"])))
            self.scan.set_value(msgspec.convert(values.get("scan", ()), tuple[AttachedFile, ...]))
        self._arrange()

    def show_fault(self, field: str, words: str) -> bool:
        """Show what is wrong beside its field; False if it is not one of these."""
        shown = self._fields.get(field)
        if shown is None or not shown.isVisibleTo(self):
            return False
        shown.show_fault(words)
        return True

    def fault(self, field: str) -> str:
        """What is said to be wrong with a field."""
        return self._fields[field].fault()

    def clear_faults(self) -> None:
        """Nothing is wrong any more."""
        for field in self._fields.values():
            field.clear_fault()

    def _turn(self) -> None:
        self.turn_asked.emit(self.signer())

    def _record(self) -> None:
        self.record_asked.emit(self._given(), self.agrees.value() if self._fixed else None)


def _proposed(consent: Consent, role: Role, nurse: str, nurse_role: str) -> tuple[str, str, str]:
    if role is Role.PATIENT:
        return consent.shown_name, "", ""
    if role is Role.REPRESENTATIVE:
        return consent.representative_name, "", consent.representative_relationship
    if role is Role.WITNESS:
        return nurse, nurse_role, ""
    if role is Role.INTERPRETER:
        number = f"Interpreter, ID {consent.interpreter_number}" if consent.interpreter_number else "Interpreter"
        return consent.interpreter_name, "", number
    if role in (Role.PRACTITIONER, Role.PERSON_OBTAINING):
        return consent.discussed_by, consent.discussed_by_credential, ""
    return "", "", ""
