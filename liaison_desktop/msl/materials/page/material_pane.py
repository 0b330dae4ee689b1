"""One material: what it is for, its versions with their files, and what can be done with each."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.documents.foreign import look_over
from liaison_desktop.documents.preview import Preview, print_copy
from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.materials.actions import open_version, withdraw_version
from liaison_desktop.msl.materials.page.looks import CHIPS, about_material, file_facts, version_facts
from liaison_desktop.msl.materials.queries import products, topics
from liaison_desktop.msl.materials.record import Material, MaterialVersion, VersionStatus
from liaison_desktop.msl.materials.rules import ending_of, is_pdf, state_of, version_words
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Act
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.layout import card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import elided, label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk

_WIDEST = 760


class MaterialPane(QFrame):
    """Shows a material, or one of its files. The page opens the forms that are asked for."""

    version_asked = Signal()
    change_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk = desk
        self.material: Material | None = None
        self.open_version_id: uuid.UUID | None = None
        self._title, self._facts = elided("", "title"), elided("", "sec", "ink2")
        self.add_button = button("Add a version", "primary", "file-up", on_click=self.version_asked.emit)
        self.change_button = button("Change", icon="pencil", on_click=self.change_asked.emit)
        head = panel(
            (column(self._title, self._facts, gap=0), 1), self.change_button, self.add_button,
            fill="canvas", gap=8, margins=(24, 10, 16, 10), across=True,
        )  # fmt: skip
        self._list = column(gap=12, margins=(24, 16, 24, 24))
        self.preview = Preview()
        self.preview.print_asked.connect(self._print)
        self.preview.save_asked.connect(lambda: self._shown(self.save_copy))
        self.back_button = button("Back", "quiet", "arrow-left", small=True, on_click=self.close_file)
        self._stack = QStackedWidget()
        self._stack.addWidget(column(head, hairline(), (scroll(self._list), 1), gap=0))
        self._stack.addWidget(
            column(row(self.back_button, None, margins=(12, 8, 12, 4)), hairline(), (self.preview, 1), gap=0)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        back = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.close_file)

    def show_material(self, material: Material) -> None:
        """Show a material and its versions, the newest first."""
        if self.material is None or material.id != self.material.id:
            self.close_file()
        self.material = material
        store, day = self.desk.store, self.desk.today()
        self._title.set_text(material.title())
        use = material.use.label if material.use else ""
        about = about_material(material, products(store), topics(store))
        self._facts.set_text(" · ".join(filter(None, (about, use))))
        cards = [self._version_card(one, day) for one in reversed(material.versions)]
        for one in cards:
            one.setMaximumWidth(_WIDEST)
        if not cards:
            cards = [wrapped("No version yet. Add the approved file with its reference.", "sec", "ink2")]
        refill(self._list, *cards, None)

    def _version_card(self, version: MaterialVersion, day: object) -> QWidget:
        spec = CHIPS[state_of(version, self.desk.today(), policy_of(self.desk.store))]
        number = version_words(version)
        opens = button("Open", "secondary", "eye", small=True, name=f"Open version {number}")
        opens.clicked.connect(lambda _on=False: self.open_file(version))
        saves = button("Save a copy…", "quiet", "download", small=True, name=f"Save a copy of version {number}")
        saves.clicked.connect(lambda _on=False: self.save_copy(version))
        ends = button("Withdraw", "quiet", "ban", small=True, name=f"Withdraw version {number}")
        if version.status is VersionStatus.WITHDRAWN:
            ends.hide()
        head = row(
            label(f"Version {number}", "strong"), Chip(spec.text, spec.tone, spec.icon), None, opens, saves, ends
        )
        made = card(
            head,
            wrapped(version_facts(version), "sec"),
            elided(file_facts(version), "cap", "ink2"),
            gap=6,
        )
        ends.clicked.connect(lambda _on=False: self._ask_withdrawal(made, version))
        return made

    def _ask_withdrawal(self, under: QWidget, version: MaterialVersion) -> None:
        text = "Visits that already show it keep it. It can no longer be chosen. This cannot be taken back."
        ask = Confirm(
            f"Withdraw version {version_words(version)}?", text, "Withdraw", danger=True, reason="Why is it withdrawn?"
        )
        layout = under.layout()
        if layout is None:
            return
        layout.addWidget(ask)
        ask.rejected.connect(ask.hide)
        ask.rejected.connect(ask.deleteLater)
        ask.accepted.connect(lambda reason: self._withdraw(version, reason))
        ask.reason.setFocus()

    def _withdraw(self, version: MaterialVersion, reason: str) -> None:
        if self.material is None:
            return
        try:
            self.show_material(withdraw_version(self.desk.store, self.material.id, version.id, reason))
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        self.desk.toast("Version withdrawn.")

    # ---- the file

    def open_file(self, version: MaterialVersion) -> None:
        """Show a PDF here; any other file is only saved as a copy."""
        if self.material is None:
            return
        try:
            content = self.desk.store.attachments.get(version.sha256)
            if not is_pdf(content):
                self.desk.toast("Only PDF is shown here. Save a copy to open this file.")
                return
            look_over(content)
            content = open_version(self.desk.store, self.material, version)
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        self.open_version_id = version.id
        self._stack.setCurrentIndex(1)
        self.preview.show_document(content, f"{self.material.title()}, version {version_words(version)}")
        self.preview.setFocus()

    def close_file(self) -> None:
        """Back to the versions; nothing of the file stays in memory."""
        if self.open_version_id is not None:
            self.open_version_id = None
            self.preview.clear()
            self._stack.setCurrentIndex(0)
            self.add_button.setFocus()

    def save_copy(self, version: MaterialVersion) -> None:
        """Save a copy where the person says; the journal has a line for it. Its name holds nothing of the record."""
        if self.material is None:
            return
        name = f"material-{version.sha256[:8]}{ending_of(version.file_name)}"
        path: Path | None = self.desk.files.save_file("Save a copy", name)
        if path is None:
            return
        try:
            content = open_version(self.desk.store, self.material, version, Act.EXPORTED)
            path.write_bytes(content)
        except LiaisonError as error:
            self.desk.trouble(error)
        except OSError:
            self.desk.trouble("The copy could not be written there.")
        else:
            self.desk.toast("Saved. This copy is not encrypted.")

    def _shown(self, act: object) -> None:
        version = self.material.version_of(self.open_version_id) if self.material else None
        if version is not None and callable(act):
            act(version)

    def _print(self) -> None:
        def print_it(version: MaterialVersion) -> None:
            if self.material is None:
                return
            store, material = self.desk.store, self.material
            print_copy(
                self.desk,
                self.preview.content,
                lambda how: open_version(store, material, version, Act.PRINTED, how),
            )

        self._shown(print_it)
