"""Long lists read what is on the screen: days in order wherever somebody travelled, rows decoded by the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.inquiries.page import InquiriesPage
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Question, StandingRequest
from liaison_desktop.msl.safety.page import SafetyPage
from liaison_desktop.msl.safety.record import SafetyEvent, SafetyStatus
from liaison_desktop.msl.visits.page.visits_list import VisitsList
from liaison_desktop.msl.visits.queries import VisitFilter, visit_days
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.lists import PAGE
from tests.msl.builders import a_world

MANY = 4 * PAGE


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kind of every row that becomes a record from here on."""
    found: list[str] = []
    load = Store.load

    def counting(store: Store, kind: Any, row: Any) -> Any:
        found.append(kind.kind)
        return load(store, kind, row)

    monkeypatch.setattr(Store, "load", counting)
    return found


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_days_are_in_order_wherever_a_visit_was(msl_store: Store) -> None:
    """Tokyo's Thursday morning is Wednesday evening at home: the visits of one day stand together all the same."""
    starts = (
        "2026-11-19T07:00:00+09:00",  # 18 Nov 22:00 UTC
        "2026-11-18T16:30:00-06:00",  # 18 Nov 22:30 UTC
        "2026-11-19T08:00:00+09:00",  # 18 Nov 23:00 UTC
        "2026-11-18T17:30:00-06:00",  # 18 Nov 23:30 UTC
        "2026-11-17T09:00:00-06:00",
    )
    saved = [msl_store.save(Visit(start_at=at(one))) for one in starts]
    none = msl_store.save(Visit())
    rids, days = visit_days(msl_store, VisitFilter())
    order = {rid: number for number, rid in enumerate(sorted(rids))}
    assert [order[rid] for rid in rids] == [5, 2, 0, 3, 1, 4]
    assert days == ((0, ""), (1, "2026-11-19"), (3, "2026-11-18"), (5, "2026-11-17"))
    assert len({one.id for one in (*saved, none)}) == 6


def test_the_days_of_one_place_need_no_sorting(msl_store: Store) -> None:
    for day in (16, 18, 17, 18):
        msl_store.save(Visit(start_at=at(f"2026-11-{day}T09:00:00-06:00")))
    rids, days = visit_days(msl_store, VisitFilter())
    assert list(rids) == [4, 2, 3, 1]
    assert days == ((0, "2026-11-18"), (2, "2026-11-17"), (3, "2026-11-16"))


def test_what_was_read_is_not_read_again_before_a_save(msl_desk: Desk, qtbot: QtBot, decoded: list[str]) -> None:
    store = msl_desk.store
    visit = store.save(Visit(start_at=store.clock()))
    shown = VisitsList(msl_desk, lambda: None)
    qtbot.addWidget(shown)
    shown.show()
    shown.load()
    shown.grab()
    decoded.clear()
    shown.load(select=visit.id)
    shown.grab()
    assert decoded == []
    assert shown.view.current_key() == visit.id
    store.save(Visit(start_at=store.clock()))
    shown.load()
    shown.grab()
    assert decoded.count("visit") == 2
    assert shown.view.current_key() == visit.id


def test_a_page_of_inquiries_is_decoded_and_no_more(msl_desk: Desk, qtbot: QtBot, decoded: list[str]) -> None:
    store = msl_desk.store
    world = a_world(store)
    with store.transaction() as transaction:
        for n in range(MANY):
            asked = (Question(verbatim=f"Can I start {n} mg?"),)
            transaction.save(
                MedicalInquiry(
                    number=f"MI-{n:04}",
                    person_id=world.person.id,
                    received_at=store.clock() - dt.timedelta(days=n),
                    questions=asked,
                    status=InquiryStatus.SUBMITTED,
                )
            )
            transaction.save(StandingRequest(person_id=world.person.id, subject=f"Interest {n}"))
    decoded.clear()
    page = InquiriesPage(msl_desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.list.grab()
    assert 0 < decoded.count("medical_inquiry") <= PAGE + 1
    assert decoded.count("standing_request") <= PAGE
    wanted = store.all(StandingRequest)[0]
    page.show_record(wanted.id)
    assert page.list.view.current_key() == wanted.id
    page.list.search.setText("Interest 77")
    page.list.fill()
    rows = page.list.view.rows
    held = [rows.content(place) for place in range(rows.rowCount())]
    assert [one if isinstance(one, str) else one.facts.split(" · ")[0] for one in held[:2]] == [
        "Standing requests",
        "Interest 77",
    ]


def test_a_page_of_reports_is_decoded_and_no_more(msl_desk: Desk, qtbot: QtBot, decoded: list[str]) -> None:
    store = msl_desk.store
    now = store.clock()
    with store.transaction() as transaction:
        for n in range(MANY):
            running = n in (3, 5)
            transaction.save(
                SafetyEvent(
                    number=f"SE-T-{n:04}",
                    description="Stopped after severe itching.",
                    captured_at=now,
                    aware_at=now,
                    due_at=now + dt.timedelta(days=1),
                    status=SafetyStatus.CAPTURED if running else SafetyStatus.CLOSED,
                    handed_over_at=None if running else now,
                )
            )
    decoded.clear()
    page = SafetyPage(msl_desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.view.grab()
    assert 0 < decoded.count("safety_event") <= 2 * PAGE
    rows = page.view.rows
    held = [rows.content(place) for place in range(6)]
    assert [one if isinstance(one, str) else one.title for one in held] == [
        "Not handed over",
        "SE-T-0005",
        "SE-T-0003",
        "Handed over",
        f"SE-T-{MANY - 1:04}",
        f"SE-T-{MANY - 2:04}",
    ]
