"""The row of a material that was shown or left: an approved version out of the list, or only its title."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtGui import QFocusEvent

from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.msl.materials.record import Use
from liaison_desktop.msl.materials.rules import USABLE, standing, state_of, version_words
from liaison_desktop.msl.visits.form.rows import EditedRow
from liaison_desktop.msl.visits.record import MaterialAction, MaterialUse
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.suggest import Option, SuggestLine, matching
from liaison_desktop.ui.ticks import TickEditor

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


class MaterialLine(SuggestLine):
    """The current versions that may be shown to a doctor; a title that is not among them is only written down."""

    def __init__(self, store: Store) -> None:
        self._store = store
        super().__init__(self._search, "Title of the material", "Title of the material", icon="search")

    def _search(self, text: str) -> Sequence[Option]:
        found = matching(current_versions(self._store), text)
        return [*found, Option(Chosen(title=text), text, "title only")] if text and not found else found

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A title that was typed and not taken from the list is only a title."""
        if self.value() is None and (typed := self.text().strip()):
            self.take(Option(Chosen(title=typed), typed))
        super().focusOutEvent(event)


def current_versions(store: Store) -> list[Option]:
    """The newest version of each material that may be shown today."""
    policy, today, found = policy_of(store), store.clock().date(), []
    for material in materials(store).values():
        version = standing(material)
        if version is None or material.use is Use.INTERNAL_ONLY or state_of(version, today, policy) not in USABLE:
            continue
        chosen = Chosen(
            title=material.name, material_id=material.id, version_id=version.id, number=version_words(version)
        )
        use = material.use.label if material.use and material.use is not Use.PROACTIVE else ""
        kind = material.material_kind.label if material.material_kind else ""
        found.append(Option(chosen, chosen.words(), ", ".join(filter(None, (kind, use)))))
    return found


class MaterialEditor(EditedRow):
    """A material in its version, and what was done with it."""

    def __init__(self, store: Store, held: MaterialUse) -> None:
        super().__init__()
        self._held = held
        self.title = MaterialLine(store)
        self.action = ComboEditor(MaterialAction, name="What was done with it")
        self.action.setFixedWidth(164)
        self.label_included = TickEditor("Label included")
        if held.title:
            chosen = Chosen(
                title=held.title, material_id=held.material_id, version_id=held.version_id, number=held.number
            )
            self.title.show_option(Option(chosen, chosen.words()))
            self.title.setToolTip(chosen.words())
        self.action.set_value(held.action)
        self.label_included.set_value(held.label_included)
        self.setFocusProxy(self.title)
        self._lay("this material", (self.title, 1), self.action, self.label_included)

    def value(self) -> MaterialUse:
        """The material as chosen or typed."""
        action, chosen = self.action.value(), self.title.value()
        if not isinstance(chosen, Chosen):
            chosen = Chosen(title=self.title.text().strip())
        return MaterialUse(
            title=chosen.title,
            material_id=chosen.material_id,
            version_id=chosen.version_id,
            number=chosen.number,
            action=action if isinstance(action, MaterialAction) else MaterialAction.SHOWN,
            label_included=self.label_included.value(),
        )
