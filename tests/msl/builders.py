"""A small world of the medical science workspace: one person at one place, products, topics, and a visit that may be submitted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.msl.directory.actions import save_person
from liaison_desktop.msl.directory.record import Affiliation, Institution, InstitutionKind, Person, PersonType
from liaison_desktop.msl.materials.actions import save_taxonomy
from liaison_desktop.msl.materials.record import LabelStatus, Lifecycle, Product, ScientificTopic
from liaison_desktop.msl.visits.record import (
    Channel,
    Direction,
    ExchangeBasis,
    Heard,
    InitiatedBy,
    Topic,
    Visit,
)

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class World(msgspec.Struct, frozen=True):
    """What `a_world` saved."""

    person: Person
    place: Institution
    approved: Product
    investigational: Product
    on_label: ScientificTopic
    off_label: ScientificTopic
    pipeline: ScientificTopic
    disease: ScientificTopic


def a_person(**changes: Any) -> Person:
    """A hepatologist."""
    person = Person(
        prefix="Dr.",
        first_name="Hannah",
        last_name="Okonkwo",
        person_type=PersonType.PHYSICIAN,
        specialty="Hepatology",
    )
    return msgspec.structs.replace(person, **changes)


def a_world(store: Store) -> World:
    """One person, one place, two products and four topics, saved."""
    place = store.save(
        Institution(name="Northlake University Hospital", institution_kind=InstitutionKind.ACADEMIC_MEDICAL_CENTER)
    )
    person = save_person(store, a_person(), [Affiliation(institution_id=place.id, is_primary=True)])
    approved = Product(name="Velacor", lifecycle=Lifecycle.APPROVED)
    pipeline = Product(name="HB-204", lifecycle=Lifecycle.INVESTIGATIONAL)
    topics = (
        ScientificTopic(code="start", label="Starting dose", product_id=approved.id, label_status=LabelStatus.ON_LABEL),
        ScientificTopic(
            code="dosing", label="Renal dosing", product_id=approved.id, label_status=LabelStatus.OFF_LABEL
        ),
        ScientificTopic(
            code="harbor", label="Trial HARBOR-2", product_id=pipeline.id, label_status=LabelStatus.INVESTIGATIONAL
        ),
        ScientificTopic(code="itch", label="Itch as a goal", label_status=LabelStatus.DISEASE_STATE),
    )
    save_taxonomy(store, (approved, pipeline), topics)
    return World(person, place, approved, pipeline, *topics)


def a_visit(world: World, start: dt.datetime, **changes: Any) -> Visit:
    """A visit of that start which nothing stands against, once the start has passed."""
    visit = Visit(
        primary_person_id=world.person.id,
        institution_id=world.place.id,
        channel=Channel.IN_PERSON,
        start_at=start,
        initiated_by=InitiatedBy.HCP_REQUEST,
        topics=(
            Topic(
                topic_id=world.on_label.id,
                exchange_basis=ExchangeBasis.ON_LABEL,
                direction=Direction.ASKED_BY_HCP,
            ),
        ),
        ae_heard=Heard.NO,
    )
    return msgspec.structs.replace(visit, **changes)
