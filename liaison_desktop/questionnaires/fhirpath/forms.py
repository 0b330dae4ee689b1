"""Functions that FHIR and its forms add: scores of answers, resources inside, and what needs a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires.fhirpath.collections import argument
from liaison_desktop.questionnaires.fhirpath.kinds import Element, ExpressionFault, Items, plain
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, single, text_of

Steps = tuple[Step, ...]
Function = Callable[[Run, Items, Steps], Items]

WEIGHTS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
)


_PROPERTY = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property"


def _marks(raw: Any) -> Iterator[Any]:
    held = raw.get("extension") if isinstance(raw, dict) else None
    for one in held if isinstance(held, list) else ():
        if isinstance(one, dict) and one.get("url") in WEIGHTS:
            yield one.get("valueDecimal", one.get("valueInteger"))
        elif isinstance(one, dict) and one.get("url") == _PROPERTY and isinstance(one.get("extension"), list):
            # An expansion of R5, written into R4: a property by its code and value.
            parts = {part.get("url"): part for part in one["extension"] if isinstance(part, dict)}
            if parts.get("code", {}).get("valueCode") == "itemWeight":
                yield parts.get("value[x]", parts.get("value", {})).get("valueDecimal")
    held = raw.get("property") if isinstance(raw, dict) else None
    for one in held if isinstance(held, list) else ():
        if isinstance(one, dict) and one.get("code") == "itemWeight":
            yield one.get("valueDecimal", one.get("valueInteger"))


def _of(raw: Any) -> Decimal | None:
    for value in _marks(raw):
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
    return None


def _options(raw: Any) -> Iterator[Mapping[str, Any]]:
    # Every permitted answer of the form, and every concept of a value set or code system inside it.
    waiting = [raw]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if isinstance(one.get("valueCoding"), dict):
                yield {"extension": one.get("extension"), **one["valueCoding"]}
            elif isinstance(one.get("code"), str):
                yield one
            waiting += [one[key] for key in ("item", "answerOption", "contained", "concept", "compose", "include", "expansion", "contains") if key in one]  # fmt: skip


def weights(questionnaire: Mapping[str, Any]) -> Mapping[tuple[str, str], Decimal]:
    """The score of each permitted answer that has one, by system and code."""
    found: dict[tuple[str, str], Decimal] = {}
    for one in _options(questionnaire):
        weight = _of(one)
        if weight is not None:
            found.setdefault((str(one.get("system") or ""), str(one.get("code") or "")), weight)
    return found


def _weight(run: Run, items: Items, steps: Steps) -> Items:
    found: Items = []
    run.spend(len(items))
    known: Any = None
    for item in items:
        raw = plain(item) if isinstance(item, Element) else None
        own = _of(raw)
        if own is None and isinstance(raw, dict):
            if known is None:
                held = run.lookup("weights of the form")
                known = held[0] if held else {}
            code = str(raw.get("code") or "")
            own = known.get((str(raw.get("system") or ""), code), known.get(("", code)))
        if own is not None:
            found.append(own)
    return found


def _resolve(run: Run, items: Items, steps: Steps) -> Items:
    """A reference to a resource inside the response; others lie where a form cannot look."""
    inside = [plain(one) for root in run.resource for one in root.member("contained")]
    found: Items = []
    for item in items:
        address = item if isinstance(item, str) else plain(item).get("reference") if hasattr(item, "member") else None
        if isinstance(address, str) and address.startswith("#"):
            found += [
                Element(raw, str(raw.get("resourceType") or "")) for raw in inside if raw.get("id") == address[1:]
            ]
    return found


_BASE = "http://hl7.org/fhir/StructureDefinition/"


def _conforms(run: Run, items: Items, steps: Steps) -> Items:
    """Whether it is a resource or value of that type of FHIR; a profile is more than can be told here."""
    item, url = single(items), text_of(argument(run, items, steps[0]))
    if item is None or url is None:
        return []
    name = url.removeprefix(_BASE)
    if name == url or not name.isalpha() or not name[:1].isupper() or not isinstance(item, Element):
        raise ExpressionFault("The expression asks about a profile, which is not looked at here.")
    return [name in (item.type, "Resource" if "resourceType" in item.raw else "Element")]


def _needs_server(run: Run, items: Items, steps: Steps) -> Items:
    raise ExpressionFault("The expression asks something that only a terminology server can tell.")


KNOWN: Mapping[str, tuple[Function, int, int]] = {
    "weight": (_weight, 0, 0), "ordinal": (_weight, 0, 0), "resolve": (_resolve, 0, 0),
    "memberOf": (_needs_server, 1, 1), "conformsTo": (_conforms, 1, 1), "subsumes": (_needs_server, 1, 1),
    "subsumedBy": (_needs_server, 1, 1),
}  # fmt: skip
