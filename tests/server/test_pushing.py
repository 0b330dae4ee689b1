"""A push: what is acknowledged is there, once, in order, and what two laptops changed is merged or kept."""

from __future__ import annotations

from liaison_desktop.sync.wire import Outcome, bytes_of
from tests.server.conftest import Central

VISIT = {"heading": "At the clinic", "notes": "", "outcome": None, "heard_priorities": []}


def test_a_record_travels_from_one_laptop_to_another(central: Central) -> None:
    anna, ben = central.laptop("Anna"), central.laptop("Ben")
    anna.append("unlocked")
    subject = anna.save("visit", VISIT)
    anna.edit(subject, notes="She asked about dosing.")
    assert [result.outcome for result in anna.push()] == [Outcome.KEPT, Outcome.APPLIED, Outcome.APPLIED]
    ben.pull()
    assert ben.rows[subject][2]["notes"] == "She asked about dosing."
    assert ben.rows[subject][0] == anna.rows[subject][0]
    assert anna.push() == []


def test_two_laptops_merge(central: Central) -> None:
    anna, ben = central.laptop("Anna"), central.laptop("Ben")
    subject = anna.save("visit", VISIT)
    anna.sync()
    ben.sync()
    anna.edit(subject, notes="one")
    ben.edit(subject, outcome="two", heard_priorities=["a"])
    anna.push()
    (result,) = ben.push()
    assert (result.outcome, result.took) == (Outcome.MERGED, ("notes",))
    anna.sync()
    ben.sync()
    assert anna.rows[subject] == ben.rows[subject]
    assert (anna.rows[subject][2]["notes"], anna.rows[subject][2]["outcome"]) == ("one", "two")


def test_the_same_field_keeps_both_until_a_person_decides(central: Central) -> None:
    anna, ben = central.laptop("Anna"), central.laptop("Ben")
    subject = anna.save("visit", VISIT)
    anna.sync()
    ben.sync()
    anna.edit(subject, notes="one")
    ben.edit(subject, notes="two")
    anna.push()
    (result,) = ben.push()
    assert (result.outcome, result.fields) == (Outcome.CONFLICT, ("notes",))
    ben.edit(subject, notes="two and more")
    (again,) = ben.push()
    assert (again.outcome, again.conflict) == (Outcome.CONFLICT, result.conflict)
    anna.pull()
    (conflict,) = anna.conflicts.values()
    assert b"two and more" in bytes_of(conflict.side_body)
    anna.decide(conflict, notes="one, two and more")
    (resolved,) = anna.push()
    assert resolved.outcome is Outcome.APPLIED
    for laptop in (anna, ben):
        laptop.sync()
        assert laptop.conflicts == {}
        assert laptop.rows[subject][2]["notes"] == "one, two and more"
