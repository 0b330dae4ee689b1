"""Steps one to three: the right procedure, who explained it, and who decides in what condition."""

from __future__ import annotations

import functools

import msgspec
from PySide6.QtCore import Signal

from liaison_desktop.clinical.communication.queries import session_of_the_day
from liaison_desktop.clinical.communication.record import InterpreterSession
from liaison_desktop.clinical.consents.actions import note_on
from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.record import Concern, Consent, DecidedBy, Explainer
from liaison_desktop.clinical.consents.rules import discussion_faults, gate_faults, match_faults
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.patients.record import Patient, RelatedPerson
from liaison_desktop.errors import Fault
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import plain_day, show_time
from liaison_desktop.ui.editors import YesNoEditor
from liaison_desktop.ui.layout import card, refill, row
from liaison_desktop.ui.text import label, wrapped

_STAFF_LEAD = "Whoever explained this paper, a nurse or the front desk too. Without it nobody can sign."


def noted_words(note: CapacityNote) -> str:
    """What the capacity note of the chart says: the concern, and what the practitioner determined."""
    concern = note.concern.label if note.concern is not None else "No concern said"
    when = f"{plain_day(note.at.date())} {show_time(note.at.time())}, " if note.at is not None else ""
    if note.determination is not None and note.determined:
        return f"Capacity note, {when}{note.by}: {concern.lower()}. {note.determined_by}: {note.determination.label.lower()}."
    return f"Capacity note, {when}{note.by}: {concern.lower()}. No practitioner has determined it yet."


class MatchStep(Step):
    """Order, form and the patient's own words name the same procedure and side."""

    title = "Is it the same procedure?"
    lead = "Read the order, look at the form, and ask: What are you having done, and on which side?"

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._on_form = wrapped("", "body")
        self.order = self.form(("procedure_on_order", "side_on_order"))
        self.paper = self.form(("site", "laterality"))
        self.patient = self.form(("procedure_as_patient_says", "side_as_patient_says"))
        self.verdict = self.form(
            "procedure_matches", editors={"procedure_matches": YesNoEditor(yes="All the same", no="Not the same")}
        )
        self.lay_out(
            card(self.order, title="As ordered"),
            card(self._on_form, self.paper, title="On the form"),
            card(self.patient, title="As the patient says it"),
            self.verdict,
        )

    def show_consent(self, consent: Consent) -> None:
        """Show the three, with sides only where there is one."""
        self._on_form.set_text(consent.procedure_text)
        super().show_consent(consent)
        self.paper.setVisible(consent.needs_side)
        for form, name in ((self.order, "side_on_order"), (self.patient, "side_as_patient_says")):
            form.field(name).setVisible(consent.needs_side)

    def faults(self, consent: Consent) -> tuple[Fault, ...]:
        """V36."""
        return tuple(match_faults(consent, self.policy))


class TalkStep(Step):
    """The practitioner explained; the nurse records who and when."""

    title = "Who explained it, and when?"
    lead = "The practitioner explains. You check that it was understood. Nobody can sign without this."

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.stopped = wrapped("", "body", "red")
        self.stop_card = card(self.stopped, title="Stopped", icon="hand", tone="red")
        self.practitioner = self.form(
            (("practitioner_responsible", 3), ("practitioner_credential", 1)), "others_performing", "anaesthesia_type"
        )
        self.talk = self.form((("discussed_by", 3), ("discussed_by_credential", 1)), "discussed_at", "present")
        self._performs = card(self.practitioner, title="Who performs it")
        self.same = button("The same practitioner", "ghost", "copy", small=True, on_click=self._same)
        self.lay_out(
            self.stop_card,
            self._performs,
            card(self.talk, title="Who explained it", right=self.same),
        )

    def _same(self) -> None:
        for source, target in (
            ("practitioner_responsible", "discussed_by"),
            ("practitioner_credential", "discussed_by_credential"),
        ):
            self.talk.editor(target).set_value(self.practitioner.editor(source).value())
        self.talk.editor("discussed_at").setFocus()
        self.edited()

    def begin(self) -> None:
        """After a stop, the time of the new talk; else the first question that is still empty."""
        if self.stop_card.isVisibleTo(self):
            self.talk.editor("discussed_at").setFocus()
        elif self.practitioner.editor("practitioner_responsible").value():
            self.talk.editor("discussed_by").setFocus()
        else:
            super().begin()

    def show_consent(self, consent: Consent) -> None:
        """Show the talk, and the stop if there was one after it."""
        super().show_consent(consent)
        self.same.setVisible(not consent.sealed())
        # On a paper about no treatment nobody performs anything, and anybody of the staff may explain it.
        treats = consent.explained_by is Explainer.PRACTITIONER
        self._performs.setVisible(treats)
        self.same.setVisible(treats and not consent.sealed())
        self._lead.set_text(self.lead if treats else _STAFF_LEAD)
        at, talk = consent.stopped_at, consent.discussed_at
        stopped = at is not None and (talk is None or talk <= at)
        self.stop_card.setVisible(stopped)
        if at is not None and stopped:
            words = [f"Stopped at {at:%H:%M}. Write the time of the new talk when the practitioner has been here."]
            words += [text for text in (consent.stop_reason, consent.questions_for_practitioner) if text]
            self.stopped.set_text("\n".join(words))

    def faults(self, consent: Consent) -> tuple[Fault, ...]:
        """V37, V9."""
        return tuple(discussion_faults(consent, self.policy, nurse=self.store.actor.name, now=self.now()))


