"""Which materials may be used in a visit, and whether efficacy was balanced: MAT-1 to MAT-3, FB-1."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.materials.record import Material, MaterialKind, Use
from liaison_desktop.msl.materials.rules import version_fault
from liaison_desktop.msl.visits.record import (
    PROACTIVE,
    Direction,
    ExchangeBasis,
    MaterialUse,
    Topic,
    Visit,
    VisitKind,
)
from liaison_desktop.msl.visits.rules.context import Context, local

_ASKED = frozenset({ExchangeBasis.UNSOLICITED_REQUEST, ExchangeBasis.STANDING_REQUEST})
_IN_REPLY = frozenset({Use.REACTIVE_ONLY, Use.ON_REQUEST})


def material_faults(visit: Visit, context: Context) -> Iterator[Fault]:
    """What is wrong with the materials of a visit. A row that is only written down is nobody's version."""
    for number, row in enumerate(visit.materials):
        material = context.materials.get(row.material_id) if row.material_id else None
        if material is None:
            continue
        field = f"materials.{number}.title"
        yield from _standing(row, material, field, visit, context)
        if material.use is Use.INTERNAL_ONLY and visit.visit_kind is not VisitKind.INTERNAL_TRAINING:
            yield context.policy.fault("MAT-3", field=field, title=material.title())
        if material.use in _IN_REPLY and any(_proactive(one, visit) for one in _about(material, visit, context)):
            yield context.policy.fault("MAT-2", field=field, title=material.title())


def balance_faults(visit: Visit, context: Context) -> Iterator[Fault]:
    """A topic about what a medicine does, with nothing said about its safety and no label given: FB-1."""
    if _label_given(visit, context) or any(
        one.exchange_basis is ExchangeBasis.SAFETY_INFORMATION for one in visit.topics
    ):
        return
    for number, topic in enumerate(visit.topics):
        if topic.fair_balance is None and _speaks_of_efficacy(topic, context):
            yield context.policy.fault("FB-1", field=f"topics.{number}.fair_balance")


def _standing(row: MaterialUse, material: Material, field: str, visit: Visit, context: Context) -> Iterator[Fault]:
    day = local(visit.start_at, context.now).date() if visit.start_at else context.now.date()
    if found := version_fault(material, row.version_id, day, context.policy, field):
        yield found


def _about(material: Material, visit: Visit, context: Context) -> list[Topic]:
    """The topics of the visit a material speaks of: its own, else those of its product, else all."""
    own = [one for one in visit.topics if material.topic_id and one.topic_id == material.topic_id]
    return own or [one for one in visit.topics if _same_product(one, material, context)] or list(visit.topics)


def _same_product(topic: Topic, material: Material, context: Context) -> bool:
    product = context.product_of(topic)
    return product is not None and product.id == material.product_id


def _proactive(topic: Topic, visit: Visit) -> bool:
    """Whether a topic came from us. As long as nobody said who raised it, who started the visit counts."""
    if topic.direction is not None:
        return topic.direction is Direction.RAISED_BY_MSL
    return topic.exchange_basis not in _ASKED and visit.initiated_by in PROACTIVE


def _label_given(visit: Visit, context: Context) -> bool:
    given = (context.materials.get(row.material_id) for row in visit.materials if row.material_id)
    labels = any(one is not None and one.material_kind is MaterialKind.LABEL for one in given)
    return labels or any(row.label_included for row in visit.materials)


def _speaks_of_efficacy(topic: Topic, context: Context) -> bool:
    if context.product_of(topic) is None:
        return False
    # Blanks around, so that a word of the list begins a word of the text.
    said = f" {plain(' '.join((topic.topic_name, topic.verbatim_question, topic.answer_given)))}"
    return any(f" {plain(word)}" in said for word in context.policy.words("efficacy"))
