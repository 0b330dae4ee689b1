"""The ground on which a topic may be discussed: OFF-1 to OFF-8."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.rules import package_fault, standing_fault
from liaison_desktop.msl.materials.record import LabelStatus, Product, ScientificTopic
from liaison_desktop.msl.visits.record import (
    COMMERCIAL,
    Direction,
    ExchangeBasis,
    PresentForOffLabel,
    Topic,
    Visit,
)
from liaison_desktop.msl.visits.rules.context import Context

_UNAPPROVED_BASES = frozenset(
    {
        ExchangeBasis.INVESTIGATIONAL_EXCHANGE,
        ExchangeBasis.UNSOLICITED_REQUEST,
        ExchangeBasis.STANDING_REQUEST,
        ExchangeBasis.TRIAL_OPERATIONAL,
    }
)
# Disease state and no product are refused as on-label is: they would hide what was discussed.
_NOT_OFF_LABEL = frozenset({None, ExchangeBasis.ON_LABEL, ExchangeBasis.DISEASE_STATE, ExchangeBasis.NON_PRODUCT})


# What follows from the label itself; the ground of an off-label or investigational topic is never answered in advance.
_PRESET = {
    LabelStatus.ON_LABEL: ExchangeBasis.ON_LABEL,
    LabelStatus.DISEASE_STATE: ExchangeBasis.DISEASE_STATE,
    LabelStatus.NON_PRODUCT: ExchangeBasis.NON_PRODUCT,
}


def row_of(topic: ScientificTopic, products: Mapping[uuid.UUID, Product]) -> Topic:
    """A topic of the taxonomy as a row of a visit, with the basis that follows from the label if one does."""
    product = products.get(topic.product_id) if topic.product_id else None
    return Topic(
        topic_id=topic.id,
        topic_name=topic.label,
        product_id=topic.product_id,
        product_name=product.name if product else "",
        label_status=topic.label_status.value if topic.label_status else "",
        exchange_basis=_PRESET.get(topic.label_status) if topic.label_status else None,
    )


def exchange_faults(visit: Visit, context: Context) -> Iterator[Fault]:
    """What is wrong with the basis of each topic, and with who heard it."""
    for number, topic in enumerate(visit.topics):
        path = f"topics.{number}."
        yield from _basis(topic, path, context)
        yield from _request(topic, path, context)
        yield from _cited(visit, topic, path, context)
        if topic.public_setting and context.is_off_label(topic):
            yield context.policy.fault("OFF-5", field=f"{path}public_setting")
    if any(context.is_off_label(topic) for topic in visit.topics):
        for number, present in enumerate(visit.attendees):
            if present.function in COMMERCIAL and present.present_for_offlabel is not PresentForOffLabel.NO:
                yield context.policy.fault("OFF-3", field=f"attendees.{number}.present_for_offlabel")


def _basis(topic: Topic, path: str, context: Context) -> Iterator[Fault]:
    field, basis = f"{path}exchange_basis", topic.exchange_basis
    product = context.product_of(topic)
    name = product.name if product else "This product"
    unapproved = context.is_unapproved(topic) or context.label_of(topic) is LabelStatus.INVESTIGATIONAL
    if basis is ExchangeBasis.SIUU and unapproved:
        yield context.policy.fault("OFF-6", field=field, product=name)
    elif unapproved and basis not in _UNAPPROVED_BASES:
        yield context.policy.fault("OFF-1b", field=field, product=name)
    elif context.label_of(topic) is LabelStatus.OFF_LABEL and basis in _NOT_OFF_LABEL:
        known = context.topics[topic.topic_id].label if topic.topic_id else topic.topic_name
        yield context.policy.fault("OFF-1", field=field, topic=known)
    elif basis is None:
        yield Fault(field=field, message="Choose the ground on which this was discussed.")


def _cited(visit: Visit, topic: Topic, path: str, context: Context) -> Iterator[Fault]:
    """What a topic rests on must hold on the day of the visit: a standing request, or a complete SIUU package."""
    on = (visit.start_at or context.now).astimezone(context.now.tzinfo).date()
    if topic.exchange_basis is ExchangeBasis.STANDING_REQUEST:
        field = f"{path}standing_request_id"
        request = context.requests.get(topic.standing_request_id) if topic.standing_request_id else None
        if request is None or request.person_id != visit.primary_person_id:
            yield Fault(field=field, message="Choose the doctor's standing request this rests on, or record one.")
        elif found := standing_fault(request, on, context.policy, field):
            yield found
    if topic.exchange_basis is ExchangeBasis.SIUU:
        package = context.packages.get(topic.siuu_id) if topic.siuu_id else None
        if found := package_fault(package, on, context.policy, f"{path}siuu_id", context.materials):
            yield found


def _request(topic: Topic, path: str, context: Context) -> Iterator[Fault]:
    if topic.exchange_basis is not ExchangeBasis.UNSOLICITED_REQUEST:
        return
    if topic.direction is not Direction.ASKED_BY_HCP:
        yield context.policy.fault("OFF-2", field=f"{path}direction")
    if len(topic.verbatim_question.strip()) < context.policy.number("verbatim_characters"):
        yield context.policy.fault("OFF-4", field=f"{path}verbatim_question")
