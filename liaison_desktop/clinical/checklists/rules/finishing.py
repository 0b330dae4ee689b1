"""When a checklist may be begun, called done and reviewed: V1, V4, V6, V7, V10, V13, V16 and the form's own findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules.inside import inside
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.outcome import stands_in_the_way
from liaison_desktop.questionnaires.parts import shown
from liaison_desktop.questionnaires.progress import Finding, findings
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import answered, validate

_IDENTITY = "V1"


def identity_node(sheet: Sheet) -> Node | None:
    """The question by which the patient is identified, if the form has one."""
    for item in sheet.definition.index.values():
        if any(rule.id == _IDENTITY and rule.level == "block" for rule in item.rules):
            return sheet.first(item.link_id)
    return None


def start_faults(sheet: Sheet, policy: Policy) -> tuple[Fault, ...]:
    """V1: as long as no two identifiers were matched, nothing outside the section that asks for them is answered."""
    identity = identity_node(sheet)
    if identity is None or answered(identity):
        return ()
    home = identity.key.partition("/")[0]
    for nodes in sheet.children.values():
        for node in nodes:
            if node.key != home and shown(node.item) and node.enabled and _answered_by_hand(node):
                return (policy.fault("V1", field=identity.key),)
    return ()


def _answered_by_hand(node: Node) -> bool:
    return any(below.answers and not below.item.calculation for below in node.walk())


PRACTICAL = ("LPN", "LVN")
REGISTERED = ("RN", "APRN")


def waits_for_review(sheet: Sheet, credential: str, policy: Policy) -> bool:
    """V7: whether an RN has to review what this author collected; the facility's policy says so.

    Whatever it says: a question that only an RN answers waits for one as long as it needs an answer and has none.
    """
    if credential not in PRACTICAL:
        return False
    open_to_rn = any(node.item.required and not answered(node) for node in left_to_reviewer(sheet))
    return open_to_rn or (_lpn_rule(policy) == "collect_then_rn_review" and _reviewed(sheet))


def _lpn_rule(policy: Policy) -> str:
    return next(iter(policy.words("lpn_authors")), "collect_then_rn_review")


def _reviewed(sheet: Sheet) -> bool:
    return any(item.rn_only for item in sheet.definition.index.values())


def left_to_reviewer(sheet: Sheet) -> list[Node]:
    """The questions that an RN alone answers."""
    return [node for node in sheet.walk() if node.item.rn_only and not node.item.from_application and node.enabled]


def completion_faults(
    sheet: Sheet, policy: Policy, *, now: dt.datetime | None = None, credential: str = "RN"
) -> tuple[Fault, ...]:
    """All that stands between this checklist and `completed`, in the order of the form."""
    if credential in PRACTICAL and _lpn_rule(policy) == "rn_only":
        return (policy.fault("V7-RN", field="status"),)
    found = [*_answers(sheet, policy), *_findings(sheet, policy, now)]
    if credential in PRACTICAL:
        theirs = {node.key for node in left_to_reviewer(sheet)}
        found = [fault for fault in found if fault.field not in theirs]
    order = sheet.definition.order
    return tuple(sorted(found, key=lambda fault: order.get(_link_id(fault.field), len(order))))


def review_faults(
    checklist: Checklist, sheet: Sheet, policy: Policy, *, reviewer: str, credential: str, now: dt.datetime
) -> tuple[Fault, ...]:
    """V7: an RN reviews what somebody else collected, and answers what only an RN answers."""
    if not checklist.review_needed:
        return (policy.fault("V7-NONE", field="status"),)
    if credential not in REGISTERED:
        return (policy.fault("V7-WHO", field="status"),)
    if same_person(reviewer, checklist.author):
        return (policy.fault("V7-SELF", field="status"),)
    return completion_faults(sheet, policy, now=now)


def _link_id(key: str) -> str:
    return key.rpartition("/")[2].partition(":")[0]


def _answers(sheet: Sheet, policy: Policy) -> Iterator[Fault]:
    for issue in validate(sheet):
        if not stands_in_the_way(issue) or (issue.code == "business-rule" and _not_asked(sheet, issue.where)):
            continue
        item = sheet.definition.index.get(issue.link_id)
        if item is not None and item.from_application:
            continue  # signed when it is completed
        rules = {rule.id for rule in item.rules if rule.level == "block"} if item is not None else set()
        if issue.code == "required":
            rule = next((one for one in ("V1", "V13") if one in rules), "V4")
            yield policy.fault(rule, field=issue.where, what=issue.diagnostics)
        else:
            yield policy.fault("V16" if "V16" in rules else "V4-WRONG", field=issue.where, what=issue.diagnostics)


def _not_asked(sheet: Sheet, key: str) -> bool:
    # What is not asked any more is dropped when the checklist is completed, so it stands in nobody's way.
    node = sheet.find(key)
    return node is not None and not node.enabled


def _findings(sheet: Sheet, policy: Policy, now: dt.datetime | None) -> Iterator[Fault]:
    own = inside(sheet, now, policy) if now is not None else []
    for finding in [*findings(sheet), *own]:
        goto = sheet.find(finding.key) if finding in own else sheet.first(finding.goto)
        field = goto.key if goto is not None else ""
        if finding.level == "block":
            yield _named(policy.fault("V4-STOP", field=field, what=finding.text), finding)
        elif finding.level == "hard-warn" and not finding.reason:
            yield _named(policy.fault("V4-WHY", field=field, what=finding.title), finding)


def _named(fault: Fault, finding: Finding) -> Fault:
    # The words of a finding come with the form, so that its versions keep them; its rule is the one it names.
    return msgspec.structs.replace(fault, rule=finding.rule or fault.rule)


def edit_faults(checklist: Checklist, policy: Policy) -> tuple[Fault, ...]:
    """V6: a finished checklist is amended, never edited."""
    if checklist.status is ChecklistStatus.IN_PROGRESS:
        return ()
    return (policy.fault("V6", field="status"),)


def amendment_faults(
    checklist: Checklist, reason: str, existing: Checklist | None, policy: Policy
) -> tuple[Fault, ...]:
    """V6: only what is finished is amended, with a reason, and only its newest version."""
    if checklist.status not in FINISHED:
        return (policy.fault("V6-OPEN", field="status"),)
    if existing is not None:
        return (policy.fault("V6-NEWER", field="status"),)
    return () if reason.strip() else (policy.fault("V6-WHY", field="reason"),)
