"""What is wrong with the expressions of a form: unreadable, in another language, naming what is not there, in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Definition, Formula, Item, extensions, value_of
from liaison_desktop.questionnaires.fhirpath.engine import Expression, compiled, inside, parts
from liaison_desktop.questionnaires.fhirpath.functions import FIXED
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault
from liaison_desktop.questionnaires.fhirpath.tree import Call, Chain, Index, Literal, Member, Tree, Variable
from liaison_desktop.questionnaires.formulas import FHIRPATH
from liaison_desktop.questionnaires.outcome import Issue, error, warning
from liaison_desktop.questionnaires.parsing_formulas import formula_of

_ALWAYS = frozenset(["context", "resource", "rootResource", "questionnaire", "qitem", *FIXED])
_ONE_EACH = (names.CALCULATED, names.ENABLE_WHEN, names.INITIAL, names.ANSWERS)


def formula_lint(definition: Definition) -> Iterator[Issue]:
    """The issues of every expression, in the order of the form."""
    for name in _twice(definition.variables):
        yield error("duplicate", f"The variable {name[:40]!a} is given twice.")
    for formula in (*definition.variables, *(one.formula for one in definition.constraints)):
        yield from _formula(formula, None, definition)
    for item in definition.walk():
        yield from _item(item, definition)
    yield from _circles_of_variables(definition)


def formulas_of(item: Item) -> tuple[Formula, ...]:
    """Every expression of an item."""
    single = (
        item.calculation,
        item.enable_formula,
        item.initial_formula,
        item.answer_formula,
        item.low_formula,
        item.high_formula,
    )
    constraints = tuple(one.formula for one in item.constraints)
    toggles = tuple(one.formula for one in item.toggles)
    return (*item.variables, *(one for one in single if one is not None), *constraints, *toggles)


def _twice(formulas: tuple[Formula, ...]) -> list[str]:
    given = [one.name for one in formulas]
    return sorted({name for name in given if given.count(name) > 1})


def _item(item: Item, definition: Definition) -> Iterator[Issue]:
    for name in _twice(item.variables):
        yield error("duplicate", f"The variable {name[:40]!a} is given twice.", item.link_id)
    for url in _ONE_EACH:
        held = extensions(item.raw, url)
        if len(held) > 1:
            yield error("structure", f"There is more than one {url.rpartition('-')[2]}.", item.link_id)
        for one in held:
            if formula_of(value_of(one)[1]) is None:
                yield error("required", f"A {url.rpartition('-')[2]} holds no expression.", item.link_id)
    for one in extensions(item.raw, names.CALCULATION):
        named = [value_of(part)[1] for part in extensions(one, "of")]
        if item.calculation is None or item.calculation.text == "{}" or any(of not in definition.index for of in named):
            words = "The calculation is not known, or reads a question that is not in this form."
            yield error("not-found", words, item.link_id)
    if item.enable_formula is not None and item.conditions:
        yield warning("business-rule", "With enableWhen and enableWhenExpression both must hold.", item.link_id)
    if item.calculation is not None and not item.is_question:
        yield error("invariant", f"An item of type {item.type[:20]} has no answer to calculate.", item.link_id)
    for formula in formulas_of(item):
        yield from _formula(formula, item, definition)


def _formula(formula: Formula, item: Item | None, definition: Definition) -> Iterator[Issue]:
    link_id = item.link_id if item is not None else ""
    if formula.language != FHIRPATH:
        words = f"An expression in {formula.language[:40]} is kept, but this application does not work it out."
        yield warning("not-supported", words, link_id)
        return
    expression = compiled(formula.text)
    if isinstance(expression, ExpressionFault):
        yield error("value", str(expression), link_id)
        return
    known = _ALWAYS | _names(item, definition) | set(definition.launch)
    for part in parts(expression.tree):
        if isinstance(part, Variable) and part.name not in known and not part.name.startswith(("vs-", "ext-")):
            yield error("not-found", f"The expression uses %{part.name[:40]}, which nobody gives.", link_id)
    for wanted in sorted(link_ids(expression)):
        if wanted not in definition.index:
            yield warning("not-found", f"The expression looks for {wanted[:40]!a}, which is not in this form.", link_id)


def _names(item: Item | None, definition: Definition) -> set[str]:
    found = {one.name for one in definition.variables}
    for link_id in definition.lineage(item.link_id) if item is not None else ():
        found |= {one.name for one in definition.index[link_id].variables}
    return found


def link_ids(expression: Expression) -> set[str]:
    """The linkIds that an expression compares with: `linkId = 'x'`, `linkId in ('x' | 'y')`."""
    found: set[str] = set()
    for part in _of_answers(expression.tree):
        if isinstance(part, Chain) and part.operator in ("=", "in", "~") and Member(None, "linkId") in part.operands:
            for other in part.operands:
                found |= {one.value for one in _literals(other)}
    return found


def _of_answers(tree: Tree) -> Iterator[Tree]:
    """The parts of an expression, but for those that look at the form itself and not at its answers."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        below = list(inside(one))
        start = one
        while isinstance(start, Member | Call | Index) and start.target is not None:
            start = start.target
        if start in (Variable("questionnaire"), Variable("qitem")) and isinstance(one, Call):
            below = [] if one.target is None else [one.target]
        waiting += below


def _literals(tree: Tree) -> list[Literal]:
    if isinstance(tree, Chain) and tree.operator not in ("|", "()"):
        return []
    return [one for one in parts(tree) if isinstance(one, Literal) and isinstance(one.value, str)]


def reads(definition: Definition) -> Mapping[str, set[str]]:
    """For each item, the items its calculation or condition looks at by their linkIds, variables included."""
    found: dict[str, set[str]] = {}
    for item in definition.index.values():
        seen: set[str] = set()
        for formula in (item.calculation, item.enable_formula):
            if formula is not None:
                seen |= _reads(formula, item.link_id, definition, set())
        if seen:
            found[item.link_id] = {one for one in seen if one in definition.index}
    return found


def _reads(formula: Formula, at: str, definition: Definition, entered: set[int]) -> set[str]:
    expression = compiled(formula.text)
    if formula.language != FHIRPATH or isinstance(expression, ExpressionFault) or id(formula) in entered:
        return set()
    entered.add(id(formula))
    found = link_ids(expression)
    for part in parts(expression.tree):
        if isinstance(part, Variable):
            for variable in _in_scope(part.name, at, definition, formula):
                found |= _reads(variable, at, definition, entered)
    return found


def _in_scope(name: str, at: str, definition: Definition, asking: Formula) -> Iterator[Formula]:
    scopes = [definition.index[one].variables for one in reversed(definition.lineage(at))] if at else []
    for held in (*scopes, definition.variables):
        for one in held:
            if one.name == name and one is not asking:
                yield one
                return


def _circles_of_variables(definition: Definition) -> Iterator[Issue]:
    for link_id, held in [("", definition.variables), *((i.link_id, i.variables) for i in definition.walk())]:
        uses = {one.name: _used(one) & {other.name for other in held} - {one.name} for one in held}
        left = dict(uses)
        # Take away, again and again, what uses nothing that is left; what remains runs in a circle.
        while ready := [name for name, needs in left.items() if not needs & left.keys()]:
            for name in ready:
                del left[name]
        if left:
            words = ", ".join(sorted(left))[:80]
            yield error("business-rule", f"The variables run in a circle: {words}.", link_id)


def _used(formula: Formula) -> set[str]:
    expression = compiled(formula.text)
    if isinstance(expression, ExpressionFault):
        return set()
    return {part.name for part in parts(expression.tree) if isinstance(part, Variable)}
