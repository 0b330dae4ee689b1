"""The parts a form is filled in by: its groups at the top, and what stands loose between them, gathered."""

from __future__ import annotations

import msgspec

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.nodes import Children, Node
from liaison_desktop.questionnaires.response import Sheet

LOOSE = "Questions"
_MOST, _PIECE = 60, 40  # items of a part that open at once on a slow laptop; a longer part comes in pieces
_NO_PART = {"header", "footer", "gtable", "htable", "grid", "table", "list"}


class Part(msgspec.Struct, frozen=True, eq=False):
    """One part: its name in the rail, and the items directly in it. `above` is the key of the group they are in."""

    id: str
    prefix: str
    title: str
    short: str
    children: Children
    link_ids: tuple[str, ...]
    above: str = ""

    def now(self) -> list[Node]:
        """The nodes directly in it as they are now: occurrences come and go."""
        return [node for link_id in self.link_ids for node in self.children.get(link_id, [])]

    def holds(self, key: str) -> bool:
        """Whether the question of that key, or the part itself, is meant."""
        if self.above:
            if key == self.above and self.above.rpartition("/")[2] == self.id:
                return True
            if not key.startswith(self.above + "/"):
                return False
            key = key[len(self.above) + 1 :]
        return key.partition("/")[0].partition(":")[0] in self.link_ids


def parts(sheet: Sheet) -> list[Part]:
    """The parts that are asked now, in the order of the form."""
    children, above, title = sheet.children, "", sheet.definition.title
    # One group around everything is no part, but the form itself.
    while len(seen := _asked(children)) == 1 and _wraps(seen[0]):
        children, above, title = seen[0].children, seen[0].key, seen[0].item.text or title
    return _gathered(children, above, title or LOOSE)


def shown(item: Item) -> bool:
    """Whether a person ever sees the item."""
    return not item.hidden and not item.finding


def _asked(children: Children) -> list[Node]:
    return [node for nodes in children.values() for node in nodes if node.enabled and shown(node.item)]


def _wraps(node: Node) -> bool:
    groups = sum(one.item.type == "group" and not one.item.repeats for one in _asked(node.children))
    return node.item.type == "group" and not node.item.repeats and groups >= 2


def _gathered(children: Children, above: str, title: str) -> list[Part]:
    found: list[Part] = []
    loose: list[str] = []

    def gather() -> None:
        found.extend(_pieces(Part(loose[0], "", title, title, children, tuple(loose), above)) if loose else ())
        loose.clear()

    for link_id, nodes in children.items():
        item = nodes[0].item
        if not shown(item):
            continue
        if item.type != "group" or item.repeats or set(item.controls) & _NO_PART:
            loose.append(link_id)
            continue
        gather()
        if nodes[0].enabled:
            words, inside = item.text or title, tuple(below.link_id for below in item.items)
            whole = Part(link_id, item.prefix, words, item.short or words, nodes[0].children, inside, nodes[0].key)
            found += _pieces(whole) or [whole]
    gather()
    return found


def _pieces(part: Part) -> list[Part]:
    """A long part in pieces that open at once, each named by the questions it has; a piece without any is left out."""
    if len(part.link_ids) <= _MOST:
        return [part] if any(node.enabled for node in part.now()) else []
    found = []
    for start in range(0, len(part.link_ids), _PIECE):
        link_ids = part.link_ids[start : start + _PIECE]
        number = f"{start + 1} to {start + len(link_ids)}"
        piece = Part(
            part.id if not start else link_ids[0],
            part.prefix,
            f"{part.title}, {number}",
            f"{part.short}, {number}",
            part.children,
            link_ids,
            part.above,
        )
        if any(node.enabled for node in piece.now()):
            found.append(piece)
    return found
