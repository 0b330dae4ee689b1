"""A field of a form: label above, editor, and the fault beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.inputs import LineEdit, TextArea
from liaison_desktop.ui.text import icon_label, label, wrapped


class LabelledField(QWidget):
    """One question with its editor. Labels are never cut; a fault stands under the editor in words, with an icon."""

    def __init__(
        self,
        text: str,
        editor: QWidget,
        required: bool = False,
        hint: str | QWidget = "",
        help: str = "",
    ) -> None:
        super().__init__()
        self.editor = editor
        self._label = label(text, "label")
        self._label.setBuddy(editor)
        self._label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self._label)
        if required:
            head.addWidget(label(tr("required"), "cap"))
        head.addStretch(1)
        if isinstance(hint, QWidget):
            head.addWidget(hint)
        elif hint:
            head.addWidget(label(hint, "cap"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if text or required or hint:
            layout.addLayout(head)
        layout.addWidget(editor)
        self._name(text, editor)
        if help:
            layout.addWidget(wrapped(help, "cap"))
        # Made when there is something to say: a page has hundreds of fields, and most never have a fault.
        self._fault: FaultLine | None = None
        self._layout = layout

    def text(self) -> str:
        """The label."""
        return self._label.text()

    def fault(self) -> str:
        """The fault that is shown, or nothing."""
        return self._fault.text() if self._fault is not None else ""

    def show_fault(self, message: str, severe: bool = True) -> None:
        """Say what is wrong. A fault that does not stand in the way (`severe` false) is amber."""
        if message and self._fault is None:
            self._fault = FaultLine()
            self._layout.addWidget(self._fault)
        if self._fault is not None:
            self._fault.show_fault(message, severe)
        if isinstance(self.editor, (LineEdit, TextArea)):
            self.editor.set_fault(bool(message) and severe)
        self.editor.setAccessibleDescription(message)

    def clear_fault(self) -> None:
        """Take the fault away."""
        self.show_fault("")

    @staticmethod
    def _name(text: str, editor: QWidget) -> None:
        if not text:
            return
        set_name = getattr(editor, "set_name", None)
        if callable(set_name):
            set_name(text)
        elif not editor.accessibleName():
            editor.setAccessibleName(text)


class FaultLine(QWidget):
    """Icon and sentence; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._icon = icon_label("circle-alert", "red", 14)
        self._words = wrapped("", "label", "red")
        side = QVBoxLayout()
        side.setContentsMargins(0, 1, 0, 0)
        side.addWidget(self._icon)
        side.addStretch(1)
        layout.addLayout(side)
        layout.addWidget(self._words, 1)

    def text(self) -> str:
        """The sentence."""
        return self._words.plain()

    def show_fault(self, message: str, severe: bool) -> None:
        """Show a sentence; an empty one hides the line."""
        tone = "red" if severe else "amber"
        self._icon.set_icon("circle-alert" if severe else "triangle-alert", tone)
        self._words.set_tone(tone)
        self._words.set_text(message)
        # Shown before it stands in a form it would be a window of its own, which takes the keyboard.
        if self.parentWidget() is not None or not message:
            self.setVisible(bool(message))


def fault_line(message: str, severe: bool = True) -> FaultLine:
    """A fault that stands by itself, for a page that lays out its own questions."""
    made = FaultLine()
    made.show_fault(message, severe)
    return made


def label_for(editor: QWidget, text: str) -> QLabel:
    """A label that belongs to an editor elsewhere in the layout; it also names it."""
    made = label(text, "label")
    made.setBuddy(editor)
    LabelledField._name(text, editor)
    return made
