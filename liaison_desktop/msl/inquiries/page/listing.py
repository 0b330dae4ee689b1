"""The rows of the list: inquiries by state, standing requests, SIUU packages; and how many there are of each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from liaison_desktop.msl.inquiries.page.looks import (
    STATES,
    Wanted,
    inquiry_row,
    matches,
    package_row,
    standing_row,
)
from liaison_desktop.msl.inquiries.queries import inquiries, names_of, packages, standing_requests
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.lists import ListRow

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_CAPTIONS = {
    Wanted.SUBMIT: "To submit",
    Wanted.WAIT: "Waiting for the answer",
    Wanted.OVER: "Delivered and ended",
    Wanted.STANDING: "Standing requests",
    Wanted.PACKAGES: "SIUU packages",
}

Groups = dict[Wanted, list[ListRow]]


def groups_of(store: Store, today: datetime.date) -> Groups:
    """Everything, sorted into what the filters name."""
    asked, standing = inquiries(store), standing_requests(store)
    soon = int(policy_of(store).number("standing_notice_days"))
    names = names_of(store, standing)
    groups = {
        wanted: [inquiry_row(one, today) for one in asked if one.status in states] for wanted, states in STATES.items()
    }
    groups[Wanted.STANDING] = [
        standing_row(one, names.get(one.person_id, "Nobody") if one.person_id else "Nobody", today, soon)
        for one in standing
    ]
    groups[Wanted.PACKAGES] = [package_row(one) for one in packages(store).values()]
    return groups


def rows_of(groups: Groups, wanted: Wanted | None, typed: str) -> list[ListRow | str]:
    """The rows that fit the filter and the words, under their captions."""
    rows: list[ListRow | str] = []
    for group, held in groups.items():
        fits = [one for one in held if matches(one, typed)]
        if fits and wanted in (None, group):
            rows += [_CAPTIONS[group], *fits]
    return rows
