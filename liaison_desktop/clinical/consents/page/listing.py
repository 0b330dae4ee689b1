"""The list of consents: name and state, procedure and number; filters by what is to be done."""

from __future__ import annotations

import datetime
import enum
import uuid
from collections.abc import Collection, Container, Iterable, Mapping

from liaison_desktop.clinical.consents.form.words import state_chip
from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal
from liaison_desktop.clinical.consents.rules import standing, to_countersign
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day
from liaison_desktop.ui.lists import ListRow

S = ConsentState


class Wanted(enum.Enum):
    """Which consents the list shows."""

    ALL = "All"
    OPEN = "In work"
    COUNTERSIGN = "To countersign"
    PRINT = "To print"
    ACTIVE = "Active"
    AGAIN = "Ask again"
    OVER = "Ended"


_STATES: Mapping[Wanted, frozenset[ConsentState]] = {
    Wanted.ALL: frozenset(S),
    Wanted.COUNTERSIGN: frozenset({S.SIGNED, S.WITNESSED}),
    Wanted.PRINT: frozenset(S),
    Wanted.OPEN: frozenset({S.DRAFT, S.DISCUSSED, S.VERIFYING, S.RETURNED, S.READY, S.SIGNED, S.WITNESSED}),
    Wanted.ACTIVE: frozenset({S.ACTIVE}),
    Wanted.AGAIN: frozenset({S.ACTIVE}),
    Wanted.OVER: frozenset({S.REFUSED, S.WITHDRAWN_BY_PRACTITIONER, S.REVOKED, S.EXPIRED, S.SUPERSEDED, S.ENTERED_IN_ERROR}),
}  # fmt: skip

_WAITS = (S.SIGNED, S.WITNESSED)
Endings = Mapping[uuid.UUID, tuple[ConsentWithdrawal, ...]]


def of_state(
    consents: Iterable[Consent],
    endings: Endings,
    wanted: Wanted,
    today: datetime.date,
    again: Collection[uuid.UUID] = (),
    waiting: Container[uuid.UUID] = frozenset(),
) -> tuple[tuple[Consent, ConsentState], ...]:
    """The consents of this filter, each with where it stands today. `again` are those on
    an older version of a form, `waiting` those that wait for a printer."""
    stood = ((consent, standing(consent, endings.get(consent.id, ()), today)) for consent in consents)
    return tuple(
        (consent, state)
        for consent, state in stood
        if state in _STATES[wanted]
        and (wanted is not Wanted.COUNTERSIGN or to_countersign(consent))
        and (wanted is not Wanted.PRINT or consent.id in waiting)
        and (wanted is not Wanted.AGAIN or consent.id in again)
    )


def matches(consent: Consent, words: str) -> bool:
    """Whether every word typed begins a word of the name, the procedure or the number."""
    held = f"{consent.shown_name} {consent.procedure_text} {consent.document_number}".casefold().split()
    return all(any(part.startswith(word) for part in held) for word in words.casefold().split())


def consent_row(consent: Consent, state: ConsentState, today: datetime.date) -> ListRow:
    """A consent in the list."""
    begun = near_day(consent.begun_at.date(), today).split(",")[0] if consent.begun_at else ""
    chip = (
        ChipSpec("Countersign", "amber", "pen-line")
        if to_countersign(consent) and state in _WAITS
        else state_chip(state)
    )
    return ListRow(consent.title(), consent.procedure_text, chip, begun, key=consent.id)
