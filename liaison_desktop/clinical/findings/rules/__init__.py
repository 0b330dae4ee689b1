"""What must hold of findings, how typed measures are read, and how facts tell their age. Pure functions."""

from liaison_desktop.clinical.findings.rules.ages import age_words, days_in, fact_age
from liaison_desktop.clinical.findings.rules.others import line_faults, problem_faults, wound_faults
from liaison_desktop.clinical.findings.rules.proposal import Proposal
from liaison_desktop.clinical.findings.rules.series import SHOWN, Point, Series, series_of
from liaison_desktop.clinical.findings.rules.typed import (
    Measured,
    read_height,
    read_pressure,
    read_temperature,
    read_weight,
    show_height,
    show_temperature,
    show_weight,
)
from liaison_desktop.clinical.findings.rules.vital_rules import MEASURES, Weighed, body_mass, unusual, vital_faults

__all__ = [
    "MEASURES",
    "SHOWN",
    "Measured",
    "Point",
    "Proposal",
    "Series",
    "Weighed",
    "age_words",
    "body_mass",
    "days_in",
    "fact_age",
    "line_faults",
    "problem_faults",
    "read_height",
    "read_pressure",
    "read_temperature",
    "read_weight",
    "series_of",
    "show_height",
    "show_temperature",
    "show_weight",
    "unusual",
    "vital_faults",
    "wound_faults",
]
