"""Which parts of a chart a recipient gets: versioned content, and what is left out said in words."""

from __future__ import annotations

import enum
import functools

import msgspec

from liaison_desktop.paths import resource


class Part(enum.StrEnum):
    """A part of the summary."""

    IDENTITY = "identity"
    STAY = "stay"
    ALLERGIES = "allergies"
    ISOLATION = "isolation"
    CODE_STATUS = "code_status"
    PROBLEMS = "problems"
    VITALS = "vitals"
    LINES = "lines"
    WOUNDS = "wounds"
    MEDICINES = "medicines"
    COVERAGE = "coverage"
    COMMUNICATION = "communication"
    DECIDES = "decides"
    DIRECTIVES = "directives"
    CONCERNS = "concerns"
    HANDOVER = "handover"
    DISCHARGE = "discharge"
    PEOPLE = "people"


WORDS = {
    Part.IDENTITY: "name, birth date and record number",
    Part.STAY: "the stay",
    Part.ALLERGIES: "allergies",
    Part.ISOLATION: "isolation",
    Part.CODE_STATUS: "code status as reported",
    Part.PROBLEMS: "problems",
    Part.VITALS: "vital signs",
    Part.LINES: "lines and devices",
    Part.WOUNDS: "wounds",
    Part.MEDICINES: "medicines",
    Part.COVERAGE: "coverage",
    Part.COMMUNICATION: "language and how to talk",
    Part.DECIDES: "who decides",
    Part.DIRECTIVES: "advance directives",
    Part.CONCERNS: "concerns in the patient's words",
    Part.HANDOVER: "the last hand-over",
    Part.DISCHARGE: "the discharge plan",
    Part.PEOPLE: "people to call",
}
# Never on any summary, whoever gets it; each has a paper of its own, or is for the record alone (V18).
NEVER = (
    "answers of checklists",
    "consent documents",
    "whether the patient feels safe at home",
    "the communication log",
    "photos and scanned documents",
)


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sort of recipient."""

    title: str
    copy_for: str
    parts: tuple[Part, ...]
    purpose: str
    large: bool = False
    asks_person: bool = False


class ProfileFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them."""

    version: str
    profiles: dict[str, Profile]


@functools.cache
def profile_file() -> ProfileFile:
    """The shipped file, read once. Raises msgspec.ValidationError if it is not sound."""
    import tomllib

    text = resource("policies", "profiles-clinical.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), type=ProfileFile)


def left_out(profile: Profile) -> tuple[str, ...]:
    """What this recipient does not get, in words."""
    return (*(WORDS[part] for part in Part if part not in profile.parts), *NEVER)
