"""The row of a material that was shown or left: an approved version out of the list, or only its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.msl.materials.form import Chosen, MaterialLine
from liaison_desktop.msl.visits.form.rows import EditedRow
from liaison_desktop.msl.visits.record import MaterialAction, MaterialUse
from liaison_desktop.ui.editors import ComboEditor, TextEditor
from liaison_desktop.ui.number_editors import WholeEditor
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
        self.slides = TextEditor(name="Slides shown", placeholder="slides, such as 3, 7-9")
        self.slides.setFixedWidth(200)
        self.seconds = WholeEditor("Seconds shown")
        self.seconds.setPlaceholderText("seconds")
        self.seconds.setFixedWidth(96)
        self.slides.set_value(held.slides)
        self.seconds.set_value(held.seconds or None)
        below = (self.slides, self.seconds)
        self._lay("this material", (self.title, 1), self.action, self.label_included, below=below)

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
            slides=self.slides.value(),
            seconds=int(self.seconds.value() or 0),
        )
