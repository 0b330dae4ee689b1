"""What a topic, a product or a material must be beside the others, and on which day a version may be used."""

from __future__ import annotations

import datetime
import enum
import unicodedata
import uuid
from collections.abc import Iterable

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.materials.record import Material, MaterialVersion, Product, ScientificTopic, VersionStatus
from liaison_desktop.policies import Policy


class State(enum.Enum):
    """How a version, or a material by its newest version, stands on a day."""

    CURRENT = "Current"
    EXPIRING = "Expiring"
    EXPIRED = "Expired"
    WITHDRAWN = "Withdrawn"
    EMPTY = "No version"


USABLE = frozenset({State.CURRENT, State.EXPIRING})
"""The states in which a version may be shown to a doctor."""


def topic_faults(topic: ScientificTopic, others: Iterable[ScientificTopic]) -> tuple[Fault, ...]:
    """What is wrong with a topic among all others, in use or not: an old short name stays with its old visits."""
    found = list(topic.faults())
    if any(mark.isspace() or mark == "#" for mark in topic.code):
        found.append(Fault(field="code", message="The short name is one word, without blanks and without #."))
    said = plain(topic.code)
    same = [each for each in others if said and each.id != topic.id and plain(each.code) == said]
    if same:
        whose = "Another topic" if any(each.active for each in same) else "A topic that is no longer in use"
        found.append(Fault(field="code", message=f"{whose} has this short name. Choose another."))
    return tuple(found)


def product_faults(product: Product, others: Iterable[Product]) -> tuple[Fault, ...]:
    """What is wrong with a product among all others."""
    found = list(product.faults())
    said = plain(product.name)
    if said and any(each.id != product.id and plain(each.name) == said for each in others):
        found.append(Fault(field="name", message="There is a product of this name already."))
    return tuple(found)


def state_of(version: MaterialVersion, day: datetime.date, policy: Policy) -> State:
    """How a version stands on a day. It may still be used on the day it expires, not on the day it is withdrawn."""
    if version.status is VersionStatus.WITHDRAWN and (version.withdrawn_on is None or version.withdrawn_on <= day):
        return State.WITHDRAWN
    if version.expires_on is None:
        return State.CURRENT
    left = (version.expires_on - day).days
    if left < 0:
        return State.EXPIRED
    return State.EXPIRING if left <= policy.number("material_expiring_days") else State.CURRENT


def standing(material: Material) -> MaterialVersion | None:
    """The version a material stands by: the newest that was not withdrawn, else the newest."""
    kept = [one for one in material.versions if one.status is not VersionStatus.WITHDRAWN]
    held = kept or list(material.versions)
    return held[-1] if held else None


def material_state(material: Material, day: datetime.date, policy: Policy) -> State:
    """How a material stands on a day, by its newest version."""
    version = standing(material)
    return state_of(version, day, policy) if version is not None else State.EMPTY


def version_words(version: MaterialVersion) -> str:
    """The number of a version as it stands after a v: nobody needs to read `vv2`."""
    return version.number.strip().removeprefix("v").removeprefix("V").strip() or "?"


def version_fault(
    material: Material, version_id: uuid.UUID | None, day: datetime.date, policy: Policy, field: str
) -> Fault | None:
    """MAT-1 for a version that had expired or was withdrawn on the day it was used; None while it stood."""
    version = material.version_of(version_id)
    if version is None:
        return None
    state, words = state_of(version, day, policy), {"title": material.title(), "v": version_words(version)}
    if state is State.EXPIRED:
        return policy.fault("MAT-1", field=field, date=_day(version.expires_on), **words)
    if state is State.WITHDRAWN:
        return policy.fault("MAT-1b", field=field, date=_day(version.withdrawn_on), **words)
    return None


def _day(day: datetime.date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "on an earlier day"


def material_faults(material: Material, today: datetime.date) -> tuple[Fault, ...]:
    """What is wrong with a material and its versions."""
    found = list(material.faults())
    seen: set[str] = set()
    for place, version in enumerate(material.versions):
        path, said = f"versions.{place}.", plain(version_words(version))
        if said in seen:
            found.append(Fault(field=f"{path}number", message="There is a version of this number already."))
        seen.add(said)
        if version.approved_on is not None and version.approved_on > today:
            found.append(Fault(field=f"{path}approved_on", message="This day has not come yet."))
        if version.approved_on and version.expires_on and version.expires_on < version.approved_on:
            found.append(Fault(field=f"{path}expires_on", message="It would expire before it was approved."))
        if not version.sha256:
            found.append(Fault(field=f"{path}file_name", message="Choose the file."))
    return tuple(found)


def clean_name(name: str) -> str:
    """A file's name as it may be shown and kept: no folders, nothing that cannot be seen, at most 120 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*')
    stem, dot, ending = seen.strip(" .").rpartition(".")
    if not dot:
        return ending[:120] or "file"
    ending = ending[:16]
    return f"{stem[: 119 - len(ending)]}.{ending}"


def ending_of(name: str) -> str:
    """The ending of a file's name, such as `.pdf`; empty if it is none that a system would know."""
    _stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and ending.isascii() and ending.isalnum() and len(ending) <= 8 else ""


def is_pdf(content: bytes) -> bool:
    """Whether the bytes, not the name, say that this is a PDF."""
    return content[:1024].lstrip().startswith(b"%PDF-")
