"""V38: by what right somebody decides for the patient, and in what order those around the patient come."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

import msgspec

from liaison_desktop.clinical.patients.record import AuthorityBasis, PersonRole, RelatedPerson
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


class Decider(msgspec.Struct, frozen=True, kw_only=True):
    """One who may decide, in their place: who, by what right, and what is missing; `person` is None for the patient."""

    words: str
    basis: str
    person: RelatedPerson | None = None
    missing: str = ""

    @property
    def id(self) -> uuid.UUID | None:
        """The person's id."""
        return self.person.id if self.person is not None else None


def representative_faults(
    *,
    name: str,
    relationship: str,
    basis: AuthorityBasis | None,
    seen: bool | None,
    objects: bool | None,
    policy: Policy,
) -> Iterator[Fault]:
    """V38 for whoever decides in the patient's place; `field` is named as a consent names it.

    Without a right nobody decides; a document that nobody has seen, and the patient's objection, need a reason.
    """
    for field, missing, what in (
        ("representative_name", not name.strip(), "The representative's name"),
        ("representative_relationship", not relationship.strip(), "The relation to the patient"),
        ("authority_basis", basis is None, "The right by which they decide"),
        ("document_seen", seen is None, "Your answer, whether the document was seen,"),
        ("patient_objects", objects is None, "Your answer, whether the patient objects,"),
    ):
        if missing:
            yield policy.fault("V38", field=field, what=what)
    if seen is False:
        yield policy.fault("V38-PAPER", field="document_seen")
    if objects:
        yield policy.fault("V38-OBJECTS", field="patient_objects")


# What a consent calls it, and what the person around the patient calls it.
_FIELDS = {
    "representative_name": "name",
    "representative_relationship": "relationship",
    "document_seen": "authority_seen_on",
}


def authority_faults(person: RelatedPerson, policy: Policy) -> tuple[Fault, ...]:
    """V38 for a person around the patient who is to decide, beside the fields of that person."""
    found = [
        msgspec.structs.replace(fault, field=_FIELDS.get(fault.field, fault.field))
        for fault in representative_faults(
            name=person.name,
            relationship=person.relationship.label if person.relationship is not None else "",
            basis=person.authority_basis,
            seen=person.authority_seen_on is not None,
            objects=person.patient_objects,
            policy=policy,
        )
    ]
    if person.authority_seen_on is not None and not person.authority_seen_by.strip():
        found.append(policy.fault("V38-SEEN-BY", field="authority_seen_by"))
    if person.patient_objects and not person.objection.strip():
        found.append(policy.fault("V38-OBJECTION", field="objection"))
    return tuple(found)


_ROLES = {
    PersonRole.GUARDIAN: AuthorityBasis.GUARDIAN,
    PersonRole.HEALTH_CARE_AGENT: AuthorityBasis.HCPOA,
    PersonRole.LEGAL_REPRESENTATIVE: None,
}


def in_order(people: Iterable[RelatedPerson], policy: Policy) -> tuple[Decider, ...]:
    """Who decides, in order: the patient; guardian and agent; then surrogates as the facility's state has them.

    The order is data of the facility (`deciders`, `surrogates`): states differ, and a court may have said otherwise.
    """
    ranks = {code: place for place, code in enumerate(policy.words("deciders"))}
    kin = {code: place for place, alike in enumerate(policy.words("surrogates")) for code in alike.split()}
    held: list[tuple[int, int, int, RelatedPerson]] = []
    for place, person in enumerate(people):
        right = _right(person)
        if right is None and not person.decides:
            continue
        relation = kin.get(person.relationship.value, len(kin)) if person.relationship is not None else len(kin)
        rank = ranks.get(right.value, len(ranks)) if right is not None else len(ranks) + 1
        held.append((rank, relation, place, person))
    found = [
        Decider(words="The patient", basis="decides, unless a practitioner determined otherwise for this decision")
    ]
    found += [_decider(person) for *_order, person in sorted(held, key=lambda each: each[:3])]
    return tuple(found)


def _right(person: RelatedPerson) -> AuthorityBasis | None:
    if person.authority_basis is not None:
        return person.authority_basis
    return next((_ROLES[role] for role in person.roles if _ROLES.get(role) is not None), None)


def _decider(person: RelatedPerson) -> Decider:
    right = _right(person)
    if person.authority_basis is None:
        named = f"named as {right.label.lower()}" if right is not None else "named as one who decides"
        return Decider(words=person.text(), basis=named, person=person, missing="no right recorded")
    paper = "" if person.authority_seen_on is not None else "paper not seen"
    return Decider(
        words=person.text(),
        basis=person.authority_basis.label,
        person=person,
        missing="the patient objects" if person.patient_objects else paper,
    )
