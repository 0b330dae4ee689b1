"""Editors of what lies elsewhere: a file that is taken in, and something that is pointed at by its name."""

from __future__ import annotations

import base64
import mimetypes

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.validating_answers import is_kind
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.wording import attachment_words
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.text import Label, label

MOST_BYTES = 1_000_000  # a file lies inside the answers, and each answer is written at once


class File(AnswerEditor):
    """A file of this laptop, taken into the answers and so into the encrypted store; its own name stays outside."""

    likes = 320

    def __init__(self, item: Item, filling: Filling) -> None:
        self._item, self._filling = item, filling
        self._held: dict[str, object] | None = None
        self._wrong = ""
        self._said: Label = label("", "sec", "ink2")
        self.choose: Button = button("Choose a file…", "secondary", "paperclip")
        self.drop: Button = button("Remove", "quiet")
        super().__init__(self._said, self.choose, self.drop)
        self.choose.clicked.connect(lambda _on=False: self._choose())
        self.drop.clicked.connect(lambda _on=False: self._drop())
        self.setFocusProxy(self.choose)

    def _choose(self) -> None:
        kinds = " ".join(f"*{end}" for kind in self._item.mime_types for end in mimetypes.guess_all_extensions(kind))
        path = self._filling.choose_file(f"Files ({kinds or '*'})")
        if path is None:
            return
        self._wrong = ""
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        most = min(MOST_BYTES, int(self._item.max_size) if self._item.max_size is not None else MOST_BYTES)
        try:
            size = path.stat().st_size
            if size > most:
                self._wrong = f"A file of at most {most // 1000} kB is wanted."
            elif self._item.mime_types and not any(is_kind(kind, one) for one in self._item.mime_types):
                self._wrong = f"A file of another sort is wanted: {', '.join(self._item.mime_types)}."
            else:
                content = path.read_bytes()
                self._held = {"contentType": kind, "data": base64.b64encode(content).decode(), "size": len(content)}
        except OSError:
            self._wrong = "This file cannot be opened."
        self._show()
        self.changed.emit()

    def _drop(self) -> None:
        self._held, self._wrong = None, ""
        self._show()
        self.changed.emit()
        self.choose.setFocus()

    def _show(self) -> None:
        self._said.set_text(attachment_words(self._held) if self._held is not None else "No file")
        self.drop.setVisible(self._held is not None)
        self.choose.set_text("Choose another…" if self._held is not None else "Choose a file…")

    def pairs(self) -> Pairs:
        """The file."""
        return [("valueAttachment", self._held)] if self._held is not None else []

    def show_node(self, node: Node) -> None:
        """Shows which sort of file there is."""
        self._held = node.value if isinstance(node.value, dict) else None
        self._show()

    def complaint(self) -> str:
        """Why the file was not taken."""
        return self._wrong

    def set_name(self, name: str) -> None:
        """Names what can be pressed."""
        self.choose.setAccessibleName(f"{name}: choose a file")
        self.drop.setAccessibleName(f"{name}: remove the file")


class Pointer(AnswerEditor):
    """Somebody or something that is named: the application keeps the words, and what it pointed at before."""

    typed = True
    likes = 220

    def __init__(self, item: Item) -> None:
        wanted = " or ".join(item.reference_types)
        self.field = TextEditor(placeholder=f"Name of the {wanted.lower()}" if wanted else "Name")
        self._held: dict[str, object] = {}
        super().__init__(self.field)
        self.field.changed.connect(lambda _text: self.changed.emit())

    def pairs(self) -> Pairs:
        """The name; what was pointed at stays while its name does."""
        words = self.field.value().strip()
        if not words:
            return []
        if words in (self._held.get("display"), self._held.get("reference")):
            return [("valueReference", self._held)]
        return [("valueReference", {"display": words})]

    def show_node(self, node: Node) -> None:
        """Shows the name."""
        held = node.value if isinstance(node.value, dict) else {}
        shown = str(held.get("display") or held.get("reference") or "")
        if not self.field.hasFocus() or not shown:
            self._held = dict(held)
        if self.field.value().strip() != shown:
            self.field.set_value(shown)
