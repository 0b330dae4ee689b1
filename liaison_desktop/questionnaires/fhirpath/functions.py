"""The functions by their names; each file beside this one holds a family of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from liaison_desktop.questionnaires.fhirpath import boundaries, collections, conversions, forms, numbers, strings, types
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, Items
from liaison_desktop.questionnaires.fhirpath.running import Run, Step

Function: TypeAlias = "Callable[[Run, Items, tuple[Step, ...]], Items]"

FIXED: Mapping[str, str] = {
    "ucum": "http://unitsofmeasure.org",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
}
# name -> the function, the fewest and the most arguments.
_KNOWN: Mapping[str, tuple[Function, int, int]] = {
    **boundaries.KNOWN,
    **collections.KNOWN,
    **conversions.KNOWN,
    **forms.KNOWN,
    **numbers.KNOWN,
    **strings.KNOWN,
    "type": (lambda run, items, steps: [types.described(one) for one in items], 0, 0),
    "is": (collections.itself, 1, 1),
    "as": (collections.itself, 1, 1),
    "ofType": (collections.itself, 1, 1),
    "sort": (collections.itself, 0, 10),
}


_PLACES = {"vs-": "http://hl7.org/fhir/ValueSet/", "ext-": "http://hl7.org/fhir/StructureDefinition/"}


def address_of(name: str) -> str | None:
    """What FHIR means by %`vs-name` and %`ext-name`: the address of that value set or extension; None for the rest."""
    return next((place + name[len(mark) :] for mark, place in _PLACES.items() if name.startswith(mark)), None)


def found(name: str, arguments: int) -> Function:
    """The function of that name. Raises ExpressionFault if there is none, or it takes another number of arguments."""
    if name not in _KNOWN:
        raise ExpressionFault(f"The expression calls {name[:40]!a}, which is not known here.")
    act, fewest, most = _KNOWN[name]
    if not fewest <= arguments <= most:
        raise ExpressionFault(f"The expression gives {name} {arguments} arguments.")
    return act
