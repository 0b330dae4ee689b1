"""The row of a material that was shown or left: an approved version out of the list, or only its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.msl.materials.form import Chosen, MaterialLine
from liaison_desktop.msl.visits.form.rows import EditedRow
from liaison_desktop.msl.visits.record import MaterialAction, MaterialUse
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.ticks import TickEditor

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class MaterialEditor(EditedRow):
    """A material in its version, and what was done with it."""

    def __init__(self, store: Store, held: MaterialUse) -> None:
        super().__init__()
        self._held = held
        self.title = MaterialLine(store)
        self.action = ComboEditor(MaterialAction, name="What was done with it")
        self.action.setFixedWidth(164)
        self.label_included = TickEditor("Label included")
        self.title.show_chosen(
            Chosen(title=held.title, material_id=held.material_id, version_id=held.version_id, number=held.number)
        )
        self.action.set_value(held.action)
        self.label_included.set_value(held.label_included)
        self.setFocusProxy(self.title)
        self._lay("this material", (self.title, 1), self.action, self.label_included)

    def value(self) -> MaterialUse:
        """The material as chosen or typed."""
        action, chosen = self.action.value(), self.title.chosen()
        return MaterialUse(
            title=chosen.title,
            material_id=chosen.material_id,
            version_id=chosen.version_id,
            number=chosen.number,
            action=action if isinstance(action, MaterialAction) else MaterialAction.SHOWN,
            label_included=self.label_included.value(),
        )
