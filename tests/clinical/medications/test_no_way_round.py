"""Whatever is done in whatever order: no difference closes without a prescriber, and no guard stands that does not hold."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import (
    compare,
    end_medicine,
    finish_comparison,
    finish_history,
    give_list,
    high_alert_judgement,
    history_for,
    open_again,
    row_of,
    save_history,
    save_medicine,
    say_absent,
    say_same,
    standing_of,
    tell,
)
from liaison_desktop.clinical.medications.queries import reconciliations_of
from liaison_desktop.clinical.medications.record import (
    Action,
    Discrepancy,
    Intent,
    Keeper,
    ListLife,
    Medicine,
    MedicineStatus,
    Reconciliation,
    Source,
    Told,
)
from liaison_desktop.clinical.medications.rules.life import handover_faults
from liaison_desktop.errors import Refused, Severity
from liaison_desktop.store import Store
from tests.clinical.medications.examples import POLICY, a_medicine, a_stay, asked_through, ordered
from tests.fakes import Clock

replace = msgspec.structs.replace
NAMES = ("warfarin", "lisinopril", "metformin")
LIFE = list(ListLife)


class Hand:
    """Somebody who does anything at all, of which much is refused."""

    def __init__(self, store: Store, stay: Episode, chance: random.Random) -> None:
        self.store, self.stay, self.chance = store, stay, chance

    def any_of(self, *acts: Callable[[], object]) -> None:
        """Do one of these; what is refused writes nothing."""
        try:
            self.chance.choice(acts)()
        except Refused:
            return

    def acts(self) -> tuple[Callable[[], object], ...]:
        """All that can be done."""
        often = (*(self.decide, self.answers, self.told) * 5, *(self.complete, self.sign, self.give) * 3)
        return (self.home, self.order, self.end, self.says, self.ask, self.again, *often)

    def _pick(self) -> Medicine:
        return self.chance.choice(standing_of(self.store, self.stay.id).medicines)

    def _row(self) -> Reconciliation:
        return self.chance.choice(reconciliations_of(self.store, self.stay.id) or (Reconciliation(),))

    def home(self) -> None:
        """Write a medicine down."""
        made = a_medicine(self.chance.choice(NAMES), self.chance.choice(("5 mg", "10 mg")))
        save_medicine(self.store, replace(made, **asked_through(made), patient=self.stay.patient, episode=self.stay.id))

    def order(self) -> None:
        """Write an order down."""
        made = ordered(self.chance.choice(NAMES), self.chance.choice(("5 mg", "10 mg", "")))
        save_medicine(self.store, replace(made, patient=self.stay.patient, episode=self.stay.id))

    def end(self) -> None:
        """Take one off its list."""
        end_medicine(self.store, self._pick(), MedicineStatus.ENTERED_IN_ERROR)

    def says(self) -> None:
        """Another source."""
        self.chance.choice((say_same, say_absent))(self.store, self._pick(), self.chance.choice(list(Source)))

    def ask(self) -> None:
        """The interview."""
        held = history_for(self.store, self.stay)
        used = (Source.PATIENT, Source.RECORD)[: self.chance.choice((1, 2, 2))]
        said = {"open_question": True, "keepers": (Keeper.SELF,), "allergies_read": self.chance.random() < 0.7}
        save_history(self.store, replace(held, **said, sources=used))

    def complete(self) -> None:
        """Say that it is complete."""
        finish_history(self.store, history_for(self.store, self.stay))

    def decide(self) -> None:
        """Any action and any difference, with a reason and a note."""
        pair = self.chance.choice(standing_of(self.store, self.stay.id).pairs)
        said = {
            "action": self.chance.choice(list(Action)),
            "discrepancy": self.chance.choice([Discrepancy.NONE, Discrepancy.DOSE, Discrepancy.OMISSION]),
            "intent": Intent.PENDING,
        }
        compare(self.store, pair, replace(row_of(pair), **said, action_reason="reason", note="note"))

    def answers(self) -> None:
        """An answer, whole or not, by a prescriber or by whoever works here."""
        pair = self.chance.choice(standing_of(self.store, self.stay.id).pairs)
        who = self.chance.choice(["Wei Chen", self.store.actor.name, ""])
        when = self.chance.choice([self.store.clock(), None])
        said = {"answer": "As ordered", "answered_by": who, "answered_at": when, "read_back": True}
        compare(self.store, pair, replace(row_of(pair), **said))

    def told(self) -> None:
        """The prescriber is told."""
        rows = reconciliations_of(self.store, self.stay.id)
        tell(self.store, rows, self.chance.choice(["Wei Chen", ""]), Told.PHONE)

    def again(self) -> None:
        """An answer is taken back."""
        row = self._row()
        if row.version is not None:
            open_again(self.store, row, self.chance.choice(["", f"reason {self.chance.random()}"]))

    def sign(self) -> None:
        """The comparison is signed."""
        finish_comparison(self.store, history_for(self.store, self.stay))

    def give(self) -> None:
        """The list is given."""
        give_list(self.store, history_for(self.store, self.stay), "Ada Marlow", "English")


@pytest.mark.parametrize("seed", [3, 5])
def test_no_sequence_of_acts_closes_a_difference_or_passes_a_guard(
    seed: int, clinical_store: Store, clock: Clock
) -> None:
    store, stay = clinical_store, a_stay(clinical_store)
    hand = Hand(store, stay, random.Random(seed))
    for act in (hand.home, hand.order, hand.ask):
        act()
    for _ in range(70):
        clock.tick(30)
        before = {row.id: row for row in reconciliations_of(store, stay.id)}
        if not standing_of(store, stay.id).pairs:
            hand.home()
        hand.any_of(*hand.acts())
        for row in reconciliations_of(store, stay.id):
            was = before.get(row.id)
            parts = [bool(row.answer), bool(row.answered_by), row.answered_at is not None]
            assert all(parts) or not any(parts)
            assert row.answered_by != store.actor.name
            if was is not None and was.open and was.told and not row.open:
                assert row.answered
        stands = standing_of(store, stay.id)
        loud = [pair for pair in stands.pairs if pair.alert and not pair.settled]
        assert high_alert_judgement(store, stay.id).passed <= (not loud)
        stops = [one for one in handover_faults(stands.left, POLICY) if one.severity is Severity.REFUSE]
        assert bool(stops) == bool(loud)
        if LIFE.index(stands.life) >= LIFE.index(ListLife.ANSWERED):
            assert all(pair.settled for pair in stands.pairs)
        if LIFE.index(stands.life) >= LIFE.index(ListLife.RECONCILED):
            assert stands.history is not None
            assert stands.history.reconciled_at is not None
