"""The types of FHIRPath and FHIR: what an item is, and what `is`, `as` and `ofType` make of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires.fhirpath.kinds import Amount, Element, ExpressionFault, Items, Moment
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, said, single
from liaison_desktop.questionnaires.fhirpath.tree import Member, Tree

_TEXTS = frozenset("String string code id uri url canonical markdown oid uuid base64Binary".split())
_WHOLE = frozenset("Integer integer positiveInt unsignedInt".split())
_OTHERS = frozenset(
    "Boolean boolean Decimal decimal Quantity Date date DateTime dateTime instant Time time Any".split()
)
# Extents of another name that are quantities all the same.
_QUANTITIES = frozenset("Age Count Distance Duration SimpleQuantity MoneyQuantity".split())


def named(item: Any) -> str:
    """The name of an item's type; blank if it is not known."""
    if isinstance(item, Element):
        return item.type
    if isinstance(item, Moment):
        return item.kind
    return str(getattr(item, "type", ""))


def described(item: Any) -> Element:
    """What `type()` tells of an item: its namespace and name."""
    kinds = ((bool, "Boolean"), (int, "Integer"), (Decimal, "Decimal"), (str, "String"), (Amount, "Quantity"))
    system = next((name for kind, name in kinds if isinstance(item, kind)), "")
    if isinstance(item, Moment):
        system = item.kind
    return Element({"namespace": "System" if system else "FHIR", "name": system or named(item)})


def is_of(item: Any, name: str) -> bool:
    """Whether an item is of the type of that name, with or without System or FHIR before it."""
    space, _, name = name.rpartition(".")
    if space == "System" and isinstance(item, Element) and item.type != "Quantity":
        return False
    if isinstance(item, bool):
        return name in ("Boolean", "boolean")
    if isinstance(item, int):
        return name in _WHOLE
    if isinstance(item, Decimal):
        return name in ("Decimal", "decimal")
    if isinstance(item, str):
        return name in _TEXTS
    if isinstance(item, Amount):
        return name == "Quantity"
    if isinstance(item, Moment):
        wanted = {"instant": "DateTime", "dateTime": "DateTime", "date": "Date", "time": "Time"}.get(name, name)
        return item.kind == wanted
    if name in ("Resource", "DomainResource") and isinstance(item, Element):
        return "resourceType" in item.raw
    if name == "Quantity" and named(item) in _QUANTITIES:
        return True
    return named(item) == name or name in ("Element", "BackboneElement")


def name_in(tree: Tree) -> str:
    """The type that an argument names: Coding, FHIR.Coding. Raises ExpressionFault for anything else."""
    if isinstance(tree, Member) and tree.target is None:
        return tree.name
    if isinstance(tree, Member) and isinstance(tree.target, Member) and tree.target.target is None:
        return f"{tree.target.name}.{tree.name}"
    raise ExpressionFault("The expression needs the name of a type.")


def tested(operator: str, target: Step, name: str) -> Step:
    """`is` tells, `as` and `ofType` keep. Raises ExpressionFault for a name that is no type."""
    bare = name.rpartition(".")[2]
    if not bare[:1].isalpha() or (bare[0].islower() and bare not in _TEXTS | _WHOLE | _OTHERS):
        raise ExpressionFault(f"The expression names {name[:40]!a}, which is no type.")

    def test(run: Run, focus: Items) -> Items:
        held = target(run, focus)
        run.spend(len(held))
        if operator == "ofType":
            return [one for one in held if is_of(one, name)]
        item = single(held)
        if operator == "is":
            return said(None if item is None else is_of(item, name))
        return [item] if item is not None and is_of(item, name) else []

    return test
