"""From a tree to a closure that can be run again and again."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires.fhirpath import functions, types
from liaison_desktop.questionnaires.fhirpath.grammar import read_expression
from liaison_desktop.questionnaires.fhirpath.kinds import Amount, Element, ExpressionFault, Items
from liaison_desktop.questionnaires.fhirpath.operators import OPERATORS, decided
from liaison_desktop.questionnaires.fhirpath.ordering import sorted_by
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, single, whole_of
from liaison_desktop.questionnaires.fhirpath.sameness import is_number
from liaison_desktop.questionnaires.fhirpath.tree import (
    Call,
    Chain,
    Index,
    Literal,
    Member,
    Sign,
    Special,
    Tree,
    TypeTest,
    Variable,
)


class Expression:
    """An expression that was read: what it names, and how to run it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = read_expression(text)
        self._step = made(self.tree)

    def run(self, run: Run, focus: Items) -> Items:
        """Its value. Raises ExpressionFault where it cannot be worked out."""
        run.this = focus
        try:
            return self._step(run, focus)
        except RecursionError:
            raise ExpressionFault("The expression nests too deep.") from None


@functools.lru_cache(maxsize=4096)
def compiled(text: str) -> Expression | ExpressionFault:
    """The expression, read once for all; or why it cannot be read."""
    try:
        return Expression(text)
    except ExpressionFault as fault:
        return fault


def inside(tree: Tree) -> list[Tree]:
    """The parts directly inside one."""
    if isinstance(tree, Member | Call):
        arguments = list(tree.arguments) if isinstance(tree, Call) else []
        return [*([] if tree.target is None else [tree.target]), *arguments]
    if isinstance(tree, Index):
        return [tree.target, tree.place]
    if isinstance(tree, Sign | TypeTest):
        return [tree.target]
    return list(tree.operands) if isinstance(tree, Chain) else []


def parts(tree: Tree) -> Iterable[Tree]:
    """Every part of a tree, itself included."""
    waiting: list[Tree] = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += inside(one)


def made(tree: Tree) -> Step:
    """The closure of a tree. Raises ExpressionFault for a function or type that is not known."""
    if isinstance(tree, Literal):
        value: Items = [] if tree.empty else [tree.value]
        return lambda run, focus: value
    if isinstance(tree, Variable):
        return _variable(tree.name)
    if isinstance(tree, Special):
        return _SPECIAL[tree.name]
    if isinstance(tree, Member):
        return _member(tree)
    if isinstance(tree, Call):
        return _call(tree)
    if isinstance(tree, Index):
        return _index(made(tree.target), made(tree.place))
    if isinstance(tree, Sign):
        return _signed(tree.sign, made(tree.target))
    if isinstance(tree, TypeTest):
        return types.tested(tree.operator, made(tree.target), tree.name)
    return _chain(tree)


_SPECIAL: Mapping[str, Step] = {
    "this": lambda run, focus: run.this,
    "index": lambda run, focus: [run.index],
    "total": lambda run, focus: run.total,
}


def _variable(name: str) -> Step:
    if name in ("resource", "rootResource"):
        return lambda run, focus: run.resource
    if (fixed_address := functions.address_of(name)) is not None:
        address: Items = [fixed_address]
        return lambda run, focus: address
    if name in functions.FIXED:
        fixed: Items = [functions.FIXED[name]]
        return lambda run, focus: fixed
    return lambda run, focus: run.variable(name)


def members(run: Run, items: Items, name: str) -> Items:
    """What lies under a name in each of the items."""
    found: Items = []
    run.spend(len(items))
    for item in items:
        if isinstance(item, bool | int | Decimal | str):
            continue
        if isinstance(item, Amount):
            found += _of_amount(item, name)
        elif hasattr(item, "member"):
            found += item.member(name)
    return found


def _of_amount(item: Amount, name: str) -> Items:
    held: dict[str, Items] = {"value": [item.value], "unit": [item.unit], "code": [item.unit]}
    return held.get(name, [])


def _member(tree: Member) -> Step:
    name = tree.name
    if tree.target is None:

        def start(run: Run, focus: Items) -> Items:
            # A path may begin with the type of what is looked at: Patient.name.
            if name[:1].isupper():
                typed = [one for one in focus if types.named(one) == name]
                if typed:
                    return typed
            return members(run, focus, name)

        return start
    target = _with_shadow(tree.target) if name == "extension" else made(tree.target)
    return lambda run, focus: members(run, target(run, focus), name)


