"""Steps one and two: the approved form and who gives it, then who decides, in what language and condition."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.record import Concern, DecidedBy
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.patients.record import Patient, RelatedPerson
from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.clinical.research.actions import facts_before
from liaison_desktop.clinical.research.record import Assent, ResearchConsent, Study
from liaison_desktop.clinical.research.rules import given_faults, person_faults
from liaison_desktop.clinical.research.rules.ready import form_faults
from liaison_desktop.errors import Fault
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import wrapped

_DECIDES = (DecidedBy.PATIENT, DecidedBy.REPRESENTATIVE, DecidedBy.PARENT)


class FormStep(Step):
    """The approved form is given: by whom, when, and whether everything about it is in order today."""

    kind = ResearchConsent
    title = "The approved form"
    lead = "Give the form as the board approved it, and time to read it. Nobody signs in the minute it is handed over."
    read_asked = Signal()
    given_asked = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._facts, self._faults = column(gap=2), column(gap=4)
        self._study = Study()
        self.who = self.form("obtained_by", "again")
        self.given = self.form("given_at")
        self.read_button = button("Read or print the form", icon="file-text", on_click=self.read_asked.emit)
        self.give_button = button("Given now", "primary", "hand", on_click=self.given_asked.emit)
        self._given = wrapped("", "body", "ink2")
        self.lay_out(
            card(self._facts, row(self.read_button, None), title="Approved by the review board"),
            self._faults,
            card(self.who, title="Who obtains the consent"),
            card(self.given, self._given, row(self.give_button, None), title="When it was given"),
        )

    def show_consent(self, consent: ResearchConsent) -> None:
        """Study, version and window; what stands in the way today."""
        super().show_consent(consent)
        since = consent.approved_from.isoformat() if consent.approved_from else "no day"
        until = f" to {consent.approved_to.isoformat()}" if consent.approved_to else ""
        refill(
            self._facts,
            wrapped(consent.study_name, "strong"),
            wrapped(f"Protocol {consent.protocol} · {consent.sponsor}", "sec", "ink2"),
            wrapped(f"{consent.board}, {consent.board_number}", "sec", "ink2"),
            wrapped(f"Form version {consent.form_version}, {consent.form_language}, {since}{until}", "body"),
            *((wrapped(consent.replaces, "body", "amber"),) if consent.replaces else ()),
        )
        self.who.field("again").setVisible(consent.supersedes is not None)
        given = consent.given_at is not None and bool(consent.form_sha256)
        self.give_button.setVisible(not given and not consent.sealed())
        at = show_moment(consent.given_at) if consent.given_at is not None else ""
        self._given.set_text(f"Given {at}. What was given is fixed by its fingerprint." if given else "")
        self._given.setVisible(given)
        self.given.setVisible(not given)
        self._study, _note, now = facts_before(self.store, consent)
        found = () if consent.sealed() else form_faults(consent, self._study, self.policy, now)
        rows = [CardRow(one.message, icon="circle-alert", tone="red") for one in found if self._shown(one, given)]
        refill(self._faults, *([card(*rows, margins=0, gap=0, tone="red")] if rows else []))
        self._faults.setVisible(bool(rows))

    @staticmethod
    def _shown(fault: Fault, given: bool) -> bool:
        # Until the form was given there is no fingerprint to compare.
        return fault.field != "obtained_by" and (given or fault.rule != "V43-HASH")

    def read(self, consent: ResearchConsent) -> ResearchConsent:
        """Who obtains it; a name that was typed over is no longer whoever works here."""
        now = self.filled(consent)
        if now.obtained_by != consent.obtained_by:
            staff = {each.title(): each.id for each in self.store.all(StaffMember)}
            now = msgspec.structs.replace(now, obtained_by_id=staff.get(now.obtained_by.strip()))
        return now

    def faults(self, consent: ResearchConsent) -> tuple[Fault, ...]:
        """V42, V43, V44, V45."""
        now = self.now()
        return (*form_faults(consent, self._study, self.policy, now), *given_faults(consent, self.policy, now))


class PersonStep(Step):
    """Who decides; for a representative by which law, and what the person themselves says."""

    kind = ResearchConsent
    title = "Who decides?"
    lead = "The person decides. A representative may only where a law lets them decide on research, and a no of the person counts."

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._people: dict[str, RelatedPerson] = {}
        self._note: CapacityNote | None = None
        self.decides = self.form("decided_by", editors={"decided_by": ChoiceEditor(_DECIDES)})
        self.known = ChoiceLine([], "Type a name", name="Known to the chart")
        self.known.changed.connect(lambda _value: self._take_known())
        self.representative = self.form(
            ("representative_name", "representative_relationship"),
            "authority_basis",
            "authority_law",
            "document_seen",
            "assent",
            editors={"assent": ChoiceEditor(Assent)},
        )
        self._dissent = card(
            wrapped("The person says no. That ends it here: record that they decline.", "body"), tone="red"
        )
        self.needs = self.form(("language", "interpreter_needed"))
        self.interpreter = self.form(
            ("interpreter_name", "interpreter_number"),
            ("interpreter_qualified", "interpreter_adult"),
            "interpreter_modality",
            "interpreter_exception",
            "interpreter_waiver",
        )
        self.capacity = self.form("capacity_concern", "capacity_words")
        self._representative = card(self.known, self.representative, self._dissent, title="Representative")
        self._interpreter = card(self.interpreter, title="Interpreter")
        self.lay_out(
            card(self.decides),
            self._representative,
            card(self.needs, title="Language"),
            self._interpreter,
            card(self.capacity, title="Able to decide on this study"),
        )

    def show_patient(self, patient: Patient | None) -> None:
        """Offer the people around the patient; nobody is put in by themselves."""
        related = patient.related if patient is not None else ()
        self._people = {str(one.id): one for one in related}
        self.known.offer([Option(str(one.id), one.text()) for one in related])
        self.known.setVisible(bool(related))

    def _take_known(self) -> None:
        person = self._people.get(str(self.known.value()))
        if person is None:
            return
        relation = person.relationship.label if person.relationship is not None else ""
        self.representative.set_values(
            {
                "representative_name": person.name,
                "representative_relationship": relation,
                "authority_basis": person.authority_basis,
            }
        )
        self.edited()

    def show_consent(self, consent: ResearchConsent) -> None:
        """Show the answers; what the chart says on capacity is read with them."""
        _study, self._note, _now = facts_before(self.store, consent)
        super().show_consent(consent)

    def arrange(self) -> None:
        """Only what was answered so far asks for."""
        by = self.decides.editor("decided_by").value()
        self._representative.setVisible(by in (DecidedBy.REPRESENTATIVE, DecidedBy.PARENT))
        self._dissent.setVisible(self.representative.editor("assent").value() is Assent.DISSENTS)
        self._interpreter.setVisible(bool(self.needs.editor("interpreter_needed").value()))
        qualified = self.interpreter.editor("interpreter_qualified").value()
        for name in ("interpreter_exception", "interpreter_waiver", "interpreter_adult"):
            self.interpreter.field(name).setVisible(qualified is False)
        doubts = self.capacity.editor("capacity_concern").value() in (Concern.SOME, Concern.MARKED)
        self.capacity.field("capacity_words").setVisible(doubts)

    def read(self, consent: ResearchConsent) -> ResearchConsent:
        """The answers; the representative keeps the id of the one who was chosen."""
        now = self.filled(consent)
        person = self._people.get(str(self.known.value()))
        if person is not None and person.name == now.representative_name:
            now = msgspec.structs.replace(now, representative_id=person.id)
        return now

    def faults(self, consent: ResearchConsent) -> tuple[Fault, ...]:
        """V10, V11, V38 and the dissent."""
        return tuple(person_faults(consent, self.policy, self._note))


def shown_words(pairs: tuple[tuple[str, str], ...]) -> QWidget:
    """Headings with their words, to read out."""
    return column(*(column(wrapped(head, "strong"), wrapped(said, "body"), gap=2) for head, said in pairs), gap=10)
