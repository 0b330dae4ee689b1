"""The form of a new material with its first version, of one more version, or of what a material is called and for."""

from __future__ import annotations

import enum
import uuid
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.msl.materials.actions import add_version, most_bytes, save_material
from liaison_desktop.msl.materials.form.chosen_file import ChosenFile
from liaison_desktop.msl.materials.form.taxonomy_form import product_line, topic_line
from liaison_desktop.msl.materials.record import Material, MaterialVersion
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.records.record import storable
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, panel, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import elided, icon_label, label

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk

_PAUSE = 500  # ms after a key until what was typed is kept
_WIDEST = 680


class Asked(enum.Enum):
    """What the form is for."""

    NEW = "new"
    VERSION = "version"
    CHANGE = "change"


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form, as it is kept while it is being typed."""

    material: Material
    version: MaterialVersion
    file_name: str = ""


def draft_key(material: Material, asked: Asked) -> str:
    """Where the draft of a form is kept."""
    return "material/new" if asked is Asked.NEW else f"material/{material.id}/{asked.value}"


class MaterialForm(QFrame):
    """The fields, the file and the ways out. The file is kept with the draft, encrypted, until it is saved.

    `saved` carries the id of the material; `left` says that the form was thrown away.
    """

    saved = Signal(uuid.UUID)
    left = Signal()

    def __init__(self, desk: Desk, material: Material, asked: Asked) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self.asked, self._material, self._dirty = desk, asked, material, False
        self._version = MaterialVersion()
        self.key = draft_key(material, asked)
        self.about = RecordForm(
            Material,
            "name",
            ("material_kind", "use"),
            ("product_id", "topic_id"),
            store=desk.store,
            editors={"product_id": product_line(desk.store), "topic_id": topic_line(desk.store)},
        )
        self.version = RecordForm(
            MaterialVersion, (("number", 2), ("approval_ref", 3)), ("approved_on", "expires_on"), store=desk.store
        )
        self.file = ChosenFile(desk.files, most_bytes(desk.store))
        self.file_field = LabelledField("File", self.file, required=True)
        self._said, self._mark = elided("", "sec", "ink2"), icon_label("circle-alert", "red", 16)
        self._mark.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._lay_out()
        self._take_up()
        self.about.changed.connect(lambda _name: self._heard())
        self.version.changed.connect(lambda _name: self._heard())
        self.file.changed.connect(self._file_chosen)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        titles = {Asked.NEW: "New material", Asked.VERSION: "New version", Asked.CHANGE: "Change material"}
        sub = self._material.title() if self.asked is not Asked.NEW else ""
        line = title_line(elided(titles[self.asked], "title"), margins=(24, 0, 16, 0))
        head = panel(12, line, 8, gap=0)
        parts: list[QWidget] = []
        if self.asked is not Asked.VERSION:
            parts.append(card(self.about))
        else:
            parts.append(label(sub, "section"))
        if self.asked is not Asked.CHANGE:
            parts.append(card(self.version, self.file_field, title="Version", gap=12))
        for part in parts:
            part.setMaximumWidth(_WIDEST)
        self.save_button = button("Save", "primary", "check", on_click=self.save)
        self.save_button.setToolTip("Ctrl+Enter")
        self.cancel_button = button("Discard", "quiet", on_click=self.discard)
        foot = action_bar(self._mark, (self._said, 1), self.cancel_button, self.save_button)
        body = scroll(column(*parts, None, gap=12, margins=(24, 16, 24, 24)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column(head, hairline(), (body, 1), hairline(), foot, gap=0))

    def start(self) -> None:
        """Give the keyboard to the first field."""
        form = self.version if self.asked is Asked.VERSION else self.about
        form.editor(form.names[0]).setFocus()

    # ---- the draft

    def _take_up(self) -> None:
        kept = _read(self.desk.store.drafts.get(self.key))
        if kept is not None:
            # The versions and the rest come from the store: they may have grown since.
            fields = {name: getattr(kept.material, name) for name in self.about.names}
            same = {"id": kept.material.id} if self.asked is Asked.NEW else {}
            self._material = msgspec.structs.replace(self._material, **fields, **same)
            self._version = kept.version
            content = self.desk.store.drafts.get(f"{self.key}/file")
            if content and kept.file_name:
                self.file.show_file(kept.file_name, content)
            self._dirty = True
            self._say("Taken up where you left it")
        self.about.set_values(self._material)
        self.version.set_values(self._version)

    def typed(self) -> Typed:
        """What stands in the form, without characters that cannot be kept."""
        return Typed(
            material=msgspec.structs.replace(self._material, **_clean(self.about.values())),
            version=msgspec.structs.replace(self._version, **_clean(self.version.values())),
            file_name=self.file.name,
        )

    def _heard(self) -> None:
        self._dirty = True
        self._mark.hide()
        self._pause.start()

    def _file_chosen(self) -> None:
        self.file_field.clear_fault()
        self.desk.store.drafts.put(f"{self.key}/file", self.file.content)
        self._heard()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self.key, to_bytes(self.typed()))
            if self._mark.isHidden():
                self._say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    def _end_draft(self) -> None:
        self._pause.stop()
        self._dirty = False
        for key in (self.key, f"{self.key}/file"):
            self.desk.store.drafts.drop(key)

    # ---- the ways out

    def discard(self) -> None:
        """Throw away what was typed; the toast offers it back."""
        self.save_draft()
        drafts, keys = self.desk.store.drafts, (self.key, f"{self.key}/file")
        kept = {key: content for key in keys if (content := drafts.get(key)) is not None}
        self._end_draft()
        self.left.emit()

        def take_back() -> None:
            for key, content in kept.items():
                drafts.put(key, content)

        if kept:
            self.desk.toast("Draft discarded.", take_back)

    def save(self) -> None:
        """Save, or say beside each field what stands in the way."""
        typed = self.typed()
        if unread := (*self.about.unread(), *self.version.unread()):
            self._refuse(unread)
            return
        try:
            if self.asked is Asked.CHANGE:
                done = save_material(self.desk.store, typed.material)
            else:
                done = add_version(self.desk.store, typed.material, typed.version, self.file.content, typed.file_name)
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        except LiaisonError as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast("Version added." if self.asked is Asked.VERSION else "Material saved.")
        self.saved.emit(done.id)

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        last = f"versions.{len(self._material.versions)}."
        inner = [msgspec.structs.replace(one, field=one.field.removeprefix(last)) for one in faults]
        self.about.show_faults(inner, focus=True)
        self.version.show_faults(inner, focus=not any(one.field in self.about.names for one in inner))
        file = [one.message for one in inner if one.field in ("file", "file_name")]
        self.file_field.show_fault(" ".join(file), True)
        wrong = len({one.field for one in inner})
        shown = {*self.about.names, *self.version.names, "file", "file_name"}
        rest = [one.message for one in inner if one.field not in shown]
        self._say(" ".join(rest) or f"{wrong} to mend. What you typed is kept.", wrong=True)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")


def _read(content: bytes | None) -> Typed | None:
    if content is None:
        return None
    try:
        return from_bytes(Typed, content)
    except msgspec.MsgspecError:
        # Another version of the application wrote it.
        return None


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: storable(value) if type(value) is str else value for name, value in values.items()}
