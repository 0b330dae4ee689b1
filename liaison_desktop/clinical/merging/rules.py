"""What may be merged, what the merged record says, and what a person has to look at. Values in, values out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    InterpreterNeed,
    Patient,
    birth_text,
    full_name,
    language_name,
)
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.records import Code, fields_of

replace = msgspec.structs.replace
_IN_HOUSE = frozenset({EpisodeState.ADMITTED, EpisodeState.DISCHARGE_PLANNING})
_NOT_TAKEN = frozenset({"id", "version", "merged_into", "other_names"})
# These go together: a statement without who made it would be worth nothing.
_ALLERGIES = ("allergy_assertion", "allergy_note", "allergy_asserted_by", "allergy_asserted_at", "allergies")
_STATUS = ("code_status", "code_status_by", "code_status_limits")
_BAND = ("allergy_band", "allergy_band_by", "allergy_band_at")
_NO_ID = uuid.UUID(int=0)


class Difference(msgspec.Struct, frozen=True):
    """A field in which both records say something, and not the same. `grave` asks for a look before anything is done."""

    label: str
    stays: str
    other: str
    grave: bool = False


def merge_faults(
    kept: Patient,
    absorbed: Patient,
    stays: Iterable[Episode],
    others: Iterable[Episode],
    policy: Policy,
    *,
    typed: bool,
) -> tuple[Fault, ...]:
    """What forbids to merge these two. `typed`: something of the absorbed one was typed and is not saved yet."""
    if kept.id == absorbed.id:
        return (policy.fault("MERGE-SELF", field="other"),)
    if kept.merged_into is not None or absorbed.merged_into is not None:
        return (policy.fault("MERGE-GONE", field="other"),)
    if typed:
        return (policy.fault("MERGE-TYPED", field="other"),)
    if any(one.state in _IN_HOUSE for one in stays) and any(one.state in _IN_HOUSE for one in others):
        return (policy.fault("MERGE-BOTH-IN", field="other"),)
    return ()


def combined(kept: Patient, absorbed: Patient) -> Patient:
    """The kept record with everything that only the other one says. Where both say something the kept one stands."""
    changes: dict[str, Any] = {}
    for spec in fields_of(Patient):
        mine, theirs = getattr(kept, spec.name), getattr(absorbed, spec.name)
        if spec.name in _NOT_TAKEN or spec.name in (*_ALLERGIES, *_STATUS, *_BAND, "communication"):
            continue
        if isinstance(mine, tuple):
            changes[spec.name] = _both(mine, theirs)
        elif mine in ("", None, False):
            changes[spec.name] = theirs
    for group in (_STATUS, _BAND):
        if getattr(kept, group[0]) is None:
            changes |= {name: getattr(absorbed, name) for name in group}
    changes |= _allergies(kept, absorbed)
    changes["allergy_questions"] = _one_each(kept.allergy_questions, absorbed.allergy_questions, "topic")
    changes["communication"] = _communication(kept, absorbed)
    names = {name.casefold() for name in (full_name(kept), *kept.other_names)}
    more = [name for name in (full_name(absorbed), *absorbed.other_names) if name.casefold() not in names]
    changes["other_names"] = (*kept.other_names, *more)
    return replace(kept, **changes)


def _both(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Both lists; a row that is the same but for its id and who wrote it stands once."""
    held = {_bare(row) for row in mine}
    return (*mine, *(row for row in theirs if _bare(row) not in held))


def _bare(row: Any) -> Any:
    if isinstance(row, str):
        return "".join(mark for mark in row.casefold() if mark.isalnum())
    names = {"id": _NO_ID, "noted_by": "", "noted_at": None}
    held = {name: value for name, value in names.items() if name in row.__struct_fields__}
    return msgspec.json.encode(replace(row, **held))


def _one_each(mine: tuple[Any, ...], theirs: tuple[Any, ...], key: str) -> tuple[Any, ...]:
    held = {getattr(row, key) for row in mine}
    return (*mine, *(row for row in theirs if getattr(row, key) not in held))


