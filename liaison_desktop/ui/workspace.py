"""What a profession brings along: its pages, its kinds, its commands. Plain values; nothing here imports a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desktop.store import Schema, Store
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.page import Page


def _no_commands(desk: Desk) -> tuple[Command, ...]:
    return ()


def _no_offers(desk: Desk, text: str) -> tuple[Command, ...]:
    return ()


@dataclass(frozen=True)
class Command:
    """One thing the command bar offers. `keys` such as "Ctrl+N" are shown, and pressed they run it.

    `chips` say in a few words (text, tone, icon) what was understood of a typed line.
    """

    title: str
    run: Callable[[], object]
    facts: str = ""
    icon: str = "circle-dot"
    keys: str = ""
    chips: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class PageSpec:
    """A page in the rail. `make` imports its page when it is first shown.

    `count` is the number beside the word; with `alert` it is a safety count and is shown in red.

    With `ahead` the page may be made before it is shown, while nobody waits: making it writes nothing, shows nothing and
    takes no keyboard. When it is shown it hears that everything changed; it is made anew when one of the kinds in
    `ahead` did, those for which hearing so is not enough.
    """

    key: str
    title: str
    icon: str
    make: Callable[[Desk], Page]
    count: Callable[[Store], int] | None = None
    alert: bool = False
    ahead: frozenset[str] | None = None


@dataclass(frozen=True)
class Notice:
    """One line that stays in the status bar while it holds, such as a running clock. Pressed, it opens `page_key`.

    `leaving` is asked once before somebody locks or quits while it holds; empty asks nothing.
    """

    text: str
    tone: str = "neutral"
    icon: str = "clock"
    page_key: str = ""
    leaving: str = ""


def _no_notice(desk: Desk) -> Notice | None:
    return None


def _no_cards(desk: Desk) -> tuple[QWidget, ...]:
    return ()


def _no_refusal(store: Store, right: str) -> str:
    return ""


@dataclass(frozen=True)
class Workspace:
    """Everything the window needs to know of a profession.

    `opens` says which page shows a kind; `practice` fills a new store with synthetic practice records.
    `understands` says what a line typed into the command bar would do; it is asked at each keystroke and saves nothing.
    `features` are its folders, those that stand on others last; what is in them is loaded while nobody waits.
    `refuses` says why whoever works here may not do something of the frame, such as "see_journal", "print" or "export"; empty lets
    them. Everything that leaves through the kits asks it.
    `settings` makes the cards a workspace adds to Settings, under the rules.
    `strip` makes what stands over the status bar of every page, such as what a guard saw in the text that is typed.
    """

    key: str
    title: str
    schema: Schema
    pages: tuple[PageSpec, ...]
    opens: Mapping[str, str]
    practice: Callable[[Store], None]
    commands: Callable[[Desk], tuple[Command, ...]] = field(default=_no_commands)
    notice: Callable[[Desk], Notice | None] = field(
        default=_no_notice
    )  # asked after each commit, and every few seconds
    understands: Callable[[Desk, str], tuple[Command, ...]] = field(default=_no_offers)
    strip: Callable[[Desk], QWidget] | None = None
    features: tuple[str, ...] = ()
    refuses: Callable[[Store, str], str] = field(default=_no_refusal)
    settings: Callable[[Desk], tuple[QWidget, ...]] = field(default=_no_cards)

    @property
    def listed(self) -> tuple[PageSpec, ...]:
        """The pages of the rail; a page without an icon is reached from others only."""
        return tuple(spec for spec in self.pages if spec.icon)
