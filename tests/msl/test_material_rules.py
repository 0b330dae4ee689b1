"""MAT-1, MAT-2, MAT-3 and FB-1: each refusing or warning, and each silent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.errors import Severity
from liaison_desktop.msl.materials.record import (
    LabelStatus,
    Lifecycle,
    Material,
    MaterialKind,
    MaterialVersion,
    Product,
    ScientificTopic,
    Use,
    VersionStatus,
)
from liaison_desktop.msl.visits.record import (
    Direction,
    ExchangeBasis,
    FairBalance,
    InitiatedBy,
    MaterialUse,
    Topic,
    Visit,
    VisitKind,
)
from liaison_desktop.msl.visits.rules import Context, visit_faults
from liaison_desktop.policies import load_policy
from tests.fakes import TODAY

DAY = TODAY.date()
PRODUCT = Product(name="Velacor", lifecycle=Lifecycle.APPROVED)
TOPIC = ScientificTopic(label="Dosing", product_id=PRODUCT.id, label_status=LabelStatus.ON_LABEL)
OTHER = ScientificTopic(label="Staging", label_status=LabelStatus.DISEASE_STATE)
VERSION = MaterialVersion(
    number="2",
    approval_ref="A1",
    approved_on=DAY - dt.timedelta(days=90),
    expires_on=DAY + dt.timedelta(days=90),
    sha256="00",
)


def a_material(use: Use = Use.PROACTIVE, **changed: Any) -> Material:
    version = (
        VERSION
        if not changed
        else MaterialVersion(**{**{n: getattr(VERSION, n) for n in VERSION.__struct_fields__}, **changed})
    )
    return Material(
        name="Dosing letter", material_kind=MaterialKind.LEAFLET, use=use, topic_id=TOPIC.id, versions=(version,)
    )


def found(material: Material, *rows: Topic, days_ago: int = 0, **visit: Any) -> list[tuple[str, str, str]]:
    """The rules of materials that a visit with this material breaks, with field and words."""
    made = Visit(
        start_at=TODAY - dt.timedelta(days=days_ago, hours=1),
        topics=rows or (Topic(topic_id=TOPIC.id, topic_name="Dosing", direction=Direction.ASKED_BY_HCP),),
        materials=(
            MaterialUse(title=material.name, material_id=material.id, version_id=material.versions[0].id, number="2"),
        ),
        **visit,
    )
    context = Context(
        now=TODAY,
        policy=load_policy("msl"),
        topics={TOPIC.id: TOPIC, OTHER.id: OTHER},
        products={PRODUCT.id: PRODUCT},
        materials={material.id: material},
    )
    faults = visit_faults(made, context)
    return [(one.rule, one.field, one.message) for one in faults if one.rule[:3] in ("MAT", "FB-")]


def test_mat_1_refuses_a_version_that_had_expired_on_the_day() -> None:
    expired = a_material(expires_on=dt.date(2026, 11, 10))
    assert found(expired) == [
        (
            "MAT-1",
            "materials.0.title",
            "Dosing letter v2 expired 10 Nov 2026. Choose the current version or remove it.",
        )
    ]
    assert load_policy("msl").rules["MAT-1"].severity is Severity.REFUSE
    # On its last day, and for a visit before it, it still held.
    assert found(a_material(expires_on=DAY)) == []
    assert found(expired, days_ago=9) == []


def test_mat_1_refuses_a_withdrawn_version_from_that_day_on() -> None:
    gone = a_material(status=VersionStatus.WITHDRAWN, withdrawn_on=dt.date(2026, 11, 17), withdrawn_reason="wrong")
    ((rule, _field, words),) = found(gone)
    assert (rule, words) == (
        "MAT-1b",
        "Dosing letter v2 was withdrawn 17 Nov 2026. Choose the current version or remove it.",
    )
    assert found(gone, days_ago=3) == []


def test_mat_2_refuses_reply_material_on_a_topic_we_raised() -> None:
    raised = Topic(topic_id=TOPIC.id, direction=Direction.RAISED_BY_MSL)
    asked = Topic(topic_id=TOPIC.id, direction=Direction.ASKED_BY_HCP)
    elsewhere = Topic(topic_id=OTHER.id, direction=Direction.RAISED_BY_MSL)
    for use in (Use.REACTIVE_ONLY, Use.ON_REQUEST):
        ((rule, _field, words),) = found(a_material(use), raised)
        assert (rule, words) == ("MAT-2", "Dosing letter may only be used in reply to a request.")
        assert found(a_material(use), asked) == []
        # Another topic of the same visit may well be ours.
        assert found(a_material(use), asked, elsewhere) == []
    assert found(a_material(Use.PROACTIVE), raised) == []


def test_mat_2_looks_at_who_started_while_nobody_said_who_raised_it() -> None:
    silent = Topic(topic_id=TOPIC.id)
    request = Topic(topic_id=TOPIC.id, exchange_basis=ExchangeBasis.UNSOLICITED_REQUEST)
    ours, theirs = {"initiated_by": InitiatedBy.MSL_PROACTIVE}, {"initiated_by": InitiatedBy.HCP_REQUEST}
    assert [one[0] for one in found(a_material(Use.REACTIVE_ONLY), silent, **ours)] == ["MAT-2"]
    assert found(a_material(Use.REACTIVE_ONLY), silent, **theirs) == []
    assert found(a_material(Use.REACTIVE_ONLY), request, **ours) == []


def test_mat_3_refuses_internal_material_but_not_at_a_training() -> None:
    assert [one[0] for one in found(a_material(Use.INTERNAL_ONLY))] == ["MAT-3"]
    assert found(a_material(Use.INTERNAL_ONLY), visit_kind=VisitKind.INTERNAL_TRAINING) == []


def test_fb_1_warns_of_efficacy_without_balance_and_blocks_nothing() -> None:
    efficacy = {
        "topic_id": TOPIC.id,
        "direction": Direction.ASKED_BY_HCP,
        "answer_given": "Response rates of the trial.",
    }
    ((rule, field, words),) = found(a_material(), Topic(**efficacy))
    assert (rule, field) == ("FB-1", "topics.0.fair_balance")
    assert words == "Balance: did you cover safety or give the label?"
    assert load_policy("msl").rules["FB-1"].severity is Severity.WARN


@pytest.mark.parametrize(
    "change",
    [
        {"fair_balance": FairBalance.SAFETY_DISCUSSED},
        {"fair_balance": FairBalance.NOT_APPLICABLE},
        {"answer_given": "Asked about irresponsive dosing."},
        {"topic_id": OTHER.id},
        {"exchange_basis": ExchangeBasis.SAFETY_INFORMATION},
    ],
)
def test_fb_1_is_silent(change: dict[str, Any]) -> None:
    row = {"topic_id": TOPIC.id, "direction": Direction.ASKED_BY_HCP, "answer_given": "Response rates.", **change}
    assert found(a_material(), Topic(**row)) == []


def test_fb_1_is_silent_when_the_label_was_given() -> None:
    row = Topic(topic_id=TOPIC.id, direction=Direction.ASKED_BY_HCP, answer_given="Response rates.")
    label = Material(name="Label", material_kind=MaterialKind.LABEL, use=Use.PROACTIVE, versions=(VERSION,))
    assert found(label, row) == []


def test_a_row_that_is_only_written_down_raises_nothing() -> None:
    from liaison_desktop.records import from_bytes

    old = from_bytes(
        Visit, b'{"id":"01938000-0000-7000-8000-000000000000","materials":[{"title":"Renal deck, version 3.1"}]}'
    )
    assert old.materials == (MaterialUse(title="Renal deck, version 3.1"),)
    context = Context(now=TODAY, policy=load_policy("msl"), topics={}, products={})
    assert not [one for one in visit_faults(old, context) if one.rule.startswith("MAT")]


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text(max_size=20), st.text())
def test_no_text_makes_a_rule_raise(name: str, number: str, said: str) -> None:
    from msgspec.structs import replace

    material = replace(a_material(Use.REACTIVE_ONLY, number=number, expires_on=DAY - dt.timedelta(days=1)), name=name)
    found(material, Topic(topic_id=TOPIC.id, topic_name=said, answer_given=said, verbatim_question=name))