def _communication(kept: Patient, absorbed: Patient) -> Any:
    mine, theirs = kept.communication, absorbed.communication
    changes: dict[str, Any] = {}
    for spec in fields_of(type(mine)):
        one, other = getattr(mine, spec.name), getattr(theirs, spec.name)
        if isinstance(one, tuple):
            changes[spec.name] = _both(one, other)
        elif one in ("", None, False):
            changes[spec.name] = other
    if InterpreterNeed.YES in (mine.interpreter, theirs.interpreter):
        changes["interpreter"] = InterpreterNeed.YES  # to ask for one too many harms nobody
    return replace(mine, **changes)


def _allergies(kept: Patient, absorbed: Patient) -> dict[str, Any]:
    """Every allergy of both. Somebody's allergy outweighs another's none; what contradicts is asked anew (V13)."""
    rows: tuple[Allergy, ...] = _both(kept.allergies, absorbed.allergies)
    mine, theirs = kept.allergy_assertion, absorbed.allergy_assertion
    source = kept if mine is not None else absorbed
    if AllergyAssertion.HAS_ALLERGIES in (mine, theirs):
        source = kept if mine is AllergyAssertion.HAS_ALLERGIES else absorbed
    elif mine is not None and theirs is not None and mine is not theirs:
        return {
            "allergies": rows,
            "allergy_assertion": None,
            "allergy_note": "",
            "allergy_asserted_by": "",
            "allergy_asserted_at": None,
        }
    return {name: getattr(source, name) for name in _ALLERGIES} | {"allergies": rows}


def differences(kept: Patient, absorbed: Patient) -> tuple[Difference, ...]:
    """Where both say something different, the gravest first: name, birth, sex, allergies, code status."""
    found = [
        one
        for label, mine, theirs, grave in _said(kept, absorbed)
        if mine and theirs and _plain(mine) != _plain(theirs)
        for one in (Difference(label, mine, theirs, grave),)
    ]
    return tuple(sorted(found, key=lambda one: not one.grave))


def _said(kept: Patient, absorbed: Patient) -> Iterator[tuple[str, str, str, bool]]:
    yield "Name", full_name(kept), full_name(absorbed), True
    yield "Birth date", birth_text(kept.birth_date), birth_text(absorbed.birth_date), True
    grave = frozenset({"sex_admin", "allergy_assertion", "code_status", "deceased_at"})
    for spec in fields_of(Patient):
        mine, theirs = getattr(kept, spec.name), getattr(absorbed, spec.name)
        shown = isinstance(mine, str | Code) and isinstance(theirs, str | Code)
        if shown and spec.name not in ("given", "family", "birth_date", "allergy_asserted_by", "code_status_by"):
            yield spec.field.label, _words(mine), _words(theirs), spec.name in grave
    for spec in fields_of(type(kept.communication)):
        mine, theirs = getattr(kept.communication, spec.name), getattr(absorbed.communication, spec.name)
        if spec.name in ("spoken", "written"):
            yield spec.field.label, _language(mine), _language(theirs), False
        elif isinstance(mine, str | Code) and isinstance(theirs, str | Code):
            yield spec.field.label, _words(mine), _words(theirs), False


def _language(tag: str) -> str:
    return language_name(tag) if tag else ""


def _words(value: Any) -> str:
    return value.label if isinstance(value, Code) else str(value)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


_WORDS = {
    "vital_signs": ("set of vital signs", "sets of vital signs"),
    "coverage": ("coverage", "coverages"),
    "rights_given": ("explanation of rights", "explanations of rights"),
    "log_entry": ("entry of the log", "entries of the log"),
    "medication_history": ("medication history", "medication histories"),
    "patient": ("record merged earlier", "records merged earlier"),
    "state_event": ("step of a stay", "steps of a stay"),
    "line_device": ("line or device", "lines and devices"),
    "proposal_answer": ("answer to a proposal", "answers to proposals"),
}


def counted(kind: str, many: int) -> str:
    """How many of a kind, in words: "3 checklists", "1 set of vital signs"."""
    word = kind.replace("_", " ")
    one, more = _WORDS.get(kind, (word, f"{word}s"))
    return f"{many} {one if many == 1 else more}"
