"""Steps three to five: the talk, the ten questions in own words, the choices and what came of it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal

from liaison_desktop.clinical.consents.form.asking_steps import TeachCard
from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.clinical.research.form.giving_steps import shown_words
from liaison_desktop.clinical.research.record import Authorisation, Outcome, ResearchConsent, ResearchState, StudyPart
from liaison_desktop.clinical.research.rules import choice_faults, comprehension_faults, talk_faults
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import wrapped


class TalkStep(Step):
    """Key information first; then time, questions, the short form and the authorisation."""

    kind = ResearchConsent
    title = "The talk"
    lead = "Begin with the key information. Say that it is research and not care, and that no is a good answer."

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._key, self._parts = column(), column()
        self._told: tuple[StudyPart, ...] = ()
        self.talk = self.form("enough_time", "questions_answered")
        self.form_kind = self.form("short_form")
        self.short = self.form("told_aloud", "summary_approved", "impartial_witness", "witness_impartial")
        self.use = self.form("authorisation", editors={"authorisation": ChoiceEditor(Authorisation)})
        self._short = card(self.short, title="Short form: told aloud before an impartial witness")
        self.lay_out(
            card(self._key, title="Key information"),
            card(self.talk, title="Time and questions"),
            card(self.use, title="Use of health information"),
            card(self.form_kind, title="How it is documented"),
            self._short,
            card(self._parts, title="Everything else, to read out or to look up"),
        )

    def show_consent(self, consent: ResearchConsent) -> None:
        """The words of the study, then the answers."""
        super().show_consent(consent)
        if self._told == consent.parts:
            return
        self._told = consent.parts
        refill(self._key, shown_words(tuple((one.heading, one.words) for one in consent.key_points)))
        refill(self._parts, shown_words(tuple((one.heading, one.words) for one in consent.parts)))

    def begin(self) -> None:
        """The first answer."""
        self.talk.editor("enough_time").setFocus()

    def arrange(self) -> None:
        """The short form asks for more."""
        self._short.setVisible(bool(self.form_kind.editor("short_form").value()))

    def faults(self, consent: ResearchConsent) -> tuple[Fault, ...]:
        """R01, R03, R29, R36."""
        return tuple(talk_faults(consent, self.policy))


class QuestionsStep(Step):
    """Ten open questions, the person's own words. Nothing is counted."""

    kind = ResearchConsent
    title = "In their own words"
    lead = (
        "I want to be sure that we explained it well. Ask each as it stands. What is not clear is explained again; if it"
        " stays unclear, let them take it home or ask for a full assessment."
    )
    answered = Signal(str, object, str)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.cards: dict[str, TeachCard] = {}
        self.wait = wrapped("Give the form first.", "body", "amber")
        self._wait_card = card(self.wait, tone="amber")
        self._box, self._fault = column(gap=12), wrapped("", "label", "red")
        self.lay_out(self._wait_card, self._box, self._fault)

    def show_consent(self, consent: ResearchConsent) -> None:
        """Show the points; before the form was given they cannot be answered."""
        closed = consent.state is ResearchState.DRAFT
        self._wait_card.setVisible(closed)
        if list(self.cards) != [point.code for point in consent.comprehension]:
            self.cards = {}
            for number, point in enumerate(consent.comprehension, start=1):
                made = TeachCard(point, number)
                made.answered.connect(self.answered.emit)
                made.typed.connect(self.edited)
                self.cards[point.code] = made
            refill(self._box, *self.cards.values())
        for point in consent.comprehension:
            self.cards[point.code].show_point(point, closed or consent.sealed())

    def begin(self) -> None:
        """The first point without an answer."""
        unclear = {fault.field for fault in comprehension_faults(self._now(), self.policy)}
        for place, asked in enumerate(self.cards.values()):
            if f"comprehension.{place}" in unclear:
                asked.words.setFocus()
                return

    def _now(self) -> ResearchConsent:
        return self.read(self._shown)

    def read(self, consent: ResearchConsent) -> ResearchConsent:
        """The person's words, which may be typed before or after the result."""
        self._shown = consent
        points = tuple(
            msgspec.structs.replace(point, patient_words=self.cards[point.code].words.value())
            if point.code in self.cards
            else point
            for point in consent.comprehension
        )
        return msgspec.structs.replace(consent, comprehension=points)

    def faults(self, consent: ResearchConsent) -> tuple[Fault, ...]:
        """Each point clear, in own words; whether one has to take part above all."""
        return tuple(comprehension_faults(consent, self.policy))

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Below the points; the keyboard goes to the first that is open."""
        found = [fault for fault in faults if fault.severity is Severity.REFUSE]
        self._fault.set_text(" ".join(fault.message for fault in found[:3]))
        if found and focus:
            self.begin()


class OutcomeStep(Step):
    """Each separate choice, then what the person decides today."""

    kind = ResearchConsent
    title = "Choices, and what came of it"
    lead = "Read each one aloud. Nothing is chosen beforehand; no is as good as yes, and taking it home is good too."
    decided = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.rows: dict[str, LabelledField] = {}
        self._box = column(gap=14)
        self._choices = card(self._box, title="Yes or no")
        self.outcome = self.form("outcome", "outcome_words", editors={"outcome": ChoiceEditor(Outcome)})
        self.record_button = button("Record it", "primary", "check", on_click=self.decided.emit)
        self._act = row(self.record_button, None)
        self.lay_out(self._choices, card(self.outcome, self._act, title="What came of it"))

    def show_consent(self, consent: ResearchConsent) -> None:
        """Every choice but the main one, which is asked on the signing page."""
        super().show_consent(consent)
        asked = [choice for choice in consent.choices if choice.code != "agree"]
        if list(self.rows) != [choice.code for choice in asked]:
            self.rows = {}
            for choice in asked:
                answers = [Answer.YES, Answer.NO, *([Answer.NA] if choice.may_not_apply else [])]
                editor = Segmented(tuple((code, code.label) for code in answers), name=choice.words)
                editor.changed.connect(lambda _value: self.edited())
                self.rows[choice.code] = LabelledField(choice.words, editor)
            refill(self._box, *self.rows.values())
        self._choices.setVisible(bool(asked))
        for choice in asked:
            self._editor(choice.code).set_value(choice.answer)
            self._editor(choice.code).setEnabled(not consent.sealed())

    def _editor(self, code: str) -> Segmented:
        editor = self.rows[code].editor
        assert isinstance(editor, Segmented)
        return editor

    def begin(self) -> None:
        """The first choice, or the outcome where there is none."""
        first = next(iter(self.rows), None)
        (self._editor(first) if first else self.outcome.editor("outcome")).setFocus()

    def arrange(self) -> None:
        """What signs nothing is recorded here; a consent goes on to its document."""
        value = self.outcome.editor("outcome").value()
        self._act.setVisible(value not in (None, Outcome.CONSENTED))
        self.outcome.field("outcome_words").setVisible(value is not None)

    def read(self, consent: ResearchConsent) -> ResearchConsent:
        """The answers."""
        choices = tuple(
            msgspec.structs.replace(choice, answer=self._editor(choice.code).value())
            if choice.code in self.rows
            else choice
            for choice in consent.choices
        )
        return msgspec.structs.replace(self.filled(consent), choices=choices)

    def faults(self, consent: ResearchConsent) -> tuple[Fault, ...]:
        """V45, and that there is an outcome."""
        missing = (self.policy.fault("RC-ASK", field="outcome", what="What came of it"),)
        return (*choice_faults(consent, self.policy), *(() if consent.outcome is not None else missing))

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Beside each choice, and beside the outcome."""
        held = tuple(faults)
        places = {fault.field: fault.message for fault in held}
        codes = ["agree", *self.rows]
        for place, code in enumerate(codes):
            if code in self.rows:
                self.rows[code].show_fault(places.get(f"choices.{place}", ""))
        super().show_faults(held, focus=focus)
