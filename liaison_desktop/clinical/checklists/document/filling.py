"""From a checklist to the content of its document. Nothing is left out but what is said to be."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence

from liaison_desktop.clinical.checklists.document.content import (
    AnswerLine,
    AnswerPart,
    ChecklistContent,
    CopyFor,
    Notice,
)
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import inside
from liaison_desktop.clinical.patients.record import (
    AllergyStatement,
    Patient,
    allergy_statement,
    birth_text,
    full_name,
    record_number,
)
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires.carried import carried_from
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.parts import shown
from liaison_desktop.questionnaires.progress import Finding, counts, findings, sections
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.wording import UNABLE, source_of, told

PRIVATE_RULE = "V18"  # asked of a person alone; never on a copy that a family may read
NOT_RECORDED = "Not recorded"
BLANK = "Asked, not answered"
CARRIED, FOUND = "Answered under an earlier version of the form", "What a reviewer would ask"


def content_of(
    checklist: Checklist,
    sheet: Sheet,
    patient: Patient | None,
    facility: Facility | None,
    policy: Policy,
    copy_for: CopyFor,
    people: Sequence[str] = (),
) -> ChecklistContent:
    """The document of this checklist, finished or not."""
    hidden = _private(sheet) if copy_for is CopyFor.PATIENT else frozenset()
    name = full_name(patient) if patient is not None else "A patient who is no longer here"
    born = birth_text(patient.birth_date) if patient is not None else ""
    mrn = record_number(patient) if patient is not None else ""
    allergies = allergy_statement(patient) if patient is not None else AllergyStatement(headline=NOT_RECORDED)
    identifiers = (
        ("Patient", name),
        ("Date of birth", born or NOT_RECORDED),
        ("Record number (MRN)", mrn or NOT_RECORDED),
    )
    return ChecklistContent(
        facility=facility.name if facility is not None else "Facility not recorded",
        facility_place=" · ".join(filter(None, (facility.address, facility.phone))) if facility is not None else "",
        title=checklist.name,
        subtitle=_state(checklist),
        number=document_number(checklist.form_url, checklist.id),
        identifiers=identifiers,
        notices=(
            *_notices(checklist, policy, hidden, sheet),
            # The box is labelled already: "Allergies not recorded" reads "Not recorded" in it.
            Notice(label="Allergies", text=_begun_large(allergies.text), alert=allergies.alarming),
        ),
        parts=tuple(_parts(sheet, hidden, _asked_about(checklist, sheet, policy))),
        record=tuple(_record(checklist, people)),
        subject=f"{name} · DOB {born or NOT_RECORDED} · MRN {mrn or NOT_RECORDED}",
        form=f"{document_number(checklist.form_url, checklist.id)} · form v{checklist.form_version or '-'}",
        copy_for=copy_for.label,
        author=checklist.author,
        made=checklist.completed_at or checklist.started_at or _begun(checklist.id),
    )


def _begun_large(text: str) -> str:
    rest = text.removeprefix("Allergies ")
    return rest[:1].upper() + rest[1:]


def document_number(form_url: str, checklist: uuid.UUID) -> str:
    """What the document is called outside: the form and eight digits; it says nothing about whose it is."""
    name = "".join(letter for letter in form_url.rpartition("/")[2] if letter.isalnum() or letter in "-_")
    return f"{name or 'form'}-{checklist.hex[-8:]}"


def _begun(id: uuid.UUID) -> datetime.datetime:
    # The first 48 bits of an id are the milliseconds of its making.
    return datetime.datetime.fromtimestamp((id.int >> 80) / 1000, datetime.UTC)


def _state(checklist: Checklist) -> str:
    if checklist.status in FINISHED:
        return f"{checklist.status.label} {moment_text(checklist.completed_at)} by {checklist.author}"
    return f"{checklist.status.label} · begun {moment_text(checklist.started_at)} by {checklist.author}"


def _notices(checklist: Checklist, policy: Policy, hidden: frozenset[str], sheet: Sheet) -> Iterator[Notice]:
    if checklist.status is ChecklistStatus.IN_PROGRESS:
        # Counted from these answers: the record counts anew only when a section is left.
        left = sum(count.left for count in counts(sheet).values())
        are = "1 required question is" if left == 1 else f"{left} required questions are"
        yield Notice(label="Not finished", text=f"{are} open." if left else "It was not finalised yet.")
    if checklist.status in (ChecklistStatus.STOPPED, ChecklistStatus.ENTERED_IN_ERROR):
        yield Notice(label=checklist.status.label, text=checklist.reason or NOT_RECORDED)
    if checklist.amends is not None:
        yield Notice(label="Amended", text=f"{checklist.reason} The version before is kept.")
    if checklist.review_needed:
        yield Notice(label="Waits for RN review", text=policy.fault("V7").message)
    if checklist.imported_at is not None:
        yield Notice(
            label="Imported", text=f"This form came from a file, {moment_text(checklist.imported_at)}.", alert=False
        )
    left_out = sum(1 for node in sheet.walk() if node.item.link_id in hidden and node.enabled and told(node))
    if left_out:
        answers = "1 private answer is" if left_out == 1 else f"{left_out} private answers are"
        yield Notice(label="Not on this copy", text=f"{answers} kept in the record only.", alert=False)


def _private(sheet: Sheet) -> frozenset[str]:
    items = sheet.definition.index.values()
    return frozenset(item.link_id for item in items if any(rule.id == PRIVATE_RULE for rule in item.rules))


def _asked_about(checklist: Checklist, sheet: Sheet, policy: Policy) -> list[Finding]:
    """The form's own findings, and what the rules found and somebody explained: the explanation is part of the record."""
    at = checklist.completed_at or checklist.started_at or _begun(checklist.id)
    return [*findings(sheet), *(one for one in inside(sheet, at, policy) if one.reason)]


