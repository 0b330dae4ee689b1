"""The verification on the day: what the patient says, each item, and two people who sign for it."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import complete_day_check
from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.record import Consent, DayAnswer, DayCheck, DayItem
from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.signing import Method, Role, Signature, fingerprint_of, signs_as
from liaison_desktop.signing.pad import SignatureField
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.drafted import DraftedForm
from liaison_desktop.ui.editors import TextEditor, YesNoEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, refill
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import wrapped


class DayItemRow(QWidget):
    """One item: done, not done with its reason, or that it does not apply. Nothing is chosen beforehand."""

    changed = Signal()

    def __init__(self, item: DayItem) -> None:
        super().__init__()
        self._item = item
        self.answer = Segmented(tuple((code, code.label) for code in DayAnswer), name=item.words)
        self.reason = TextEditor(placeholder="Why not done")
        self.reason.setAccessibleName(f"Why not done: {item.words}")
        self._field = LabelledField(item.words, self.answer)
        inside(self, column(self._field, self.reason, gap=4))
        self.answer.changed.connect(lambda _value: self._heard())
        self.reason.changed.connect(lambda _value: self.changed.emit())
        self.show_item(item)

    def show_item(self, item: DayItem) -> None:
        """Show what was answered."""
        self._item = item
        self.answer.set_value(item.answer)
        self.reason.set_value(item.reason)
        self._arrange()

    def value(self) -> DayItem:
        """The item as it stands."""
        answer = self.answer.value()
        reason = self.reason.value() if answer is DayAnswer.NOT_DONE else ""
        return msgspec.structs.replace(self._item, answer=answer, reason=reason)

    def show_fault(self, message: str, severe: bool) -> None:
        """Say what is wrong."""
        self._field.show_fault(message, severe)

    def _heard(self) -> None:
        self._field.clear_fault()
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        self.reason.setVisible(self.answer.value() is DayAnswer.NOT_DONE)


class DayForm(DraftedForm[DayCheck]):
    """One verification for one consent, kept as a draft until both have signed."""

    def __init__(self, desk: Desk, check: DayCheck, consent: Consent) -> None:
        super().__init__(
            desk,
            check,
            key=f"consent_day_check/{consent.id}",
            title="Verification on the day",
            verb="Sign and complete",
        )
        self.consent = consent
        store = desk.store
        sides = (("side_said", "side_marked"),) if consent.needs_side else ()
        self.said = RecordForm(
            DayCheck,
            ("name_said", "birth_date_said"),
            "procedure_said",
            *sides,
            "procedure_matches",
            store=store,
            editors={"birth_date_said": PartialEditor(), "procedure_matches": YesNoEditor()},
        )
        self.rows: list[DayItemRow] = []
        self._box = column(gap=12)
        self.other = RecordForm(DayCheck, "second_person", store=store)
        self.first, self.second = SignatureField(f"{store.actor.name} signs"), SignatureField("The second person signs")
        self._stop, self._no_first, self._no_second = (wrapped("", "sec", "red") for _ in range(3))
        for form in (self.said, self.other):
            form.changed.connect(self.heard)
        self.first.changed.connect(lambda: self._no_first.set_text(""))
        self.second.changed.connect(lambda: self._no_second.set_text(""))
        facts = f"{consent.document_number} · {consent.procedure_text}"
        side = f" · {consent.laterality.label}" if consent.needs_side and consent.laterality is not None else ""
        self.lay_out(
            self._stop,
            card(
                wrapped(f"{facts}{side}", "strong"),
                wrapped(
                    "Ask openly: What is your full name? When were you born? What are you having done?", "sec", "ink2"
                ),
                self.said,
                title="As the patient says it",
                gap=10,
            ),
            card(self._box, title="Checked"),
            card(self.first, self._no_first, title="Who checked"),
            card(self.other, self.second, self._no_second, title="A second person, who checked it too"),
        )

    def typed(self) -> DayCheck:
        """As it stands."""
        items = tuple(row.value() for row in self.rows) or self.held.items
        return msgspec.structs.replace(self.held, items=items, **self.said.values(), **self.other.values())

    def show_value(self, record: DayCheck) -> None:
        """Put a verification into the fields."""
        self.said.set_values(record)
        self.other.set_values(record)
        if [row.value().code for row in self.rows] != [item.code for item in record.items]:
            self.rows = [DayItemRow(item) for item in record.items]
            for row in self.rows:
                row.changed.connect(self.heard)
            refill(self._box, *self.rows)
        for row, item in zip(self.rows, record.items, strict=True):
            row.show_item(item)

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return self.said.unread()

    def write(self, record: DayCheck) -> DayCheck:
        """Both sign, or it is refused."""
        shown = fingerprint_of(record.content_fingerprint().encode())
        return complete_day_check(
            self.desk.store,
            record,
            self._given(self.first, Role.VERIFIER, self.desk.store.actor.name, shown),
            self._given(self.second, Role.SECOND_VERIFIER, record.second_person, shown),
        )

    @staticmethod
    def _given(field: SignatureField, role: Role, name: str, shown: str) -> Signature:
        # A typed name that is another's signs nothing.
        wrong = field.method is Method.TYPED and not signs_as(field.name, name)
        return Signature(
            role=role,
            name_printed=name,
            method=Method.DRAWN if wrong or not field.is_given else field.method,
            strokes=field.strokes,
            pad_width=float(field.pad.width()),
            pad_height=float(field.pad.height()),
            shown_sha256=shown,
        )

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Beside each field; a consent that does not hold stands at the top."""
        left = self.other.show_faults(self.said.show_faults(faults))
        places = {fault.field: fault for fault in left}
        for place, row in enumerate(self.rows):
            fault = places.get(f"items.{place}")
            row.show_fault(fault.message if fault else "", fault is not None and fault.severity is Severity.REFUSE)
        said = {"first": self._no_first, "second": self._no_second, "consent_id": self._stop}
        for name, line in said.items():
            line.set_text(places[name].message if name in places else "")
        if len(left) == len(faults):
            open_row = next((row for at, row in enumerate(self.rows) if f"items.{at}" in places), None)
            target = (
                open_row.answer
                if open_row is not None
                else (self.first if "first" in places else self.second).other_button
            )
            target.setFocus()

    def start(self) -> None:
        """The name."""
        self.said.editor("name_said").setFocus()
