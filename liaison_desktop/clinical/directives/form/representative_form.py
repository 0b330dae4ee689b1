"""Recording by what right somebody decides for the patient. It is kept on the person around the patient."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.clinical.directives.actions import look_at_authority, name_representative
from liaison_desktop.clinical.patients.form import RecordEntry
from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.patients.form.fields import ShortTextsEditor
from liaison_desktop.clinical.patients.record import AuthorityBasis, Patient, RelatedPerson, Relationship
from liaison_desktop.errors import Severity
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor, TextEditor
from liaison_desktop.ui.layout import Item, card
from liaison_desktop.ui.text import wrapped


class RepresentativeForm(RecordEntry):
    """One person, by what right they decide, and what the patient says to it."""

    title, act, done = "Who may decide for the patient", "Save", "Saved."

    def __init__(self, desk: Desk, patient: Patient, person: RelatedPerson, key: str) -> None:
        self._patient = patient
        super().__init__(desk, person, key)

    def parts(self) -> Iterable[Item]:
        """The person, the right, the paper, the patient's word, and the reason where one is needed."""
        self._person = self.form(
            RelatedPerson,
            (("name", 3), ("relationship", 2)),
            "phones",
            editors={
                "relationship": ComboEditor(Relationship),
                "phones": ShortTextsEditor(placeholder="(555) 010-4417; another"),
            },
        )
        self._right = self.form(
            RelatedPerson,
            "authority_basis",
            "authority_scope",
            "authority_document",
            "authority_paper",
            ("authority_seen_on", "authority_seen_by"),
            editors={
                "authority_basis": ComboEditor(AuthorityBasis),
                "authority_paper": attachment_strip(self.desk, self._patient.id, word="Add the document"),
                "authority_document": TextEditor(placeholder="Such as health-care proxy of 2 May 2024"),
            },
        )
        self._patient_says = self.form(RelatedPerson, "patient_objects", "objection")
        self._tells = self.form(RelatedPerson, "may_discuss", "limits")
        self._reason = self.form(RelatedPerson, "authority_reason")
        self._why = wrapped("", "body", "amber")
        self._reason_card = card(self._why, self._reason, title="Needs your reason", tone="amber", gap=8)
        return (
            self.group("Who it is", self._person),
            self.group("By what right", self._right),
            self.group("What the patient says", self._patient_says),
            self._reason_card,
            self.group("What they may be told", self._tells),
        )

    def arrange(self) -> None:
        """The objection where there is one; the reason where the paper was not seen or the patient objects."""
        person: RelatedPerson = self.read()
        self._patient_says.field("objection").setVisible(bool(person.patient_objects))
        begun = person.authority_basis is not None or bool(person.authority_reason)
        asked = [fault for fault in look_at_authority(self.store, person) if fault.severity is Severity.CONFIRM]
        self._why.set_text("\n".join(fault.message for fault in asked))
        self._reason_card.setVisible(begun and bool(asked))

    def write(self, record: RelatedPerson) -> Patient:
        """Keep it on the person."""
        patient = self.store.get(Patient, self._patient.id)
        kept = name_representative(self.store, patient, record)
        if record.authority_seen_on is None:
            self.done = "Saved. A task asks for the paper."
        return kept
