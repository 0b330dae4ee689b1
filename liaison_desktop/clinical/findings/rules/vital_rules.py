"""V16: what a vital sign may be, what is looked at twice, and what does not go together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from liaison_desktop.clinical.findings.record import Score, Support, VitalSigns, WeightHow
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.ui.dates import plain_day

# The fields of a set that are measures; each has a range of the same name in the policy.
MEASURES = (
    "systolic", "diastolic", "pulse", "respirations", "temperature", "spo2", "oxygen", "pain", "weight", "height",
    "glucose",
)  # fmt: skip


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A weight in kg, when it was found and how."""

    kg: float
    at: dt.datetime
    how: WeightHow | None = None


def body_mass(weight: float | None, height: float | None) -> float | None:
    """The body mass index in kg/m², from kg and cm; None without both."""
    return round(weight / (height / 100) ** 2, 1) if weight and height else None


def unusual(signs: VitalSigns, policy: Policy) -> tuple[str, ...]:
    """The measures that can be, and lie outside their usual range; scores by their code."""
    found = []
    for name, value in _values(signs):
        held = policy.ranges().get(name)
        if held is not None and held.can_be(value) and not held.is_usual(value):
            found.append(name)
    return tuple(found)


def _values(signs: VitalSigns) -> Iterator[tuple[str, float]]:
    for name in MEASURES:
        if (value := getattr(signs, name)) is not None:
            yield name, value
    for score in signs.scores:
        if score.name is not None and score.total is not None:
            yield score.name.value, score.total


def vital_faults(
    signs: VitalSigns, policy: Policy, *, now: dt.datetime, last: Weighed | None = None
) -> tuple[Fault, ...]:
    """All that stands in the way of keeping a set: V16 with both its bands, the weight before, and times."""
    found = [*signs.faults(), *_times(signs, policy, now), *_together(signs, policy)]
    return (*found, *_bands(signs, policy), *_weight(signs, policy, last))


def _bands(signs: VitalSigns, policy: Policy) -> Iterator[Fault]:
    odd = set(unusual(signs, policy)) - set(signs.acknowledged)
    for name, value in _values(signs):
        held = policy.ranges().get(name)
        if held is None:
            continue
        names = {"what": held.label, "value": f"{value:g}", "unit": held.unit}
        if not held.can_be(value):
            band = f"{held.least:g} to {held.most:g}"
            yield policy.fault("V16-TYPE", field=name, band=band, **names)
        elif name in odd:
            yield policy.fault("V16-UNUSUAL", field=name, usual=held.usual(), **names)


def _together(signs: VitalSigns, policy: Policy) -> Iterator[Fault]:
    if not any(_values(signs)) and not signs.note.strip():
        yield policy.fault("V16-EMPTY", field="systolic")
    if signs.systolic is not None and signs.diastolic is not None and signs.diastolic >= signs.systolic:
        yield policy.fault("V16-CROSSED", field="diastolic")
    if signs.oxygen and signs.support is Support.ROOM_AIR:
        yield policy.fault("V16-AIR", field="support")
    if signs.weight is not None and signs.weight_how is None:
        yield policy.fault("V16-HOW", field="weight_how")
    mass, held = body_mass(signs.weight, signs.height), policy.ranges().get("bmi")
    if mass is not None and held is not None and not held.can_be(mass):
        yield policy.fault("V16-BMI", field="height", bmi=f"{mass:g}")
    for number, score in enumerate(signs.scores):
        yield from _score(score, policy, f"scores.{number}.on")


def _score(score: Score, policy: Policy, field: str) -> Iterator[Fault]:
    if score.total is not None and score.on is None:
        yield policy.fault("V16-DATED", field=field)


def _times(signs: VitalSigns, policy: Policy, now: dt.datetime) -> Iterator[Fault]:
    if signs.taken_at is not None and signs.taken_at > now + dt.timedelta(minutes=1):
        yield policy.fault("V16-FUTURE", field="taken_at")
    for number, score in enumerate(signs.scores):
        if score.on is not None and score.on > now.date():
            yield policy.fault("V16-FUTURE", field=f"scores.{number}.on")


def _weight(signs: VitalSigns, policy: Policy, last: Weighed | None) -> Iterator[Fault]:
    held = policy.ranges().get("weight")
    if signs.weight is None or last is None or signs.weight_reason.strip() or (held and not held.can_be(signs.weight)):
        return
    change = (signs.weight - last.kg) * 100 / last.kg
    if abs(change) > policy.number("weight_change_percent"):
        yield policy.fault(
            "V16-WEIGHT",
            field="weight_reason",
            before=f"{last.kg:g}",
            day=plain_day(last.at.date()),
            percent=f"{abs(change):.0f}",
            way="more now" if change > 0 else "less now",
        )