def _parts(sheet: Sheet, hidden: frozenset[str], asked: Sequence[Finding]) -> Iterator[AnswerPart]:
    for part in sections(sheet):
        lines, blank = tuple(_lines(part.now(), hidden)), tuple(_blank(part.now(), hidden))
        if lines or blank:
            yield AnswerPart(title=f"{part.prefix} {part.title}".strip(), lines=lines, blank=blank)
    carried = carried_from(sheet)
    if carried:
        yield AnswerPart(
            title=CARRIED, lines=tuple(AnswerLine(question=said.question, answer=said.words) for said in carried)
        )
    found = [one for one in asked if one.goto not in hidden]
    if found:
        yield AnswerPart(
            title=FOUND,
            lines=tuple(
                AnswerLine(
                    question=one.title,
                    answer=one.reason or one.text,
                    note=one.text if one.reason else "",
                    alert=one.level in ("block", "hard-warn") and not one.reason,
                )
                for one in found
            ),
        )


def _lines(nodes: Sequence[Node] | Iterator[Node], hidden: frozenset[str]) -> Iterator[AnswerLine]:
    count: dict[str, int] = {}
    for node in nodes:
        item = node.item
        # A reviewer's signature is hidden on the screen, where it is given; on paper it is shown.
        if not node.enabled or not (shown(item) or item.rn_only) or item.link_id in hidden:
            continue
        count[item.link_id] = count.get(item.link_id, 0) + 1
        below = list(_lines(node.below(), hidden))
        if item.type == "group":
            number = f" {count[item.link_id]}" if item.repeats else ""
            if below:
                yield AnswerLine(question=f"{item.prefix} {item.text}{number}".strip(), head=True)
        elif item.type != "display" and (said := told(node)):
            yield AnswerLine(
                question=f"{item.prefix} {item.text}".strip(),
                answer=said,
                note=_note(node),
                alert=said.startswith(UNABLE),
            )
        yield from below


def _note(node: Node) -> str:
    source = source_of(node)
    if source:
        return f"{source}, confirmed"
    return "Worked out from other answers" if node.item.calculation is not None else ""


def _blank(nodes: Sequence[Node] | Iterator[Node], hidden: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        item = node.item
        if not node.enabled or not shown(item) or item.link_id in hidden:
            continue
        if item.type == "group" and not node.holds_anything():
            yield f"{item.prefix} {item.text}".strip()
            continue
        if item.is_question and not item.read_only and not item.from_application and not told(node):
            yield f"{item.prefix} {item.text}".strip()
        yield from _blank(node.below(), hidden)


def _record(checklist: Checklist, people: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "Begun", moment_text(checklist.started_at)
    yield "Answered by", ", ".join(dict.fromkeys((*people, *filter(None, (checklist.author,))))) or NOT_RECORDED
    if checklist.completed_at is not None:
        yield "Completed", moment_text(checklist.completed_at)
    if checklist.review_needed:
        yield "RN review", "Waits for RN review"
    elif checklist.reviewed_at is not None:
        yield "RN review", f"{checklist.reviewed_by}, {moment_text(checklist.reviewed_at)}"
    if checklist.amends is not None:
        yield "Amends", document_number(checklist.form_url, checklist.amends)
    yield "Form", f"{checklist.form_url}|{checklist.form_version}"
    yield "Fingerprint of the form", checklist.form_hash or NOT_RECORDED
    if checklist.policy_version:
        yield "Checked with policy", checklist.policy_version
