"""Writing a capacity note, four abilities in the patient's words, and adding the practitioner's determination."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.clinical.directives.actions import record_determination, write_capacity_note
from liaison_desktop.clinical.directives.record import Ability, AbilityState, CapacityNote, Concern, SameChoice
from liaison_desktop.clinical.directives.record.capacity import ABILITIES
from liaison_desktop.clinical.patients.form import RecordEntry
from liaison_desktop.records import spec_of
from liaison_desktop.ui.layout import Item
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped

# One open question for each ability, in our own words; ask it as fits the person.
QUESTIONS = {
    "understand": "“Tell me in your own words what we talked about, and what may happen with it and without it.”",
    "appreciate": "“What do you think is wrong at the moment? Could this help you? Could it harm you?”",
    "reason": "“What makes this one better for you than the other? What would change in your day?”",
    "choice": "“What have you decided?”",
}


class CapacityForm(RecordEntry):
    """One decision, at one time. Nothing is counted: you write what you saw, and refer."""

    title, act, done = "Capacity note", "Keep note", "Note kept."

    def parts(self) -> Iterable[Item]:
        """The decision, the four abilities, the choice asked again, what weighs on it, your concern."""
        self._decision = self.form(CapacityNote, "decision")
        self._abilities: dict[str, RecordForm] = {}
        cards: list[Item] = []
        for name in ABILITIES:
            made = self.form(Ability, "state", "quote", under=name)
            self._abilities[name] = made
            asked = wrapped(QUESTIONS[name], "sec", "ink2")
            cards.append(self.group(spec_of(CapacityNote, name).field.label, asked, made))
        self._again = self.form(CapacityNote, "asked_again", "asked_again_words")
        self._weighs = self.form(CapacityNote, "factors", "disagrees", "seen")
        self._concern = self.form(CapacityNote, "concern", "referred_to", "at")
        words = "You note what you see and refer; whether the patient can decide is the practitioner's to determine."
        no_sign = wrapped("To disagree with advice is no sign of a lack of capacity.", "cap", "ink2")
        return (
            self.group("One decision, now", wrapped(words, "sec", "ink2"), self._decision),
            *cards,
            self.group("A little later, ask for the choice again", self._again),
            self.group("What weighs on it today", self._weighs, no_sign),
            self.group("Your concern", self._concern),
        )

    def arrange(self) -> None:
        """Words where something was asked; a referral where there is a concern."""
        note: CapacityNote = self.read()
        for name, form in self._abilities.items():
            state = getattr(note, name).state
            form.field("quote").setVisible(state not in (None, AbilityState.NOT_ASSESSED))
        self._again.field("asked_again_words").setVisible(note.asked_again in (SameChoice.SAME, SameChoice.DIFFERENT))
        self._concern.field("referred_to").setVisible(note.concern in (Concern.SOME, Concern.MARKED))

    def write(self, record: CapacityNote) -> CapacityNote:
        """Keep it once."""
        return write_capacity_note(self.store, record)


class DeterminationForm(RecordEntry):
    """What the practitioner determined for this decision, by name and time."""

    title, act, done = "The practitioner's determination", "Keep determination", "Determination kept."

    def parts(self) -> Iterable[Item]:
        """What, who, when, in which words."""
        asked = self.form(CapacityNote, "determination", "determined_by", "determined_at", "determination_words")
        words = "The practitioner determines, for this decision. Write who it was and when; it is added once."
        return (self.group("Determined", wrapped(words, "sec", "ink2"), asked),)

    def write(self, record: CapacityNote) -> CapacityNote:
        """Add it to the note."""
        note = self.store.get(CapacityNote, record.id)
        return record_determination(
            self.store,
            note,
            record.determination,
            record.determined_by,
            record.determined_at,
            record.determination_words,
        )
