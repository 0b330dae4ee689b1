"""Whether every item of a form can ever be asked: loops of conditions, and conditions that never come true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liaison_desktop.questionnaires.definition import Definition, Item
from liaison_desktop.questionnaires.outcome import Issue, error, warning


def _needs(definition: Definition, link_id: str, read: Mapping[str, set[str]]) -> list[str]:
    parent = definition.parents[link_id]
    asked = [one.question for one in definition.index[link_id].conditions if one.question in definition.index]
    # A question's own answer does not wait for its children, but a child waits for its parent.
    return [*([parent] if parent else []), *asked, *sorted(read.get(link_id, ()))]


def cycles(definition: Definition, read: Mapping[str, set[str]]) -> Iterator[Issue]:
    """One error for each loop: an item that is asked only if it is asked, or worked out from itself.

    `read` says which items an item's expressions look at.
    """
    state: dict[str, int] = {}
    for start in definition.index:
        if start in state:
            continue
        path = [(start, iter(_needs(definition, start, read)))]
        state[start] = 1
        while path:
            link_id, needs = path[-1]
            following = next(needs, None)
            if following is None:
                state[link_id] = 2
                path.pop()
            elif state.get(following) == 1:
                loop = [one for one, _ in path]
                loop = loop[loop.index(following) :]
                names = " > ".join(one[:40] for one in [*loop[:8], following])
                yield error("business-rule", f"The conditions run in a circle: {names}.", link_id)
            elif following not in state:
                state[following] = 1
                path.append((following, iter(_needs(definition, following, read))))


def unreachable(definition: Definition) -> Iterator[Issue]:
    """Required items that can never be asked, because the question they wait for can never have that answer."""
    never: set[str] = set()
    for item in definition.index.values():
        parent = definition.parents[item.link_id]
        if parent in never or _never(item, definition, never):
            never.add(item.link_id)
            if item.required:
                yield warning("business-rule", "A required item that can never be asked.", item.link_id)


def _never(item: Item, definition: Definition, never: set[str]) -> bool:
    if not item.conditions:
        return False
    dead = [
        one.question in never and not (one.operator == "exists" and one.value is False)
        for one in item.conditions
        if one.question in definition.index
    ]
    # Two different answers asked at once of a question that takes one.
    fixed: dict[str, set[str]] = {}
    for one in item.conditions:
        source = definition.index.get(one.question)
        if one.operator == "=" and source is not None and not source.repeats and not item.any_of:
            code = one.value.get("code") if isinstance(one.value, dict) else one.value
            fixed.setdefault(one.question, set()).add(str(code))
    if any(len(codes) > 1 for codes in fixed.values()):
        return True
    return bool(dead) and (all(dead) if item.any_of else any(dead))
