"""Standing requests that end soon, or ended lately and were not renewed, on Today."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence

from liaison_desktop.msl.inquiries.page import standing_chip
from liaison_desktop.msl.inquiries.queries import expiring, names_of
from liaison_desktop.msl.inquiries.record import StandingRequest
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item
from liaison_desktop.ui.parts import Part

_MOST = 4


def show_standing(desk: Desk, part: Part) -> None:
    """The card of what ends soon, the next end first; nothing when nothing does."""
    today = desk.today()
    soon = int(policy_of(desk.store).number("standing_notice_days"))
    found = expiring(desk.store, today, soon)
    shown = found[:_MOST]
    names = names_of(desk.store, shown) if shown else {}
    part.show_facts((found, names, soon, today), lambda: _card(desk, found, names, soon))


def _card(desk: Desk, found: Sequence[StandingRequest], names: Mapping[uuid.UUID, str], soon: int) -> tuple[Item, ...]:
    if not found:
        return ()
    shown = found[:_MOST]
    rows = [_row(desk, one, names.get(one.person_id, "Nobody") if one.person_id else "Nobody", soon) for one in shown]
    more = f"{_MOST} of {len(found)}" if len(found) > _MOST else str(len(found))
    return (list_card("Standing requests ending", *rows, right=more),)


def _row(desk: Desk, one: StandingRequest, name: str, soon: int) -> CardRow:
    until = plain_day(one.expires_on) if one.expires_on else ""
    facts = " · ".join(part for part in (one.title(), until) if part)
    return CardRow(name, facts, chip=standing_chip(one, desk.today(), soon), on_click=_opener(desk, one.id))


def _opener(desk: Desk, request_id: uuid.UUID) -> Callable[[], object]:
    return lambda: desk.open(StandingRequest.kind, request_id)
