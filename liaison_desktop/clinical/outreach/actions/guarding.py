"""V41 over whole records: every text of outreach is held against the patients in our care before it is saved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from liaison_desktop.clinical.outreach.queries import PatientKey, patients_like
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.outreach.rules import NAME, KnownPatient, dates_in, numbers_in, told_of, words_of
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy, policy_of
from liaison_desktop.records import fields_of
from liaison_desktop.store import Store

Kept = OutreachEvent | SourceContact | SourcePlace
_OURS = ("by",)  # who recorded it is no text


def texts_of(record: Kept) -> tuple[tuple[str, str], ...]:
    """Every text of a record with its field."""
    return tuple(
        (spec.name, text)
        for spec in fields_of(type(record))
        if spec.name not in _OURS and isinstance(text := getattr(record, spec.name), str) and text.strip()
    )


def privacy_faults(store: Store, record: Kept, *, names: Sequence[str] = ()) -> tuple[Fault, ...]:
    """V41 for every text of a record. `names` are contacts of an event, who may bear a patient's name.

    The name of a source itself is asked about and not refused: a case manager may be called like a patient.
    """
    texts, today = texts_of(record), store.clock().date()
    dates = frozenset[str]().union(*(dates_in(text, today) for _field, text in texts))
    words = {word for _field, text in texts for word in words_of(text)}
    numbers = frozenset[str]().union(*(numbers_in(text) for _field, text in texts))
    known = [
        _as_known(each, names, bool(numbers))
        for each in patients_like(store, (text for _field, text in texts), dates)
        if numbers or each.birth in dates or words.issuperset(words_of(each.family))
    ]
    return tuple(_faults(record, texts, known, policy_of(store), today))


def _faults(
    record: Kept,
    texts: Iterable[tuple[str, str]],
    patients: Sequence[KnownPatient],
    policy: Policy,
    today: datetime.date,
) -> Iterator[Fault]:
    for field, text in texts:
        what = told_of(text, patients, today=today)
        if not what:
            continue
        own_name = what == NAME and field == "name" and not isinstance(record, OutreachEvent)
        yield policy.fault("V41-NAME" if own_name else "V41", field=field, what=what)


def _as_known(key: PatientKey, names: Sequence[str], numbered: bool) -> KnownPatient:
    family = key.family
    called = [f"{given} {family}" for given in (key.given, key.given.partition(" ")[0], key.preferred) if given]
    if any(same_person(full, name) for full in called for name in names):
        # Whoever is called so here is the contact; birth date and number still tell of the patient.
        family = ""
    return KnownPatient(family, key.given, key.preferred, key.birth, key.numbers() if numbered else ())
