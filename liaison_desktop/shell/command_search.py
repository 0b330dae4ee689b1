"""What the command bar offers: pages, commands, and records whose words begin like what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from liaison_desktop.i18n import tr
from liaison_desktop.ui.bar_rows import BarRow
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.command_bar import CommandBar, Group

if TYPE_CHECKING:
    from liaison_desktop.shell.frame import WorkFrame

_MOST = 12


class CommandSearch:
    """Fills the bar of a frame. It knows no kind: a record's group is the page that shows it."""

    def __init__(self, frame: WorkFrame) -> None:
        self._frame = frame
        self.bar = CommandBar(frame)
        self.bar.asked.connect(self.look)

    def open_bar(self) -> None:
        """Ctrl+K."""
        if not self._frame.covered:
            self.bar.open_with((self._actions(), self._pages()))

    def open_keys(self) -> None:
        """F1: only what has keys."""
        if self._frame.covered:
            return
        rows = [row for row in self._actions()[1] if row.keys]
        rows.append(BarRow(tr("Anything"), self.open_bar, tr("people, records, commands"), "search", "Ctrl+K"))
        self.bar.open_with(((tr("What you can press here"), rows), self._pages()))

    def look(self, text: str) -> None:
        """Ask the store; any keystroke is safe to pass."""
        if not text.strip():
            self.bar.add_found(text, ())
            return
        frame = self._frame
        found: dict[str, list[BarRow]] = {}
        for hit in frame.desk.store.search(text, limit=_MOST):
            key = frame.workspace.opens.get(hit.kind, "")
            if key in frame.specs:
                spec = frame.specs[key]
                found.setdefault(spec.title, []).append(
                    BarRow(hit.title, self._opener(hit.kind, hit.id), hit.facts, spec.icon or "circle-dot")
                )
        # In the order of the rail, so that a person stands above the visits with them.
        order = [spec.title for spec in frame.specs.values()]
        groups = sorted(found.items(), key=lambda group: order.index(group[0]))
        self.bar.add_found(text, (*self._understood(text), *groups))

    def _understood(self, text: str) -> tuple[Group, ...]:
        """What the typed line itself would do, before anything that was found."""
        offers = self._frame.workspace.understands(self._frame.desk, text)
        rows = [
            BarRow(one.title, one.run, one.facts, one.icon, one.keys, tuple(ChipSpec(*chip) for chip in one.chips))
            for one in offers
        ]
        return ((tr("What you typed means"), rows),) if rows else ()

    def _opener(self, kind: str, id: uuid.UUID) -> Callable[[], None]:
        return lambda: self._frame.open(kind, id)

    def _actions(self) -> Group:
        rows = [BarRow(each.title, each.run, each.facts, each.icon, each.keys) for each in self._frame.commands()]
        return tr("Actions"), rows

    def _pages(self) -> Group:
        rows, number = [], 0
        for spec in self._frame.specs.values():
            if spec.icon:
                number += 1
                in_workspace = spec in self._frame.workspace.pages
                keys = f"Ctrl+{number}" if in_workspace and number <= 9 else ""
                rows.append(BarRow(spec.title, self._goer(spec.key), tr("page"), spec.icon, keys))
        return tr("Go to"), rows

    def _goer(self, key: str) -> Callable[[], None]:
        return lambda: self._frame.go(key)
