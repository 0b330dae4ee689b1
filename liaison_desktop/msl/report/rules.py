"""What happens to each record when a person is anonymised: kept whole, taken away, or the person taken out of it.

Which kinds a law keeps, and which law, stands in the policy file as `KEPT-<kind>`; a company's own file may say more.
"""

from __future__ import annotations

import enum
import re
import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from liaison_desktop.msl.directory.record import ContactPermission, Person, PersonStatus
from liaison_desktop.msl.report.queries import Mention
from liaison_desktop.policies import Policy
from liaison_desktop.records import Record, fields_of

S = TypeVar("S", bound=msgspec.Struct)
REMOVED_TEXT = "[name removed]"
ANONYMOUS = ("Anonymised", "person")
_SHORTEST = 3  # letters of a name that is looked for in texts


class Fate(enum.Enum):
    """What becomes of a record."""

    KEPT = "Kept whole"
    CLEARED = "The person is taken out"
    REMOVED = "Taken away"


class Step(msgspec.Struct, frozen=True):
    """One record, what becomes of it, why, and the law or policy that says so."""

    record: Record
    fate: Fate
    why: str = ""
    citation: str = ""


class Plan(msgspec.Struct, frozen=True):
    """What would be done. With something kept the name stays on the person's card, else nothing of it."""

    person: Person
    steps: tuple[Step, ...]

    @property
    def keeps_name(self) -> bool:
        """Whether a record that a law keeps refers to the person, so that the name has to stay with it."""
        return any(step.fate is Fate.KEPT for step in self.steps)

    @property
    def changes(self) -> bool:
        """Whether a record besides the card would change."""
        return any(step.fate is not Fate.KEPT for step in self.steps)

    def of(self, fate: Fate) -> tuple[Step, ...]:
        """The steps of one fate."""
        return tuple(step for step in self.steps if step.fate is fate)


def plan_of(person: Person, mentions: Iterable[Mention], policy: Policy) -> Plan:
    """What anonymising this person would do."""
    return Plan(person, tuple(_step(mention.record, policy) for mention in mentions if mention.record.id != person.id))


def _step(record: Record, policy: Policy) -> Step:
    rule = policy.rules.get(f"KEPT-{record.kind}")
    # A kind of which only some are kept says so itself: what may not be taken away was signed or given out.
    if rule is not None and record.guard_removal():
        return Step(record, Fate.KEPT, rule.message, rule.citation)
    if record.kind in policy.words("removed_when_anonymised") and not record.guard_removal():
        return Step(record, Fate.REMOVED)
    return Step(record, Fate.CLEARED)


def is_anonymous(person: Person) -> bool:
    """Whether nothing of a person is left on their card."""
    return (person.first_name, person.last_name) == ANONYMOUS


def nobody(person: Person) -> Person:
    """The card with nothing on it that says who it was."""
    return Person(
        id=person.id,
        version=person.version,
        first_name=ANONYMOUS[0],
        last_name=ANONYMOUS[1],
        person_type=person.person_type,
        specialty="Not kept",
        country=person.country,
        contact_permission=ContactPermission.NO_CONTACT,
        status=PersonStatus.INACTIVE,
    )


def name_only(person: Person) -> Person:
    """The card with the name and profession that kept records need, and nothing else."""
    return msgspec.structs.replace(
        nobody(person),
        prefix=person.prefix,
        first_name=person.first_name,
        middle_name=person.middle_name,
        last_name=person.last_name,
        suffix=person.suffix,
    )


def words_of(person: Person) -> re.Pattern[str] | None:
    """Finds the person's name, addresses and numbers in a text, as they are written on the card."""
    full = f"{person.first_name} {person.last_name}".strip()
    wanted = (
        person.title(), person.short_name(), full, person.last_name, person.email, person.phone, person.npi,
        person.orcid, person.state_license_no, person.other_national_id,
    )  # fmt: skip
    said = sorted({one.strip() for one in wanted if len(one.strip()) >= _SHORTEST}, key=len, reverse=True)
    if not said:
        return None
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in said))


def without(value: S, person_id: uuid.UUID, stand_in: uuid.UUID, words: re.Pattern[str] | None) -> S:
    """The record or row with the person replaced by a stand-in, and the name out of every text."""
    changed: dict[str, Any] = {}
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        if spec.name in ("id", "version"):
            continue
        if spec.name == "strokes":
            changed[spec.name] = ()  # A drawn name is a name.
            continue
        new: Any = (
            tuple(_cleared(one, person_id, stand_in, words) for one in held)
            if spec.many
            else _cleared(held, person_id, stand_in, words)
        )
        if new != held:
            changed[spec.name] = new
    return msgspec.structs.replace(value, **changed) if changed else value


def _cleared(held: Any, person_id: uuid.UUID, stand_in: uuid.UUID, words: re.Pattern[str] | None) -> Any:
    if type(held) is str:
        return words.sub(REMOVED_TEXT, held) if words else held
    if held == person_id and isinstance(held, uuid.UUID):
        return stand_in
    if isinstance(held, msgspec.Struct):
        return without(held, person_id, stand_in, words)
    return held
