"""Vital signs over time as a chart shows them: points with their moments, the usual range, the last value in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from liaison_desktop.clinical.findings.record import VitalSigns
from liaison_desktop.policies import Policy

# What the small chart shows, and how the lines are called there.
SHOWN = ("systolic", "pulse", "spo2")
TITLES = {
    "systolic": ("Blood pressure", "mmHg, systolic"),
    "pulse": ("Pulse", "per minute"),
    "respirations": ("Breathing", "per minute"),
    "temperature": ("Temperature", "°C"),
    "spo2": ("Oxygen", "% saturation"),
    "pain": ("Pain", "0 to 10"),
    "weight": ("Weight", "kg"),
    "glucose": ("Glucose", "mg/dL"),
}


class Point(msgspec.Struct, frozen=True):
    """One value at its moment, and what is said of it: "136/82, Thu 14:10, measured by me"."""

    at: dt.datetime
    value: float
    words: str
    unusual: bool


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One measure over time, oldest first. `usual` is the shaded band, None where there is none; `said` tells it."""

    name: str
    title: str
    unit: str
    points: tuple[Point, ...]
    usual: tuple[float, float] | None = None
    said: str = ""

    def unit_words(self) -> str:
        """The unit with the usual range: "per minute · usual 50 to 120"."""
        return f"{self.unit} · usual {self.said}" if self.said else self.unit

    @property
    def last(self) -> Point | None:
        """The newest."""
        return self.points[-1] if self.points else None


def series_of(sets: Sequence[VitalSigns], policy: Policy, names: Sequence[str] = tuple(TITLES)) -> tuple[Series, ...]:
    """The measures of these sets (in any order) that were taken at least once."""
    by_time = sorted((one for one in sets if one.taken_at is not None and not one.mistake), key=_moment)
    return tuple(made for name in names if (made := _series(by_time, policy, name)).points)


def _moment(signs: VitalSigns) -> dt.datetime:
    return signs.taken_at or dt.datetime.min.replace(tzinfo=dt.UTC)


def _series(sets: Sequence[VitalSigns], policy: Policy, name: str) -> Series:
    title, unit = TITLES[name]
    held = policy.ranges().get(name)
    points = []
    for signs in sets:
        value = getattr(signs, name)
        if value is not None and signs.taken_at is not None:
            odd = held is not None and not held.is_usual(value)
            points.append(Point(signs.taken_at, value, value_words(signs, name), odd))
    band = None
    if held is not None and held.low is not None and held.high is not None:
        band = (held.low, held.high)
    if name == "spo2" and points:
        unit = _air(sets)
    return Series(
        name=name,
        title=title,
        unit=unit,
        points=tuple(points),
        usual=band,
        said=held.usual() if held is not None else "",
    )


def _air(sets: Sequence[VitalSigns]) -> str:
    """Under what the last saturation was taken: "% on room air", "% on 2 L/min"."""
    last = next(one for one in reversed(sets) if one.spo2 is not None)
    if last.oxygen:
        return f"% on {last.oxygen:g} L/min"
    return f"% on {last.support.label[:1].lower() + last.support.label[1:]}" if last.support else "% saturation"


def value_words(signs: VitalSigns, name: str) -> str:
    """One measure as it is read aloud: "136/82", "84", "37.2"."""
    value = getattr(signs, name)
    if name == "systolic":
        return f"{value}/{signs.diastolic if signs.diastolic is not None else 'p'}"
    return f"{round(value, 1):g}"