class PersonStep(Step):
    """Who decides, in what language, in what condition. `session_taken` carries the session a talk is to stand on."""

    session_taken = Signal(object)
    title = "Who decides, and can they now?"

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._people: tuple[RelatedPerson, ...] = ()
        self.decides = self.form("decided_by")
        self.people = row(gap=8)
        self.represents = self.form(
            (("representative_name", 3), ("representative_relationship", 2)),
            "authority_basis",
            ("document_seen", "patient_objects"),
        )
        self.emergency = self.form("emergency_by")
        self.needs = self.form("interpreter_needed")
        self.interpreter = self.form(
            (("interpreter_name", 3), ("interpreter_number", 2)),
            "interpreter_modality",
            ("interpreter_qualified", "interpreter_adult"),
            ("interpreter_from",),
            ("interpreter_to",),
            "interpreter_exception",
            "interpreter_waiver",
        )
        self._note: CapacityNote | None = None
        self.noted = wrapped("", "body", "amber")
        self.capacity = self.form("capacity_concern")
        self.concern = self.form("capacity_words", "determination", "determined_by")
        self.sedation = self.form("sedated_recently")
        self.medicine = self.form("sedating_medicine")
        self.language = label("", "sec", "ink2")
        self.second = self.form("second_language")
        self._offered: InterpreterSession | None = None
        self.session = button("", "ghost", "languages", small=True, on_click=self._take_session)
        self.lay_out(
            card(self.decides, self.people, self.represents, self.emergency, title="Who decides"),
            card(
                self.needs,
                row(self.session, None),
                self.interpreter,
                self.second,
                title="Language",
                right=self.language,
            ),
            card(self.noted, self.capacity, self.concern, title="Deciding today"),
            card(self.sedation, self.medicine, title="Sedating medicine"),
        )

    def show_patient(self, patient: Patient | None) -> None:
        """Offer the people around the patient as representatives."""
        self._people = patient.related if patient is not None else ()
        picks = [
            button(person.text(), "ghost", "user", small=True, on_click=functools.partial(self._take, person))
            for person in self._people
        ]
        refill(self.people, *picks, None)

    def _take(self, person: RelatedPerson) -> None:
        relation = person.relationship.label.lower() if person.relationship else ""
        # The right to decide stands on the person; what nobody recorded there stays unanswered.
        self.represents.set_values(
            {
                "representative_name": person.name,
                "representative_relationship": relation,
                "authority_basis": person.authority_basis,
                "document_seen": True if person.authority_seen_on is not None else None,
                "patient_objects": person.patient_objects,
            }
        )
        self.edited()

    def _take_session(self) -> None:
        if self._offered is not None:
            self.session_taken.emit(self._offered)

    def _offer_session(self, consent: Consent) -> None:
        """The session that goes on, or was today: one press puts it into this consent."""
        day = self.now().date()
        patient = consent.patient_id
        found = session_of_the_day(self.store, patient, day) if patient and not consent.sealed() else None
        self._offered = None if found is not None and found.id == consent.interpreter_session else found
        self.session.setVisible(self._offered is not None)
        if self._offered is not None:
            began = self._offered.started_at
            at = f", {began.astimezone(self.now().tzinfo):%H:%M}" if began is not None else ""
            self.session.set_text(f"Take the session: {self._offered.title()}{at}")

    def read(self, consent: Consent) -> Consent:
        """With the id of the person that was taken, as long as the name is still theirs."""
        read = self.filled(consent)
        found = next((who.id for who in self._people if who.name == read.representative_name), None)
        return msgspec.structs.replace(read, representative_id=found)

    def show_consent(self, consent: Consent) -> None:
        """Show the gates."""
        super().show_consent(consent)
        self.language.set_text(consent.language)
        self._offer_session(consent)
        self._note = note_on(self.store, consent)
        self.noted.set_text(noted_words(self._note) if self._note is not None else "")
        self.noted.setVisible(self._note is not None)
        self.arrange()

    def arrange(self) -> None:
        """Ask on only where the answer before needs it."""
        who = self.decides.editor("decided_by").value()
        other = who in (DecidedBy.REPRESENTATIVE, DecidedBy.PARENT)
        self.represents.setVisible(other)
        self.people.setVisible(other and bool(self._people))
        self.emergency.setVisible(who is DecidedBy.EMERGENCY)
        self.interpreter.setVisible(bool(self.needs.editor("interpreter_needed").value()))
        qualified = self.interpreter.editor("interpreter_qualified").value()
        self.interpreter.field("interpreter_exception").setVisible(qualified is False)
        self.interpreter.field("interpreter_waiver").setVisible(qualified is False)
        self.interpreter.field("interpreter_adult").setVisible(qualified is False)
        doubts = (Concern.SOME, Concern.MARKED)
        noted = self._note is not None and self._note.concern in doubts
        self.concern.setVisible(noted or self.capacity.editor("capacity_concern").value() in doubts)
        self.medicine.setVisible(bool(self.sedation.editor("sedated_recently").value()))

    def faults(self, consent: Consent) -> tuple[Fault, ...]:
        """V10, V11, V38, V39."""
        return tuple(gate_faults(consent, self.policy, self._note))
