"""V16 in the checklists: which question asks for which measure of the policy's ranges. One table serves both."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires.bounded import Bounds, with_bounds
from liaison_desktop.questionnaires.definition import Definition

# By form: the question, and the measure it asks for.
MEASURED: Mapping[str, Mapping[str, str]] = {
    "pan": {
        "H1.sys": "systolic",
        "H1.dia": "diastolic",
        "H2.rate": "pulse",
        "H3.rate": "respirations",
        "H4.temp": "temperature",
        "H5.sat": "spo2",
        "H5.flow": "oxygen",
        "H6.score": "pain",
        "H7.weight": "weight",
        "H8.height": "height",
        "H9": "bmi",
        "H10.glucose": "glucose",
        "I3.gcs": "gcs",
        "I7w.length": "wound_length",
        "I7w.width": "wound_width",
        "I7w.depth": "wound_depth",
        "I7s": "pressure",
        "I10s": "fall",
        "I11.phq2": "phq2",
    }
}


def bounds_of(form: str, policy: Policy) -> dict[str, Bounds]:
    """The bands in force for the questions of a form."""
    found = {}
    for link_id, measure in MEASURED.get(form, {}).items():
        held = policy.ranges()[measure]
        ends = (held.least, held.most, held.low, held.high)
        low, high, warn_low, warn_high = (None if end is None else Decimal(f"{end:g}") for end in ends)
        if low is not None and high is not None:
            found[link_id] = Bounds(low, high, warn_low, warn_high)
    return found


def as_in_force(definition: Definition, policy: Policy) -> Definition:
    """A form with the bands of the policy in force."""
    return with_bounds(definition, bounds_of(definition.url.rpartition("/")[2], policy))
