"""A line that offers the approved materials in the version that stands today, or takes down a title alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtGui import QFocusEvent

from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.msl.materials.record import Material, MaterialVersion, Use
from liaison_desktop.msl.materials.rules import USABLE, standing, state_of, version_words
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.suggest import Option, SuggestLine, matching

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A material in one of its versions; without ids only a title."""

    title: str
    material_id: uuid.UUID | None = None
    version_id: uuid.UUID | None = None
    number: str = ""

    def words(self) -> str:
        """The title with its version."""
        number = f"v{self.number}" if self.number[:1].isdigit() else self.number
        return f"{self.title}, {number}" if number else self.title


def chosen_of(material: Material, version: MaterialVersion) -> Chosen:
    """A material in this version."""
    return Chosen(title=material.name, material_id=material.id, version_id=version.id, number=version_words(version))


class MaterialLine(SuggestLine):
    """The current versions that may be shown to a doctor; a title that is not among them is only written down.

    `first` says which of them stand at the head of the list, as those that fit the question.
    """

    def __init__(
        self,
        store: Store,
        name: str = "Title of the material",
        first: Callable[[], Sequence[Material]] = tuple,
    ) -> None:
        self._store, self._first = store, first
        super().__init__(self._search, "Title of the material", name, icon="search")

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Show this as taken; nothing where there is no title."""
        self.show_option(Option(chosen, chosen.words()) if chosen is not None and chosen.title else None)
        self.setToolTip(chosen.words() if chosen is not None else "")

    def chosen(self) -> Chosen:
        """What was taken from the list, or the title as it stands in the line."""
        held = self.value()
        return held if isinstance(held, Chosen) else Chosen(title=self.text().strip())

    def complaint(self) -> str:
        """Any title can be written down."""
        return ""

    def _search(self, text: str) -> Sequence[Option]:
        found = matching(current_versions(self._store, self._first()), text)
        return [*found, Option(Chosen(title=text), text, "title only")] if text and not found else found

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A title that was typed and not taken from the list is only a title."""
        if self.value() is None and (typed := self.text().strip()):
            self.take(Option(Chosen(title=typed), typed))
        super().focusOutEvent(event)


def current_versions(store: Store, first: Sequence[Material] = ()) -> list[Option]:
    """The newest version of each material that may be shown today, those of `first` before the others."""
    policy, today, found = policy_of(store), store.clock().date(), []
    order = {one.id: place for place, one in enumerate(first)}
    known = sorted(materials(store).values(), key=lambda one: order.get(one.id, len(order)))
    for material in known:
        version = standing(material)
        if version is None or material.use is Use.INTERNAL_ONLY or state_of(version, today, policy) not in USABLE:
            continue
        chosen = chosen_of(material, version)
        use = material.use.label if material.use and material.use is not Use.PROACTIVE else ""
        kind = material.material_kind.label if material.material_kind else ""
        found.append(Option(chosen, chosen.words(), ", ".join(filter(None, (kind, use)))))
    return found
