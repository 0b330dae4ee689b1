"""From a guard that does not hold to the place where what it misses is mended, wherever that is."""

from __future__ import annotations

import uuid
from typing import Protocol

from liaison_desktop.clinical.checklists.actions import Planned, begin_form
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.checklists.rules import standing
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules import mend_of
from liaison_desktop.ui.desk import Desk

# The field of the details that a guard speaks of.
_FIELDS = {"source": "source_text", "priority": "priority", "screening_time": "screening_at"}
_PACKET, _DETAILS, _DECISION = 1, 2, 3


class Place(Protocol):
    """What shows one referral, such as the pane of the pipeline."""

    desk: Desk
    referral: Referral

    def go_to(self, number: int, field: str = "") -> None:
        """Show a part of it by number, with the keyboard in a field."""

    def start_visit(self) -> None:
        """Start a visit at the bedside."""


def mend(place: Place, guard: str) -> None:
    """Open it, with the keyboard where it is typed."""
    where, desk, patient = mend_of(guard), place.desk, place.referral.patient
    if where == "packet":
        place.go_to(_PACKET)
    elif where == "details":
        place.go_to(_DETAILS, _FIELDS.get(guard, ""))
    elif where == "decision":
        place.go_to(_DECISION)
    elif where == "work":
        place.go_to(0)
    elif where == "visit":
        place.start_visit()
    elif where == "people":
        desk.go("people")
    elif patient is not None and where.startswith("form:"):
        open_form(desk, patient, place.referral, where.removeprefix("form:"))
    elif patient is not None:
        open_chart_at(desk, patient, where.removeprefix("chart:"))


def open_form(desk: Desk, patient: uuid.UUID, referral: Referral, form: str) -> None:
    """The checklist that counts, begun if there is none."""
    held = standing(checklists_of(desk.store, patient)).get(form)
    if held is None:
        service = referral.service.value if referral.service is not None else "OTHER"
        held = begin_form(desk.store, patient, Planned(service=service), form)
    desk.open(Checklist.kind, held.id)


def open_chart_at(desk: Desk, patient: uuid.UUID, tab: str) -> None:
    """The chart of the patient, on a tab of this title if it has one."""
    desk.open(Patient.kind, patient)
    page = getattr(desk.frame, "page", None)
    show = getattr(page, "show_tab", None)
    if callable(show):
        show(tab)
