"""Which items are asked: enableWhen over the live tree, whole or after one change.

A condition looks at the nearest occurrence of its question. The search climbs from the item through its ancestors; at
the first one that, by the definition, also contains the question it stops: the question's occurrences there are the
nearest, the last one if they stand before the item, the first one if after. So an item in the second medicine of a
list never reads the first one, even if its own question was left blank. A question that is an ancestor gives only the
answer that the item hangs under. A question that is not asked counts as unanswered; under an item that is not asked
nothing is asked; any answer that matches is enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from liaison_desktop.questionnaires.definition import Condition, Definition, Item
from liaison_desktop.questionnaires.nodes import Answer, Children, Node
from liaison_desktop.questionnaires.values import compare, same


class _Route(msgspec.Struct, frozen=True, eq=False):
    """How to find a condition's question: climb to `meeting` (blank: the top), then follow `down`."""

    condition: Condition
    meeting: str
    down: tuple[str, ...]
    before: bool


class Plan:
    """What depends on what in a definition; made once for each definition that is filled in."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.routes: dict[str, tuple[_Route, ...]] = {}
        self._dependents: dict[str, set[str]] = defaultdict(set)
        for item in definition.index.values():
            self.routes[item.link_id] = tuple(self._route(item, one) for one in item.conditions)
            for condition in item.conditions:
                self._dependents[condition.question].add(item.link_id)
        self.rank = self._ranks()
        self._affected: dict[str, tuple[str, ...]] = {}
        items = definition.index.values()
        self.calculated = tuple(item.link_id for item in items if item.calculation)
        self.constrained = tuple(item for item in items if item.constraints)
        self.formula_conditions = tuple(item.link_id for item in items if item.enable_formula)

    def _route(self, item: Item, condition: Condition) -> _Route:
        definition = self.definition
        if condition.question not in definition.index:
            return _Route(condition, "", (), True)
        mine, theirs = definition.lineage(item.link_id), definition.lineage(condition.question)
        shared = 0
        while shared < min(len(mine) - 1, len(theirs)) and mine[shared] == theirs[shared]:
            shared += 1
        meeting = theirs[shared - 1] if shared else ""
        before = definition.order[condition.question] < definition.order[item.link_id]
        return _Route(condition, meeting, theirs[shared:], before)

    def _ranks(self) -> Mapping[str, int]:
        # Sources and parents come first, so that one pass settles everything. A cycle (which the linter refuses) is
        # cut where it is met again, so that even then nothing runs for ever.
        ranks: dict[str, int] = {}
        for start in self.definition.index:
            path = [(start, iter(self._needs(start)))]
            entered = {start}
            while path:
                link_id, needs = path[-1]
                following = next((one for one in needs if one not in ranks and one not in entered), None)
                if following is None:
                    ranks.setdefault(link_id, len(ranks))
                    path.pop()
                else:
                    entered.add(following)
                    path.append((following, iter(self._needs(following))))
        return ranks

    def _needs(self, link_id: str) -> Iterator[str]:
        parent = self.definition.parents[link_id]
        if parent:
            yield parent
        for condition in self.definition.index[link_id].conditions:
            if condition.question in self.definition.index:
                yield condition.question

    def affected(self, link_id: str) -> tuple[str, ...]:
        """The items whose asking may change when this question's answer does, in the order to look at them."""
        known = self._affected.get(link_id)
        if known is None:
            found = self._closure((link_id,))
            known = self._affected[link_id] = tuple(sorted(found, key=self.rank.__getitem__))
        return known

    def affected_by(self, link_ids: Collection[str]) -> set[str]:
        """The items whose asking may change when any of these answers does."""
        return set(self.affected(next(iter(link_ids)))) if len(link_ids) == 1 else self._closure(link_ids)

    def _closure(self, link_ids: Collection[str]) -> set[str]:
        found: set[str] = set()
        waiting: list[str] = []
        for link_id in link_ids:
            waiting += self._dependents.get(link_id, ())
            # Children under the question itself appear and go with its answers.
            waiting += [child.link_id for child in self.definition.index[link_id].items]
        while waiting:
            one = waiting.pop()
            if one in found or one not in self.definition.index:
                continue
            found.add(one)
            waiting += self._dependents.get(one, ())
            waiting += [child.link_id for child in self.definition.index[one].items]
        return found


def _matches(answers: Iterable[Answer], condition: Condition) -> bool:
    operator, key, asked = condition.operator, condition.key, condition.value
    if operator == "exists":
        return bool(list(answers)) is asked
    for answer in answers:
        if operator in ("=", "!="):
            if same(answer.key, answer.value, key, asked) is (operator == "="):
                return True
            continue
        order = compare(answer.key, answer.value, key, asked)
        if order is not None and _ORDERED[operator](order):
            return True
    return False


_ORDERED = {
    ">": lambda order: order > 0,
    "<": lambda order: order < 0,
    ">=": lambda order: order >= 0,
    "<=": lambda order: order <= 0,
}
_OPERATORS = {"exists", "=", "!=", *_ORDERED}


def _occurrences(children: Children, down: tuple[str, ...]) -> list[Node]:
    found = children.get(down[0], [])
    for link_id in down[1:]:
        # A blank occurrence of a repeating group is only offered on the screen; it is not in the response.
        found = [
            below
            for node in found
            if not node.item.repeats or node.holds_anything()
            for below in node.below()
            if below.item.link_id == link_id
        ]
    return found


def _answers(node: Node, route: _Route, top: Children) -> list[Answer]:
    below, at = node, node.parent
    while at is not None and at.item.link_id != route.meeting:
        below, at = at, at.parent
    if route.meeting and at is None:
        return []
    if not route.down:
        if at is None or not at.enabled:
            return []
        return [below.under] if below.under is not None else list(at.answers)
    children = top if at is None else below.under.children if below.under is not None else at.children
    found = _occurrences(children, route.down)
    if not found:
        return []
    nearest = found[-1] if route.before else found[0]
    return nearest.answers if nearest.enabled else []


def _is_enabled(node: Node, plan: Plan, top: Children, verdicts: Mapping[int, bool]) -> bool:
    if node.parent is not None and not node.parent.enabled:
        return False
    if node.item.enable_formula is not None and not verdicts.get(id(node), True):
        return False
    routes = plan.routes.get(node.item.link_id, ())
    if not routes:
        return True
    met = (
        route.condition.operator in _OPERATORS and _matches(_answers(node, route, top), route.condition)
        for route in routes
    )
    return any(met) if node.item.any_of else all(met)


def settle(
    nodes: Iterable[Node], plan: Plan, top: Children, verdicts: Mapping[int, bool] | None = None
) -> tuple[Node, ...]:
    """Decides for these nodes, in the order given, whether they are asked; returns those for which it changed.

    `verdicts` says of a node (by its id in memory) whether its enableWhenExpression lets it be asked.
    """
    changed = []
    for node in nodes:
        enabled = _is_enabled(node, plan, top, verdicts or {})
        if enabled is not node.enabled:
            node.enabled = enabled
            changed.append(node)
    return tuple(changed)
