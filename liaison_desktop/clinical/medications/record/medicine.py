"""One medicine on one list, what each source says of it, and how it reads in a line."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.clinical.medications.record.codes import (
    Adherence,
    DoseUnit,
    Frequency,
    HighAlert,
    LastTaken,
    MedicineList,
    MedicineStatus,
    Route,
    Sort,
    Source,
)
from liaison_desktop.records import Field, Record, Row

GONE = (MedicineStatus.ENTERED_IN_ERROR,)  # stands in no list any more
ENDED = (*GONE, MedicineStatus.STOPPED, MedicineStatus.COMPLETED)


class Says(Row, frozen=True, kw_only=True):
    """What one source says of a medicine, who saw it and when. `absent`: it was looked at and does not name it."""

    source: Annotated[Source, Field("Source")]
    absent: Annotated[bool, Field("Not named there")] = False
    dose: Annotated[str, Field("Dose", most=100)] = ""
    route: Annotated[Route | None, Field("Route")] = None
    frequency: Annotated[Frequency | None, Field("How often")] = None
    frequency_text: Annotated[str, Field("How often, in words", most=100)] = ""
    seen_by: Annotated[str, Field("Seen by", most=200)] = ""
    seen_at: Annotated[datetime.datetime | None, Field("Seen at")] = None


class Accepted(Row, frozen=True, kw_only=True):
    """A warning that somebody took on, with the reason."""

    rule: Annotated[str, Field("Rule", most=40)]
    reason: Annotated[str, Field("Why it is right", lines=2, most=500)]
    by: Annotated[str, Field("By", most=200)] = ""
    at: Annotated[datetime.datetime | None, Field("At")] = None


class Medicine(Record, frozen=True, kw_only=True):
    """A medicine on the home list, among the orders, or on the discharge list of one stay.

    `dose` is as it was typed, value and unit what can be read from it. `prefilled` says where a row came from that nobody
    has asked about in this stay yet: such a row is unanswered.
    """

    kind: ClassVar[str] = "medicine"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("episode",), ("patient",))

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", required=True, refers_to="episode")] = None
    list: Annotated[MedicineList, Field("List")] = MedicineList.HOME
    name: Annotated[str, Field("Medicine", required=True, most=120)] = ""
    generic: Annotated[str, Field("Generic name", most=120)] = ""
    code: Annotated[str, Field("Code", most=60)] = ""
    strength: Annotated[str, Field("Strength", most=100)] = ""
    form: Annotated[str, Field("Form", most=60)] = ""
    dose: Annotated[str, Field("Dose", most=100)] = ""
    dose_value: Annotated[float | None, Field("Dose, number")] = None
    dose_unit: Annotated[DoseUnit | None, Field("Dose, unit")] = None
    route: Annotated[Route | None, Field("Route")] = None
    frequency: Annotated[Frequency | None, Field("How often")] = None
    frequency_text: Annotated[str, Field("How often, in words", most=100)] = ""
    prn: Annotated[bool, Field("Only when needed")] = False
    prn_reason: Annotated[str, Field("When needed for", most=200)] = ""
    purpose: Annotated[str, Field("What it is for", most=200)] = ""
    prescriber: Annotated[str, Field("Prescriber", most=200)] = ""
    last_taken: Annotated[LastTaken | None, Field("Last taken")] = None
    last_taken_at: Annotated[datetime.datetime | None, Field("Last taken at")] = None
    adherence: Annotated[Adherence | None, Field("Taken")] = None
    reason_not_taking: Annotated[str, Field("Why not as prescribed", most=300, free=True)] = ""
    start: Annotated[str, Field("Started", most=10)] = ""
    stop: Annotated[str, Field("Stopped", most=10)] = ""
    sorts: Annotated[tuple[Sort, ...], Field("Sort")] = ()
    high_alert: Annotated[HighAlert, Field("High alert")] = HighAlert.NONE
    status: Annotated[MedicineStatus, Field("Status")] = MedicineStatus.ACTIVE
    plan: Annotated[str, Field("Plan before the procedure: hold or bridge", lines=2, most=500)] = ""
    plan_by: Annotated[str, Field("Plan from (prescriber)", most=200)] = ""
    plan_at: Annotated[datetime.datetime | None, Field("Plan told at")] = None
    says: Annotated[tuple[Says, ...], Field("What the sources say")] = ()
    accepted: Annotated[tuple[Accepted, ...], Field("Warnings taken on")] = ()
    prefilled: Annotated[str, Field("Taken over from", most=120)] = ""

    def title(self) -> str:
        """The name."""
        return self.name

    def facts(self) -> str:
        """Dose, route and how often, as a nurse writes it."""
        return self.line()

    def line(self) -> str:
        """Dose, route and how often: "5 mg PO BID"."""
        return taken(self.dose, self.route, self.frequency, self.frequency_text, prn=self.prn)

    @property
    def current(self) -> bool:
        """Whether it still stands on its list as one that is to be taken or was asked about."""
        return self.status not in ENDED

    @property
    def alert(self) -> bool:
        """Whether it is a high-alert medicine."""
        return self.high_alert is not HighAlert.NONE

    def said_by(self, source: Source) -> Says | None:
        """What this source says, None if it was not asked."""
        return next((said for said in self.says if said.source is source), None)

    def reason_for(self, rule: str) -> str:
        """Why a warning was taken on; nothing if it was not."""
        return next((taken_on.reason for taken_on in self.accepted if taken_on.rule == rule), "")


def taken(dose: str, route: Route | None, frequency: Frequency | None, words: str = "", *, prn: bool = False) -> str:
    """Dose, route and how often in one line; what is not known is left out."""
    often = words if frequency in (None, Frequency.OTHER) and words else short_frequency(frequency)
    needed = "PRN" if prn and frequency is not Frequency.PRN else ""
    return " ".join(filter(None, (dose, short_route(route), often, needed)))


def said_line(said: Says) -> str:
    """What a source says, in one line."""
    return taken(said.dose, said.route, said.frequency, said.frequency_text)


def short_route(route: Route | None) -> str:
    """The route as nurses write it: "PO", "subcut", "feeding tube"."""
    spelled = {Route.SC: "subcut", Route.TUBE: "feeding tube", Route.TD: "patch", Route.TOP: "topical"}
    spelled |= {Route.OPH: "eye", Route.OTIC: "ear", Route.NASAL: "nasal", Route.BUCCAL: "buccal"}
    spelled |= {Route.INTRATHECAL: "intrathecal", Route.OTHER: "other way"}
    return "" if route is None else spelled.get(route, route.value)


def short_frequency(frequency: Frequency | None) -> str:
    """How often as nurses write it, and safely: "nightly" for what was once qHS."""
    spelled = {Frequency.BEDTIME: "at bedtime", Frequency.MEALS: "with meals", Frequency.OTHER: ""}
    spelled |= {Frequency.TWICE_WEEKLY: "twice a week", Frequency.Q3MONTHS: "every 3 months"}
    spelled |= {Frequency.MORNING: "every morning"}
    return "" if frequency is None else spelled.get(frequency, frequency.value)
