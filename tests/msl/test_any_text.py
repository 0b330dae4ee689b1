"""No text makes a rule of the workspace raise: every text field of every kind holds it, and every rule is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.errors import Fault
from liaison_desktop.interop.table import Table, TableRow
from liaison_desktop.msl.directory.queries import Known
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.directory.rules import candidate, duplicates, guess, likeness, person_faults, split_name
from liaison_desktop.msl.inquiries.actions import check_inquiry
from liaison_desktop.msl.inquiries.record import MedicalInquiry, Response, StandingRequest
from liaison_desktop.msl.inquiries.rules import Context as Asking
from liaison_desktop.msl.inquiries.rules import ReplyContext, before_submission, reply_faults
from liaison_desktop.msl.insights.actions import check_insight
from liaison_desktop.msl.insights.record import Insight, InsightFeedback, InsightStatus
from liaison_desktop.msl.insights.rules import feedback_faults, feedback_rows, priority_rows, sentence_at
from liaison_desktop.msl.materials.record import Material, Product, ScientificTopic
from liaison_desktop.msl.materials.rules import clean_name, ending_of, material_faults, product_faults, topic_faults
from liaison_desktop.msl.report.rules import words_of
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.safety.rules import begun_about, criteria, missing_faults
from liaison_desktop.msl.visits.actions import check_visit
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.visits.rules import is_visit_line, proposals, understand
from liaison_desktop.msl.workspace import KINDS
from liaison_desktop.policies import load_policy
from liaison_desktop.policies.guarding import identity_faults
from liaison_desktop.policies.identity import identities, reworded
from liaison_desktop.policies.radar import scan
from liaison_desktop.records import Record, Row, fields_of, new_id
from liaison_desktop.store import Store
from tests.fakes import TODAY

POLICY = load_policy("msl")
DAY = TODAY.date()
# Words of the rules themselves lie between whatever else there is, so that texts come near them.
HINTS = ["Mrs ", "patient ", "?", "DOB ", " 1/2/60", "no ", "rash ", "best ", "I will send ", " by fri", "\x00", "\ud800", "İ", "ß", "𝒶", "{x}", "%", "“"]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.one_of(st.sampled_from(HINTS), st.text(max_size=6)), max_size=25).map("".join),
)


def filled(kind: type[Any], text: str) -> Any:
    """A record of that kind, or a row, whose every text is this one; each of its lists has one row."""
    values: dict[str, Any] = {}
    for spec in fields_of(kind):
        if spec.type is str:
            values[spec.name] = (text,) if spec.many else text
        elif isinstance(spec.type, type) and issubclass(spec.type, Row) and spec.name != "signature":
            row = filled(spec.type, text)
            values[spec.name] = (row,) if spec.many else row
        elif spec.type is dt.datetime and not spec.many:
            values[spec.name] = TODAY - dt.timedelta(hours=1)
    return kind(**values)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_the_rules_of_records_take_any_text(msl_store: Store, text: str) -> None:
    for kind in KINDS:
        record = filled(kind, text)
        found: list[Fault] = [*record.faults(), *identity_faults(record, POLICY)]
        assert all(fault.message for fault in found)
        record.guard(kind()), record.guard_removal(), record.title(), record.facts()
        begun_about(record, TODAY)
    check_visit(msl_store, filled(Visit, text))
    check_insight(msl_store, filled(Insight, text))
    feedback = filled(InsightFeedback, text)
    feedback_faults(feedback, msgspec.structs.replace(filled(Insight, text), status=InsightStatus.SUBMITTED))
    inquiry = filled(MedicalInquiry, text)
    check_inquiry(msl_store, inquiry)
    before_submission(inquiry, Asking(now=TODAY, policy=POLICY, person=filled(Person, text)))
    reply = msgspec.structs.replace(filled(Response, text), question_id=inquiry.questions[0].id)
    reply_faults(inquiry, reply, ReplyContext(now=TODAY, policy=POLICY))


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_the_rules_of_people_and_things_take_any_text(text: str) -> None:
    person = filled(Person, text)
    known = Known(id=new_id(), name=text, place=text)
    person_faults(person, POLICY), duplicates(person, text, [known], POLICY), likeness(text, text, known)
    split_name(text), words_of(person), guess([text])
    candidate(1, [text], {"full_name": 0, "scientific_summary": 0}, POLICY)
    topic, product, material = filled(ScientificTopic, text), filled(Product, text), filled(Material, text)
    topic_faults(topic, [filled(ScientificTopic, text)]), product_faults(product, [filled(Product, text)])
    material_faults(material, DAY), clean_name(text), ending_of(text)
    event = filled(SafetyEvent, text)
    criteria(event), missing_faults(event, POLICY)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, place=st.integers(-5, 200))
def test_what_reads_a_text_takes_any(text: str, place: int) -> None:
    proposals(text, DAY, POLICY), is_visit_line(text), sentence_at(text, place)
    understand(f"v {text}", TODAY, lambda _name: (), ())
    rows = Table(headers=("number", "status", text), rows=(TableRow(2, (text, text, text)),))
    feedback_rows(rows, lambda _number: None), priority_rows(rows, lambda _name: None)
    known: dict[Any, Any] = {}
    for found in (*scan(text), *scan(text, known=known), *identities(text)):
        assert text[found.start : found.end] == found.words
        reworded(text, found)


@settings(max_examples=150, deadline=None)
@given(first=TEXTS, second=TEXTS)
def test_a_text_that_is_typed_on_is_read_as_if_it_were_new(first: str, second: str) -> None:
    known: dict[Any, Any] = {}
    scan(first, products=("Velacor",), known=known)
    for text in (f"{first} {second}", f"{second}. {first}", first):
        assert scan(text, products=("Velacor",), known=known) == scan(text, products=("Velacor",))


def test_every_kind_is_among_them() -> None:
    assert {Visit, Insight, MedicalInquiry, StandingRequest, SafetyEvent, Person} <= set(KINDS)
    assert all(issubclass(kind, Record) for kind in KINDS)
