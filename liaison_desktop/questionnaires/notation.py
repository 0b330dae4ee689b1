"""The words of the short notation: what it calls the types, its answer sets, units and marks. Tables only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison_desktop.questionnaires import names

CALLED: Mapping[str, str] = {"list": "choice", "words": "text", "line": "string", "open": "open-choice", "day": "date"}

# Marks that are true or false, and marks that are texts.
FLAGS: Mapping[str, str] = {
    "hidden": names.HIDDEN,
    "rn-only": names.RN_ONLY,
    "confirm": names.CONFIRM_PREFILL,
    "from-application": names.FROM_APPLICATION,
}
TEXTS: Mapping[str, str] = {
    "short": names.SHORT,
    "patient": names.PATIENT_TEXT,
    "citation": names.CITATION,
    "finding": names.FINDING,
    "regex": names.REGEX,
    "format": names.ENTRY_FORMAT,
}
KNOWN = frozenset(
    {
        "id", "text", "type", "set", "options", "items", "each", "each-is", "vital", "show", "required", "repeats",
        "read-only", "unable", "units", "range", "normal", "decimals", "max-length", "rule", "calculate",
        *FLAGS, *TEXTS,
    }
)  # fmt: skip

UNITS: Mapping[str, tuple[str, str]] = {
    "°C": ("Cel", "°C"),
    "°F": ("[degF]", "°F"),
    "kg": ("kg", "kg"),
    "lb": ("[lb_av]", "lb"),
    "cm": ("cm", "cm"),
    "in": ("[in_i]", "in"),
    "mmHg": ("mm[Hg]", "mmHg"),
    "beats/min": ("/min", "/min"),
    "breaths/min": ("/min", "/min"),
    "%": ("%", "%"),
    "L/min": ("L/min", "L/min"),
    "mg/dL": ("mg/dL", "mg/dL"),
}

_UNABLE: Mapping[str, Any] = {"text": "Unable to assess", "unable": True}
SETS: Mapping[str, Mapping[str, Any]] = {
    "YNU": {"yes": "Yes", "no": "No", "unable": _UNABLE},
    "YNA": {"yes": "Yes", "no": "No", "na": "Does not apply"},
    "YN": {"yes": "Yes", "no": "No"},
    "DONE": {"done": "Done", "not-done": {"text": "Not done", "reason": True}, "na": "Does not apply"},
    "SOURCE": {"measured": "Measured", "device": "Device", "chart": "Chart", "stated": "Stated"},
    "TEACHBACK": {
        "ok-first": "Said back at once",
        "ok-after": "Said back after re-teaching",
        "not-ok": "Could not say back",
        "declined": "Declined",
        "not-done": "Not done",
    },
    "LEVEL": {
        "06": "06 Independent",
        "05": "05 Set-up or clean-up help",
        "04": "04 Supervision or touching",
        "03": "03 Partial help",
        "02": "02 Most of the work by others",
        "01": "01 Dependent",
        "07": "07 Refused",
        "09": "09 Does not apply",
        "10": "10 Surroundings do not allow",
        "88": "88 Not tried, medical reasons",
    },
    "LANGUAGE": {
        "en": "English",
        "es": "Spanish",
        "zh": "Chinese",
        "vi": "Vietnamese",
        "tl": "Tagalog",
        "ko": "Korean",
        "ar": "Arabic",
        "fr": "French",
        "ht": "Haitian Creole",
        "ru": "Russian",
        "pt": "Portuguese",
        "pl": "Polish",
        "de": "German",
        "ase": "American Sign Language",
    },
}
