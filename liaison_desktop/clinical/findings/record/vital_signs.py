"""One set of vital signs, taken at one time, and the totals of scores beside it."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.findings.record.codes import Support, TypedUnit, WeightHow, stays
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row, Seal


class VitalMethod(Code):
    """How the numbers came here."""

    MEASURED = "measured", "Measured by me"
    MONITOR = "monitor", "Read from a monitor"
    CHART = "chart", "From chart or packet"
    TOLD = "told", "Told by the nurse"
    STATED = "stated", "Stated by patient or family"
    CHECKLIST = "checklist", "From a checklist"


class ScoreName(Code):
    """Of which a total may be kept. The items of licensed scales are not here; only their totals."""

    GCS = "gcs", "GCS, total"
    FALL = "fall", "Fall risk, total"
    PRESSURE = "pressure", "Pressure-injury risk, total"
    PHQ2 = "phq2", "PHQ-2, total"
    SEDATION = "sedation", "Sedation, total"


class Score(Row, frozen=True, kw_only=True):
    """The total of a score, and the day it was taken. `scale` names the scale, as a facility calls it."""

    name: Annotated[ScoreName | None, Field("Score", required=True)] = None
    total: Annotated[int | None, Field("Total", required=True)] = None
    scale: Annotated[str, Field("Scale", most=60)] = ""
    on: Annotated[datetime.date | None, Field("On")] = None


class VitalSigns(Record, frozen=True, kw_only=True):
    """One set. mmHg, beats and breaths a minute, °C, %, L/min, kg, cm, mg/dL; None is not taken.

    `acknowledged` names the measures that lie outside the usual range and were looked at twice.
    """

    kind: ClassVar[str] = "vital_signs"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient", "taken_at"),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (Seal(may_change=("mistake",)),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    taken_at: Annotated[datetime.datetime | None, Field("Taken at", required=True)] = None
    recorded_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None
    recorded_by: Annotated[str, Field("Recorded by", most=200)] = ""
    method: Annotated[VitalMethod, Field("How")] = VitalMethod.MEASURED
    systolic: Annotated[int | None, Field("Systolic")] = None
    diastolic: Annotated[int | None, Field("Diastolic")] = None
    pulse: Annotated[int | None, Field("Pulse")] = None
    respirations: Annotated[int | None, Field("Respirations")] = None
    temperature: Annotated[float | None, Field("Temperature")] = None
    temperature_unit: Annotated[TypedUnit, Field("Temperature typed in")] = TypedUnit.C
    spo2: Annotated[int | None, Field("Oxygen saturation")] = None
    oxygen: Annotated[float | None, Field("Oxygen, L/min")] = None
    support: Annotated[Support | None, Field("Breathing support")] = None
    pain: Annotated[int | None, Field("Pain, 0 to 10")] = None
    pain_site: Annotated[str, Field("Where it hurts", free=True, most=100)] = ""
    weight: Annotated[float | None, Field("Weight")] = None
    weight_unit: Annotated[TypedUnit, Field("Weight typed in")] = TypedUnit.KG
    weight_how: Annotated[WeightHow | None, Field("Weighed or stated")] = None
    weight_reason: Annotated[str, Field("Why the weight changed so much", free=True, most=300)] = ""
    height: Annotated[float | None, Field("Height")] = None
    height_unit: Annotated[TypedUnit, Field("Height typed in")] = TypedUnit.CM
    glucose: Annotated[int | None, Field("Glucose, mg/dL")] = None
    scores: Annotated[tuple[Score, ...], Field("Scores")] = ()
    note: Annotated[str, Field("Note", lines=2, most=600)] = ""
    acknowledged: Annotated[tuple[str, ...], Field("Looked at twice")] = ()
    mistake: Annotated[str, Field("Why it was entered in error", most=300)] = ""
    policy_version: Annotated[str, Field("Policy it was checked with", most=50)] = ""

    def title(self) -> str:
        """When it was taken."""
        return f"Vital signs, {self.taken_at:%Y-%m-%d %H:%M}" if self.taken_at is not None else "Vital signs"

    def facts(self) -> str:
        """Blood pressure, pulse and saturation, as they were."""
        pressure = f"{self.systolic}/{self.diastolic}" if self.systolic is not None else ""
        pulse = f"pulse {self.pulse}" if self.pulse is not None else ""
        spo2 = f"SpO2 {self.spo2} %" if self.spo2 is not None else ""
        return " · ".join(filter(None, (pressure, pulse, spo2)))

    def guard_removal(self) -> tuple[Fault, ...]:
        """A finding is taken back, never taken away."""
        return stays("mistake")

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A set stays as it was taken; it can only be called a mistake."""
        same = msgspec.structs.replace(self, mistake=previous.mistake, version=previous.version)
        return () if same == previous else stays("mistake")
