"""Steps six and seven: the document as it will be signed, and the signatures."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.closing_steps import DocumentStep as ConsentDocumentStep
from liaison_desktop.clinical.consents.form.signatures_step import given_card
from liaison_desktop.clinical.consents.form.signer import Signer
from liaison_desktop.clinical.consents.form.step import Step, inside
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.clinical.research.actions import facts_before
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.clinical.research.rules import ready_faults, roles_left, roles_needed
from liaison_desktop.errors import Fault
from liaison_desktop.signing import Role
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import wrapped

OPEN = (ResearchState.READY, ResearchState.SIGNED, ResearchState.ACTIVE)


class DocumentStep(ConsentDocumentStep):
    """First what is left; then the document exactly as it will be shown and signed."""

    kind = ResearchConsent

    def has_document(self, consent: ResearchConsent) -> bool:
        """Whether it was made and still says what the consent says."""
        return consent.state in OPEN

    def open_now(self, consent: ResearchConsent) -> tuple[Fault, ...]:
        """Everything that stands before the first signature under this study."""
        study, note, now = facts_before(self.store, consent)
        return ready_faults(consent, study, self.policy, now=now, note=note)


class SignaturesStep(Step):
    """Who has to sign, who has, the buttons that turn the screen, and the copy."""

    kind = ResearchConsent
    title = "Signatures"
    lead = "The screen is turned towards each person. It opens again with your passphrase."
    turn_asked = Signal(object)  # Signer
    copy_asked = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._box, self.fault = column(gap=12), wrapped("", "label", "red")
        self._wait = card(wrapped("The document has to be made first.", "body", "amber"), tone="amber")
        self.copy_button = button("The copy was given", "primary", "files", on_click=self.copy_asked.emit)
        self._copied = wrapped("", "body", "ink2")
        self._copy = card(self._copied, row(self.copy_button, None), title="Their copy")
        self.lay_out(self._wait, self._box, self.fault, self._copy)
        self.entries: dict[Role, SignerCard] = {}

    def show_consent(self, consent: ResearchConsent) -> None:
        """One card for each signature that is needed."""
        self.fault.set_text("")
        ready = consent.state in OPEN
        self._wait.setVisible(not ready)
        self._copy.setVisible(consent.state is ResearchState.ACTIVE)
        at = consent.copy_given_at
        given = (
            f"Given {show_moment(at)} by {consent.copy_given_by}." if at is not None else "Print it and hand it over."
        )
        self._copied.set_text(given)
        self.copy_button.setVisible(at is None)
        self.entries = {}
        cards: list[QWidget] = []
        left = roles_left(consent)
        for role in roles_needed(consent) if ready else ():
            signature = consent.signature(role)
            if signature is not None:
                cards.append(given_card(signature))
                continue
            entry = SignerCard(consent, role, self.store.actor.name, role is left[0])
            entry.turn_asked.connect(self.turn_asked.emit)
            self.entries[role] = entry
            cards.append(entry)
        refill(self._box, *cards)

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Below the cards."""
        self.fault.set_text(" ".join(fault.message for fault in faults))


class SignerCard(QWidget):
    """One line of the document that waits for its signature."""

    turn_asked = Signal(object)

    def __init__(self, consent: ResearchConsent, role: Role, nurse: str, next_in_turn: bool) -> None:
        super().__init__()
        self._consent, self.role, self._nurse = consent, role, nurse
        name, self._relation = _proposed(consent, role)
        decides = role in (Role.PATIENT, Role.REPRESENTATIVE)
        self.name = TextEditor()
        self.name.set_value(name)
        self.name.setReadOnly(decides or role is Role.PERSON_OBTAINING)
        self.how = Segmented((("name", "Signs"), ("mark", "Makes a mark")), name=f"{role.label}: how", clears=False)
        self.how.set_value("name")
        kind = "primary" if next_in_turn else "secondary"
        self.turn_button = button("Turn the screen", kind, "rotate-ccw", on_click=self._turn)
        self.turn_button.setAccessibleName(f"Turn the screen for the signature of: {role.label}")
        extra = (self.how,) if decides else ()
        field = LabelledField("Name", self.name)
        inside(self, card(field, *extra, row(None, self.turn_button), title=role.label, gap=12))

    def _turn(self) -> None:
        name, consent = self.name.value(), self._consent
        whose = {Role.PATIENT: consent.patient_id, Role.REPRESENTATIVE: consent.representative_id}
        self.turn_asked.emit(
            Signer(
                role=self.role,
                name=name,
                relationship=self._relation,
                person_id=whose.get(self.role),
                mark=self.how.value() == "mark",
                is_actor=same_person(name, self._nurse),
            )
        )


def _proposed(consent: ResearchConsent, role: Role) -> tuple[str, str]:
    if role is Role.PATIENT:
        return consent.shown_name, ""
    if role is Role.REPRESENTATIVE:
        return consent.representative_name, consent.representative_relationship
    if role is Role.INTERPRETER:
        number = f"Interpreter, ID {consent.interpreter_number}" if consent.interpreter_number else "Interpreter"
        return consent.interpreter_name, number
    if role is Role.WITNESS:
        return consent.impartial_witness, "Impartial witness" if consent.short_form else ""
    return (consent.obtained_by, "") if role is Role.PERSON_OBTAINING else ("", "")
