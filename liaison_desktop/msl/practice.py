"""Fills a new store with invented people, places and visits, so that one can try everything without real records."""

from __future__ import annotations

import datetime
import tomllib
import uuid
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.msl.directory.record import (
    Affiliation,
    AffiliationRole,
    ContactChannel,
    Credential,
    Institution,
    InstitutionKind,
    KnownOrNot,
    Person,
    PersonType,
    ScientificRole,
    ScientificTier,
)
from liaison_desktop.msl.materials.record import LabelStatus, Lifecycle, Material, Product, ScientificTopic
from liaison_desktop.msl.visits.record import (
    Channel,
    Depth,
    Direction,
    ExchangeBasis,
    FollowUp,
    FollowUpKind,
    FollowUpStatus,
    Heard,
    InitiatedBy,
    MaterialUse,
    Outcome,
    Topic,
    Visit,
    VisitKind,
)
from liaison_desktop.paths import resource

if TYPE_CHECKING:
    from liaison_desktop.store import Store

MARK = "Practice record, invented"


def fill(store: Store) -> None:
    """Save the practice records of `resources/practice/msl.toml`, their days counted back from the store's clock."""
    from liaison_desktop.msl.inquiries.actions.practice import fill_inquiries
    from liaison_desktop.msl.insights.actions.practice import fill_insights
    from liaison_desktop.msl.materials.actions import save_practice, save_taxonomy
    from liaison_desktop.msl.safety.actions.practice import fill_reports

    content = tomllib.loads(resource("practice", "msl.toml").read_text(encoding="utf-8"))
    products = {one["key"]: _product(one) for one in content["products"]}
    topics = {one["code"]: _topic(one, products) for one in content["topics"]}
    save_taxonomy(store, products.values(), topics.values())
    save_practice(store, content["materials"], products, topics)
    places = [_institution(one) for one in content["institutions"]]
    people = {one["name"][2]: _person(one) for one in content["people"]}
    with store.transaction("practice records") as transaction:
        for place in places:
            transaction.save(place)
        for one in content["people"]:
            person = transaction.save(people[one["name"][2]])
            transaction.save(_work(one, person, places[one["place"]]))
    homes = {one["name"][2]: places[one["place"]].id for one in content["people"]}
    for one in sorted(content["visits"], key=lambda visit: -visit["days_ago"]):
        _record(store, one, people[one["person"]], homes[one["person"]], topics)
    fill_inquiries(
        store, {name: one.id for name, one in people.items()}, {code: one.id for code, one in topics.items()}
    )
    fill_insights(store, {name: one.id for name, one in people.items()}, {code: one.id for code, one in topics.items()})
    fill_reports(store, {name: one.id for name, one in people.items()})


def _product(one: dict[str, Any]) -> Product:
    return Product(
        name=one["name"], generic=one["generic"], therapeutic_area=one["area"], lifecycle=Lifecycle(one["lifecycle"])
    )


def _topic(one: dict[str, Any], products: dict[str, Product]) -> ScientificTopic:
    status = LabelStatus(one["status"])
    return ScientificTopic(
        code=one["code"],
        label=one["label"],
        product_id=products[one["product"]].id if one["product"] else None,
        label_status=status,
        proactive_allowed=status in (LabelStatus.ON_LABEL, LabelStatus.DISEASE_STATE, LabelStatus.NON_PRODUCT),
    )


def _institution(one: dict[str, Any]) -> Institution:
    return Institution(
        name=one["name"],
        institution_kind=InstitutionKind(one["kind"]),
        city=one["city"],
        region=one["region"],
        is_teaching_hospital=KnownOrNot(one["teaching"]),
        access_policy=one["access"],
        access_note=MARK,
    )


def _person(one: dict[str, Any]) -> Person:
    prefix, first, last = one["name"]
    return Person(
        prefix=prefix,
        first_name=first,
        last_name=last,
        person_type=PersonType(one["type"]),
        credential=tuple(Credential(letter) for letter in one["letters"]),
        specialty=one["specialty"],
        kol_tier=ScientificTier(one["reach"]),
        kol_roles=tuple(ScientificRole(role) for role in one["roles"]),
        is_investigator="trial_investigator" in one["roles"],
        is_formulary_member=KnownOrNot(one["formulary"]),
        preferred_channel=ContactChannel(one["prefers"]),
        scientific_summary=MARK,
    )


def _work(one: dict[str, Any], person: Person, place: Institution) -> Affiliation:
    return Affiliation(
        person_id=person.id, institution_id=place.id, role=AffiliationRole(one["role"]), is_primary=True, source=MARK
    )


def _record(
    store: Store, one: dict[str, Any], person: Person, home: uuid.UUID, topics: dict[str, ScientificTopic]
) -> None:
    from liaison_desktop.msl.visits.actions import save_visit, submit_visit

    now = store.clock()
    day = _workday(now, -one["days_ago"])
    start = day.replace(hour=int(one["at"][:2]), minute=int(one["at"][3:]), second=0, microsecond=0)
    visit = Visit(
        primary_person_id=person.id,
        institution_id=home if one["channel"] == "in_person" else None,
        place_note=one["room"],
        visit_kind=VisitKind(one["kind"]),
        channel=Channel(one["channel"]),
        initiated_by=InitiatedBy(one["started_by"]),
        start_at=start,
        duration_min=one["minutes"],
        notes=one["notes"],
        ae_heard=Heard(one["heard"]),
        outcome=Outcome(one["outcome"]) if one["outcome"] else None,
        topics=tuple(_row(row, topics) for row in one["topics"]),
        materials=tuple(_material(store, title) for title in one["materials"]),
        follow_ups=tuple(_follow_up(row, now) for row in one.get("follow_ups", ())),
        late_reason=MARK if (now - day).days > 7 else "",
    )
    # A practice store made early in the morning must not submit what has not happened yet.
    if one["submit"] and start < now:
        submit_visit(store, visit)
    else:
        save_visit(store, visit)


def _workday(now: datetime.datetime, days: int) -> datetime.datetime:
    """So many days from now, moved off a weekend away from today; today itself stays, so that its page is never empty."""
    day = now + datetime.timedelta(days=days)
    off = day.weekday() - 4  # days behind Friday
    if days == 0 or off <= 0:
        return day
    return day + datetime.timedelta(days=3 - off if days > 0 else -off)


def _row(one: dict[str, Any], topics: dict[str, ScientificTopic]) -> Topic:
    return Topic(
        topic_id=topics[one["code"]].id,
        exchange_basis=ExchangeBasis(one["basis"]) if one["basis"] else None,
        direction=Direction(one["direction"]) if one["direction"] else None,
        verbatim_question=one["question"],
        answer_given=one["answer"],
        depth=Depth(one["depth"]) if one["depth"] else None,
    )


def _material(store: Store, title: str) -> MaterialUse:
    for material in store.all(Material):
        for version in material.versions:
            if title == f"{material.name}, {version.number}":
                return MaterialUse(
                    title=material.name, material_id=material.id, version_id=version.id, number=version.number
                )
    return MaterialUse(title=title)


def _follow_up(one: dict[str, Any], now: datetime.datetime) -> FollowUp:
    row = FollowUp(
        text=one["text"],
        due_on=_workday(now, one["due_in"]).date(),
        promised_to_hcp=one["promised"],
        kind=FollowUpKind(one["kind"]),
    )
    return msgspec.structs.replace(row, status=FollowUpStatus.DONE, done_at=now) if one["done"] else row
