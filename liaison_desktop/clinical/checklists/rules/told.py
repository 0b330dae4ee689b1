"""What a pre-admission checklist says of a patient, as values of the chart. Pure: a sheet in, values out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAnswer,
    AllergyAssertion,
    AllergyBand,
    AllergyCategory,
    AllergyQuestion,
    AllergySource,
    AllergyTopic,
    Isolation,
    IsolationStatus,
    Organism,
    Precaution,
    Reaction,
    ReactionSeverity,
)
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.progress import explanation
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.records import Code

_ASSERTED = {
    "NKA": AllergyAssertion.NKA,
    "NKDA": AllergyAssertion.NKDA,
    "has": AllergyAssertion.HAS_ALLERGIES,
    "unable": AllergyAssertion.UNABLE,
}
_SAID = {"yes": AllergyAnswer.YES, "no": AllergyAnswer.NO, "unable": AllergyAnswer.UNABLE}
_BANDS = {"done": AllergyBand.APPLIED, "not-done": AllergyBand.NOT_DONE, "na": AllergyBand.NOT_APPLICABLE}
ORGANISMS = {"cdiff": Organism.C_DIFF, "covid": Organism.COVID_19}


class ToldAllergies(NamedTuple):
    """The answers of section E."""

    assertion: AllergyAssertion
    rows: tuple[Allergy, ...]
    questions: tuple[AllergyQuestion, ...]
    band: AllergyBand | None
    note: str


def fingerprint(value: object) -> str:
    """A short name of what was answered, so that another answer is proposed anew."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]


C = TypeVar("C", bound=Code)


def known(codes: type[C], said: str) -> C | None:
    """The code of the chart; None where nothing was said, or only that somebody was unable to say."""
    try:
        return codes(said) if said else None
    except ValueError:
        return None


def first_code(sheet: Sheet, link_id: str) -> str:
    """The first code that was answered to a question that is asked; empty for none."""
    return next(iter(sheet.codes(link_id)), "")


def text(node: Node | None) -> str:
    """The text of an answer; empty for none."""
    return node.value.strip() if node is not None and node.enabled and isinstance(node.value, str) else ""


def below(group: Node, link_id: str) -> Node | None:
    """The question inside a group; None if it is not there."""
    held = group.children.get(link_id, [])
    return held[0] if held else None


def code(group: Node, link_id: str) -> str:
    """The code answered inside a group; empty for none."""
    node = below(group, link_id)
    return next(iter(node.codes), "") if node is not None else ""


def allergies_told(sheet: Sheet) -> ToldAllergies | None:
    """What section E says; None as long as E1 is not answered."""
    assertion = _ASSERTED.get(first_code(sheet, "E1"))
    if assertion is None:
        return None
    source = AllergySource.FAMILY if "patient" not in sheet.codes("A3") and sheet.codes("A3") else AllergySource.PATIENT
    rows = tuple(_allergies(sheet, source)) if assertion is AllergyAssertion.HAS_ALLERGIES else ()
    node = sheet.first("E1")
    why = explanation(node) if node is not None and assertion is AllergyAssertion.UNABLE else ""
    return ToldAllergies(assertion, rows, tuple(_questions(sheet)), _BANDS.get(first_code(sheet, "E8")), why)


def _allergies(sheet: Sheet, source: AllergySource) -> Iterator[Allergy]:
    for group in sheet.nodes("E2"):
        substance = text(below(group, "E2.substance"))
        if not group.enabled or not substance:
            continue
        kind, severity, year = code(group, "E2.kind"), code(group, "E2.severity"), below(group, "E2.year")
        told = text(below(group, "E2.reaction"))
        reaction = Reaction(manifestation=told, severity=known(ReactionSeverity, severity))
        yield Allergy(
            substance=substance,
            category=known(AllergyCategory, kind),
            reactions=(reaction,) if told or reaction.severity else (),
            since=str(year.value) if year is not None and isinstance(year.value, int) else "",
            source=source,
        )


def _questions(sheet: Sheet) -> Iterator[AllergyQuestion]:
    asked = {
        "E3": AllergyTopic.LATEX,
        "E4": AllergyTopic.CONTRAST,
        "E5": AllergyTopic.ADHESIVE,
        "E7": AllergyTopic.BLOOD,
    }
    for link_id, topic in asked.items():
        if (said := _SAID.get(first_code(sheet, link_id))) is not None:
            yield AllergyQuestion(topic=topic, answer=said)
    if food := sheet.codes("E6"):
        yield AllergyQuestion(topic=AllergyTopic.FOOD, answer=AllergyAnswer.NO if "none" in food else AllergyAnswer.YES)


def isolation_told(sheet: Sheet) -> tuple[Isolation, ...]:
    """What section J says holds now or held once; nothing for standard precautions alone."""
    now = known(Precaution, first_code(sheet, "J1"))
    rows = [row for group in sheet.nodes("J2") if group.enabled and (row := _organism(group)) is not None]
    active = [row for row in rows if row.status is IsolationStatus.ACTIVE]
    past = [row for row in rows if row.status is not IsolationStatus.ACTIVE]
    if now is None or now is Precaution.STANDARD:
        return tuple(past)
    first = active[0] if active else Isolation()
    held = Isolation(organism=first.organism, precaution=now, since=first.since)
    return (held, *(row for row in active[1:]), *past)


def _organism(group: Node) -> Isolation | None:
    organism, status, date = code(group, "J2.organism"), code(group, "J2.status"), below(group, "J2.date")
    found = ORGANISMS.get(organism) or known(Organism, organism)
    if found is None:
        return None
    return Isolation(
        organism=found,
        precaution=Precaution.CONTACT,
        status=known(IsolationStatus, status) or IsolationStatus.HISTORY,
        since=text(date),
    )
