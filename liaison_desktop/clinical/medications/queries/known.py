"""The small table of generic names: to find one by three letters, and to know a class. It is no drug database."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

import msgspec

from liaison_desktop.clinical.medications.record import DoseUnit, HighAlert
from liaison_desktop.paths import resource

_BETWEEN = re.compile(r"[^\w']+")


class Family(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of medicines. `group` is what must not be given twice, empty where two are usual."""

    label: str
    names: tuple[str, ...]
    alert: HighAlert = HighAlert.NONE
    group: str | None = None
    units: bool = False
    hint: DoseUnit = DoseUnit.MG
    allergy: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One generic name and the class it belongs to."""

    name: str
    key: str
    family: Family

    @property
    def group(self) -> str:
        """What it must not be given twice with."""
        return self.key if self.family.group is None else self.family.group


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: str
    classes: dict[str, Family]
    also: dict[str, str] = {}


def folded(text: str) -> str:
    """A name in small letters, with single blanks for whatever stands between its words."""
    return " ".join(_BETWEEN.split(text.casefold())).strip()


class KnownMedicines:
    """The table, read once. Names of two words come before those of one, so that NPH insulin is no other insulin."""

    def __init__(self, content: _File) -> None:
        self.version = content.version
        self.families: Mapping[str, Family] = content.classes
        found = [
            Known(name=name, key=key, family=family) for key, family in content.classes.items() for name in family.names
        ]
        self._by_name = {folded(each.name): each for each in found}
        for other, name in content.also.items():
            if folded(name) in self._by_name:
                self._by_name[folded(other)] = self._by_name[folded(name)]
        self._longest = sorted(self._by_name, key=lambda name: -len(name))

    def find(self, text: str) -> tuple[Known, ...]:
        """The medicines whose name, or another name for it, begins so, then those in which a word does."""
        typed = folded(text)
        if not typed:
            return ()
        first = [name for name in sorted(self._by_name) if name.startswith(typed)]
        later = [name for name in sorted(self._by_name) if f" {typed}" in f" {name}" and name not in first]
        return tuple(dict.fromkeys(self._by_name[name] for name in (*first, *later)))

    def inside(self, text: str) -> tuple[Known, ...]:
        """Every known medicine that this text names, such as both parts of a combination."""
        left, found = f" {folded(text)} ", list[Known]()
        for name in self._longest:
            if f" {name} " in left:
                found.append(self._by_name[name])
                left = left.replace(f" {name} ", " , ")
        return tuple(sorted(dict.fromkeys(found), key=lambda known: known.name))


@functools.cache
def known_medicines() -> KnownMedicines:
    """The shipped table. Raises msgspec.ValidationError if the file is not sound."""
    import tomllib

    text = resource("policies", "medicines.toml").read_text(encoding="utf-8")
    return KnownMedicines(msgspec.convert(tomllib.loads(text), type=_File))
