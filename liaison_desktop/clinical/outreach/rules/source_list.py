"""From a row of somebody's list to a contact at a place: which column is what, and what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from liaison_desktop.clinical.outreach.record import SourceContact, SourcePlace, VisitFrequency
from liaison_desktop.clinical.outreach.rules.privacy import words_of
from liaison_desktop.errors import Fault, Severity

PLACE, ADDRESS = "place", "address"

# What a column may hold: key, label, other names people give such a column.
TARGETS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("name", "Name", ("contact", "contact name", "full name", "person", "case manager")),
    (
        PLACE,
        "Place",
        ("facility", "hospital", "organization", "organisation", "account", "company", "source", "agency"),
    ),
    ("role", "Role", ("title", "position", "job title", "function")),
    ("phone", "Phone", ("telephone", "tel", "phone number", "mobile", "office phone")),
    ("email", "E-mail", ("email", "mail", "email address", "e mail")),
    ("npi", "NPI", ("npi number", "npi id")),
    ("visit_frequency", "How often", ("frequency", "visit frequency", "cadence", "call frequency")),
    ("rating", "Rating", ("score", "stars", "priority")),
    (ADDRESS, "Address of the place", ("address", "street", "location")),
    ("notes", "Notes", ("note", "comment", "comments", "remarks")),
)
LABELS: Mapping[str, str] = {key: label for key, label, _ in TARGETS}
_CLOSE = 88  # of 100: nearer than this two headings are the same
_OFTEN = {
    "weekly": VisitFrequency.WEEKLY,
    "every week": VisitFrequency.WEEKLY,
    "biweekly": VisitFrequency.BIWEEKLY,
    "bi weekly": VisitFrequency.BIWEEKLY,
    "every two weeks": VisitFrequency.BIWEEKLY,
    "every 2 weeks": VisitFrequency.BIWEEKLY,
    "monthly": VisitFrequency.MONTHLY,
    "every month": VisitFrequency.MONTHLY,
    "quarterly": VisitFrequency.QUARTERLY,
    "adhoc": VisitFrequency.ADHOC,
    "ad hoc": VisitFrequency.ADHOC,
    "as needed": VisitFrequency.ADHOC,
}


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One row as a contact to be. `known` says that somebody of this name is recorded at this place already."""

    number: int
    contact: SourceContact
    place: str = ""
    address: str = ""
    faults: tuple[Fault, ...] = ()
    known: bool = False

    @property
    def sound(self) -> bool:
        """Whether it may be imported."""
        return not any(fault.severity in (Severity.REFUSE, Severity.CONFIRM) for fault in self.faults)


def guess(headers: Sequence[str]) -> dict[str, int]:
    """Which column most likely holds what: target to column. Every column is used once at most."""
    from rapidfuzz import fuzz

    scores = []
    for column, header in enumerate(headers):
        said = " ".join(words_of(re.sub(r"[_\-./]+", " ", header)))
        for key, label, others in TARGETS:
            best = max(fuzz.ratio(said, " ".join(words_of(name))) for name in (key.replace("_", " "), label, *others))
            if best >= _CLOSE:
                scores.append((-best, column, key))
    found: dict[str, int] = {}
    for _score, column, key in sorted(scores):
        if key not in found and column not in found.values():
            found[key] = column
    return found


def missing_columns(matching: Mapping[str, int]) -> tuple[str, ...]:
    """What a list cannot do without and no column holds, in words: a name, or at least a place."""
    return () if "name" in matching or PLACE in matching else ("a name or a place",)


def candidate(number: int, cells: Sequence[str], matching: Mapping[str, int], *, fault: str = "") -> Candidate:
    """One row as a contact, with what is wrong in it. A row without a name is a place alone."""
    texts = {key: cells[column].strip() for key, column in matching.items() if column < len(cells)}
    faults = [Fault(field="", message=fault)] if fault else []
    values: dict[str, object] = {
        key: texts[key] for key in ("name", "role", "phone", "email", "notes") if texts.get(key)
    }
    if npi := re.sub(r"[\s-]", "", texts.get("npi", "")):
        values["npi"] = npi
    if often := texts.get("visit_frequency", ""):
        values["visit_frequency"] = _OFTEN.get(" ".join(words_of(often)))
        if values["visit_frequency"] is None:
            faults.append(
                Fault(field="visit_frequency", message="Write weekly, biweekly, monthly, quarterly or as needed.")
            )
    if rating := texts.get("rating", ""):
        values["rating"] = int(rating) if rating.isascii() and rating.isdigit() and len(rating) < 4 else 0
    contact = SourceContact(**values)  # type: ignore[arg-type]
    place = texts.get(PLACE, "")
    alone = not contact.name and bool(place)
    own = [each for each in contact.faults() if not (alone and each.field == "name")]
    place_faults = SourcePlace(name=place or "-", address=texts.get(ADDRESS, "")).faults()
    return Candidate(
        number=number,
        contact=contact,
        place=place,
        address=texts.get(ADDRESS, ""),
        faults=(*faults, *own, *(msgspec.structs.replace(each, field=PLACE) for each in place_faults)),
    )


def with_known(candidates: Iterable[Candidate], known: Iterable[tuple[str, str]]) -> tuple[Candidate, ...]:
    """The candidates, with those marked that are recorded (name and place) or stand further up in the list."""
    seen = {(words_of(name), words_of(place)) for name, place in known}
    found = []
    for one in candidates:
        key = (words_of(one.contact.name), words_of(one.place))
        found.append(msgspec.structs.replace(one, known=key in seen))
        if one.sound:
            seen.add(key)
    return tuple(found)
