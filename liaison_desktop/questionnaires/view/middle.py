"""The middle of a form: the section's title, how far it is, its questions, and the ways to the next and the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from liaison_desktop.questionnaires.parts import Part, shown
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.wording import question_of
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.layout import column, hairline, panel, row, scroll
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import icon_label, label


class JumpLine(ChoiceLine):
    """Type a code or a word of a question to go there; `changed` carries its key."""

    def __init__(self) -> None:
        super().__init__([], "Code or word of a question", "Go to a question")
        self.setFixedWidth(300)
        self.hide()

    def open_for(self, sheet: Sheet) -> None:
        """Offer every question that is asked now, with the keyboard here."""
        asked = (node for node in sheet.walk() if node.enabled and node.item.is_question)
        self.offer([Option(n.key, question_of(n)) for n in asked if shown(n.item) and not n.item.read_only])
        self.set_value(None)
        self.setText("")
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class Middle(QWidget):
    """Holds the section in a scrolling area."""

    def __init__(self, locked: bool) -> None:
        super().__init__()
        self._letter = label("", "title", "ink2")
        self._title = label("", "title")
        self.so_far = label("", "sec")
        self._saved = label("", "sec", "ink2")
        self._saved_icon = icon_label("circle-check", "green", 14)
        self._saved_icon.hide()
        self.jump_line = JumpLine()
        head = row(
            *(self._letter, self._title, self.so_far, None, self.jump_line, self._saved_icon, self._saved),
            gap=10,
            margins=(20, 10, 22, 2),
        )
        self.area: QScrollArea = scroll(QWidget())
        self.back: Button = button("Back", "quiet", "chevron-left")
        self.on: Button = button("Next", "secondary", "chevron-right")
        self.on.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        hint = "" if locked else "Comes back to this field after the lid was closed"
        foot = panel(
            self.back, None, label(hint, "cap"), None, self.on, fill="surface", margins=(12, 8, 16, 8), across=True
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column(head, (self.area, 1), hairline(), foot, gap=0))

    def show_part(self, part: Part, before: Part | None, after: Part | None) -> None:
        """Name the section, and those beside it."""
        self._letter.set_text(part.prefix)
        self._letter.setVisible(bool(part.prefix))
        self._title.set_text(part.title)
        for way, neighbour in ((self.back, before), (self.on, after)):
            way.setVisible(neighbour is not None)
            if neighbour is not None:
                way.set_text(f"{neighbour.prefix}  {neighbour.short}".strip())

    def show_count(self, words: str, tone: str = "ink2") -> None:
        """Say how far the section is, or in red why it cannot be left."""
        self.so_far.set_text(words)
        self.so_far.set_tone(tone)

    def show_saved(self, words: str, well: bool) -> None:
        """Say when it was kept, or that it was not."""
        self._saved_icon.setVisible(True)
        self._saved_icon.set_icon("circle-check" if well else "circle-alert", "green" if well else "red")
        self._saved.set_text(words)
        self._saved.set_tone("ink2" if well else "red")