def _with_shadow(tree: Tree) -> Step:
    """A path and, beside a plain value at its end, the object that JSON keeps the value's extensions in (`_name`)."""
    if not isinstance(tree, Member):
        return made(tree)
    plainly, shadow = made(tree), "_" + tree.name
    start = made(tree.target) if tree.target is not None else _itself

    def look(run: Run, focus: Items) -> Items:
        held = [one for one in start(run, focus) if isinstance(one, Element) and shadow in one.raw]
        return [*plainly(run, focus), *members(run, held, shadow)]

    return look


def _call(tree: Call) -> Step:
    target = made(tree.target) if tree.target is not None else None
    known = functions.found(tree.name, len(tree.arguments))
    if tree.name == "extension" and tree.target is not None:
        target = _with_shadow(tree.target)
    if tree.name == "sort":
        downs = [one.target if isinstance(one, Sign) and one.sign == "-" else None for one in tree.arguments]
        keys = tuple((made(down or one), down is not None) for one, down in zip(tree.arguments, downs, strict=True))
        return sorted_by(target or _itself, keys)
    if tree.name in ("is", "as", "ofType"):
        held = target or _itself
        return types.tested(tree.name, held, types.name_in(tree.arguments[0]))
    if (short := _by_link_id(tree)) is not None:
        return short
    arguments = tuple(made(one) for one in tree.arguments)

    def call(run: Run, focus: Items) -> Items:
        return known(run, target(run, focus) if target is not None else focus, arguments)

    return call


def _itself(run: Run, focus: Items) -> Items:
    return focus


def _wanted(tree: Call) -> str | None:
    # The linkId in where(linkId = 'x').
    if tree.name != "where" or len(tree.arguments) != 1:
        return None
    test = tree.arguments[0]
    if not isinstance(test, Chain) or test.operator != "=" or len(test.operands) != 2:
        return None
    for one, other in (test.operands, test.operands[::-1]):
        if one == Member(None, "linkId") and isinstance(other, Literal) and isinstance(other.value, str):
            return other.value
    return None


def _looked(tree: Tree | None) -> tuple[Tree | None, str] | None:
    # What is looked through, and how: .item, .repeat(item), .descendants().
    if isinstance(tree, Member) and tree.name == "item":
        return tree.target, "item"
    if isinstance(tree, Call) and tree.name == "repeat" and tree.arguments == (Member(None, "item"),):
        return tree.target, "repeat"
    if isinstance(tree, Call) and tree.name == "descendants":
        return tree.target, "descendants"
    return None


def _by_link_id(tree: Call) -> Step | None:
    """The short way to items of one linkId, which an index knows; the long way for what has no index."""
    wanted, through = _wanted(tree), _looked(tree.target)
    if wanted is None or through is None:
        return None
    start = made(through[0]) if through[0] is not None else _itself
    how = through[1]
    long = functions.found("where", 1)
    inner = made(tree.target) if tree.target is not None else _itself
    arguments = (made(tree.arguments[0]),)

    def look(run: Run, focus: Items) -> Items:
        held = start(run, focus)
        found: Items = []
        run.spend(len(held))
        for one in held:
            near = one.found(wanted, how) if hasattr(one, "found") else None
            if near is None and not isinstance(one, bool | int | Decimal | str):
                return long(run, inner(run, focus), arguments)
            found += near or []
        return found

    return look


def _index(target: Step, place: Step) -> Step:
    def at(run: Run, focus: Items) -> Items:
        held, number = target(run, focus), whole_of(place(run, run.this or focus))
        return held[number : number + 1] if number is not None and number >= 0 else []

    return at


def _signed(sign: str, target: Step) -> Step:
    def signed(run: Run, focus: Items) -> Items:
        item = single(target(run, focus))
        if item is None or sign == "+":
            return [] if item is None else [item]
        if isinstance(item, Amount):
            return [Amount(-item.value, item.unit, item.system)]
        if not is_number(item):
            raise ExpressionFault("The expression takes the opposite of what is no number.")
        return [-item]

    return signed


def _chain(tree: Chain) -> Step:
    steps = tuple(made(one) for one in tree.operands)
    if tree.operator == "()":
        return steps[0]
    if tree.operator in ("and", "or"):
        return decided(steps, stop=tree.operator == "or")
    act = OPERATORS[tree.operator]

    def chained(run: Run, focus: Items) -> Items:
        run.spend(len(steps))
        kept = run.locals
        held = steps[0](run, focus)
        for step in steps[1:]:
            run.locals = kept
            held = act(held, step(run, focus))
        run.locals = kept
        return held

    return chained


def element(raw: Mapping[str, Any]) -> Element:
    """A JSON object to start from."""
    return Element(raw, str(raw.get("resourceType") or ""))
