"""What happens to each record when a person is anonymised: kept whole, taken away, or the person taken out of it.

Which kinds a law keeps, and which law, stands in the policy file as `KEPT-<kind>`; a company's own file may say more.
"""

from __future__ import annotations

import enum
import re
import unicodedata
import uuid
from collections.abc import Container, Iterable, Iterator
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
_FILE = re.compile(r"[0-9a-f]{64}")
_SENTENCES = re.compile(r"(?<=[.!?;])(?<!Dr\.)(?<!Prof\.)\s+|\n+")


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
    linked: bool = True  # False: it only names the person in its words


class Plan(msgspec.Struct, frozen=True):
    """What would be done. With something kept the name stays on the person's card, else nothing of it."""

    person: Person
    steps: tuple[Step, ...]
    drafts: int = 0  # texts being typed that hold the name

    @property
    def keeps_name(self) -> bool:
        """Whether a record that a law keeps refers to the person, so that the name has to stay with it."""
        return any(step.fate is Fate.KEPT and step.linked for step in self.steps)

    @property
    def changes(self) -> bool:
        """Whether a record besides the card would change."""
        return any(step.fate is not Fate.KEPT for step in self.steps)

    def of(self, fate: Fate) -> tuple[Step, ...]:
        """The steps of one fate."""
        return tuple(step for step in self.steps if step.fate is fate)


def plan_of(
    person: Person, mentions: Iterable[Mention], policy: Policy, named: Iterable[Record] = (), drafts: int = 0
) -> Plan:
    """What anonymising this person would do; `named` are records that name them in their words and do no more."""
    steps = [_step(mention.record, policy) for mention in mentions if mention.record.id != person.id]
    for record in named:
        step = _step(record, policy)
        fate = Fate.KEPT if step.fate is Fate.KEPT else Fate.CLEARED
        steps.append(msgspec.structs.replace(step, fate=fate, linked=False))
    return Plan(person, tuple(steps), drafts)


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
    """Finds the person's name, addresses and numbers in the texts of records that refer to them.

    In such a text the last name means them in whatever case; the first name alone only as names are written.
    """
    last, first = person.last_name.strip(), person.first_name.strip()
    return _pattern((*_told(person), last), (first,))


def names_of(person: Person, *, alone: bool) -> re.Pattern[str] | None:
    """Finds the person in the texts of records that do not refer to them; with `alone` the last name is enough.

    Alone it counts as names are written: a doctor called Best is not meant by every best there is.
    """
    last = person.last_name.strip()
    return _pattern(_told(person), (last, last.upper()) if alone else ())


def _told(person: Person) -> tuple[str, ...]:
    first, last = person.first_name.strip(), person.last_name.strip()
    pairs = (f"{first} {last}", f"{last}, {first}", f"{last} {first}", f"{first[:1]}. {last}") if first and last else ()
    titled = (person.title(), f"{person.prefix.strip().rstrip('.')} {last}", person.short_name())
    own = (person.email, person.phone, person.npi, person.orcid, person.state_license_no, person.other_national_id)
    return (*pairs, *(one for one in titled if one.strip() != last), *own)


def _pattern(anyhow: Iterable[str], as_written: Iterable[str]) -> re.Pattern[str] | None:
    parts = [part for part in (_any(anyhow, "i"), _any(as_written, "")) if part]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _any(names: Iterable[str], flag: str) -> str:
    """The names as one expression, with and without accents, the longest first so that it wins."""
    spelled = {one.strip() for one in names}
    spelled |= {_bare(one) for one in spelled}
    said = sorted((one for one in spelled if len(one) >= _SHORTEST), key=len, reverse=True)
    words = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in said)
    return f"(?{flag}:{words})" if words else ""


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def says(record: Record, names: re.Pattern[str] | None) -> tuple[tuple[str, str], ...]:
    """The fields of a record in whose words the person is named, with the sentences that do."""
    return tuple(_saying(record, names)) if names is not None else ()


def _saying(value: msgspec.Struct, names: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        for one in held if spec.many else (held,):
            if isinstance(one, msgspec.Struct):
                yield from _saying(one, names)
            elif type(one) is str and names.search(one):
                said = [part.strip() for part in _SENTENCES.split(one) if names.search(part)]
                yield spec.field.label, " … ".join(said) or one


def without(
    value: S,
    person_id: uuid.UUID,
    stand_in: uuid.UUID,
    words: re.Pattern[str] | None,
    files: Container[str] = (),
) -> S:
    """The record or row with the person replaced by a stand-in, the name out of every text, and none of these files."""
    changed: dict[str, Any] = {}
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        if spec.name in ("id", "version"):
            continue
        if spec.name == "strokes":
            changed[spec.name] = ()  # A drawn name is a name.
            continue
        new: Any = (
            tuple(_cleared(one, person_id, stand_in, words, files) for one in held)
            if spec.many
            else _cleared(held, person_id, stand_in, words, files)
        )
        if new != held:
            changed[spec.name] = new
    return msgspec.structs.replace(value, **changed) if changed else value


def _cleared(
    held: Any, person_id: uuid.UUID, stand_in: uuid.UUID, words: re.Pattern[str] | None, files: Container[str]
) -> Any:
    if type(held) is str:
        if held and held in files:
            return ""
        return words.sub(REMOVED_TEXT, held) if words else held
    if held == person_id and isinstance(held, uuid.UUID):
        return stand_in
    if isinstance(held, msgspec.Struct):
        return without(held, person_id, stand_in, words, files)
    return held


def file_names(value: msgspec.Struct) -> Iterator[str]:
    """The texts of a record that may name a file kept in the store: 64 hexadecimal letters."""
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        for one in held if spec.many else (held,):
            if isinstance(one, msgspec.Struct):
                yield from file_names(one)
            elif type(one) is str and _FILE.fullmatch(one):
                yield one
