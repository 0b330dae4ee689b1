"""Code lists that several findings share. Where a checklist asks the same question, the codes are the checklist's."""

from __future__ import annotations

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code


def stays(field: str) -> tuple[Fault, ...]:
    """What is said when somebody would change or take away what was found: it is taken back with a reason instead."""
    words = "What was found stays as it was written. Enter it as an error, with the reason."
    return (Fault(field=field, message=words),)


class FindingSource(Code):
    """Who or what says so."""

    SEEN = "seen", "Seen by me"
    PATIENT = "patient", "Patient"
    FAMILY = "family", "Family"
    NURSE = "nurse", "Bedside nurse"
    CHART = "chart", "Chart or packet"
    CHECKLIST = "checklist", "Checklist"
    OTHER = "other", "Other"


class Support(Code):
    """What helps the patient breathe."""

    ROOM_AIR = "room-air", "Room air"
    NC = "nc", "Nasal cannula"
    HFNC = "hfnc", "High flow"
    BIPAP = "bipap", "BiPAP"
    TRACH = "trach", "Tracheostomy"
    VENT = "vent", "Ventilator"


class TypedUnit(Code):
    """The unit in which somebody typed a measure; kept, so that what was typed can be shown beside what it means."""

    C = "C", "°C"
    F = "F", "°F"
    KG = "kg", "kg"
    LB = "lb", "lb"
    CM = "cm", "cm"
    IN = "in", "in"


class WeightHow(Code):
    """Whether somebody weighed the patient."""

    MEASURED = "measured", "Measured"
    STATED = "stated", "Stated"


class Device(Code):
    """A line, a drain or a device."""

    PIV = "piv", "Peripheral line"
    MIDLINE = "midline", "Midline"
    PICC = "picc", "PICC"
    CVC = "cvc", "Central line"
    PORT = "port", "Port"
    HD = "hd", "Dialysis catheter"
    ARTERIAL = "arterial", "Arterial line"
    FOLEY = "foley", "Urinary catheter"
    SUPRAPUBIC = "suprapubic", "Suprapubic catheter"
    NEPHROSTOMY = "nephrostomy", "Nephrostomy"
    NG = "ng", "Nasogastric tube"
    PEG = "peg", "PEG"
    J_TUBE = "j-tube", "Jejunal tube"
    CHEST_TUBE = "chest-tube", "Chest tube"
    DRAIN = "drain", "Drain"
    TRACH = "trach", "Tracheostomy"
    ETT = "ett", "Tube and ventilator"
    BIPAP = "bipap", "BiPAP"
    CPAP = "cpap", "CPAP"
    VAC = "vac", "Wound vacuum"
    LVAD = "lvad", "LVAD"
    PACEMAKER = "pacemaker", "Pacemaker or ICD"
    INSULIN_PUMP = "insulin-pump", "Insulin pump"
    OSTOMY = "ostomy", "Ostomy"


class WoundType(Code):
    """What sort of wound."""

    PRESSURE_1 = "p1", "Pressure, stage 1"
    PRESSURE_2 = "p2", "Pressure, stage 2"
    PRESSURE_3 = "p3", "Pressure, stage 3"
    PRESSURE_4 = "p4", "Pressure, stage 4"
    UNSTAGEABLE = "unstageable", "Pressure, unstageable"
    DTI = "dti", "Deep tissue injury"
    SURGICAL = "surgical", "Surgical"
    DIABETIC = "diabetic", "Diabetic"
    VENOUS = "venous", "Venous"
    ARTERIAL = "arterial", "Arterial"
    TEAR = "tear", "Skin tear"
    BURN = "burn", "Burn"
    OTHER = "other", "Other"
