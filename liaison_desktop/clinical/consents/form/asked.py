"""A question with a one-tap answer."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import wrapped

_ANSWER_WIDTH = 248


class Asked(QWidget):
    """A sentence at the left and its one-tap answer at the right; the fault, if any, under both."""

    def __init__(self, words: str, options: tuple[tuple[object, str], ...], small: str = "") -> None:
        super().__init__()
        self.answer = Segmented(options, name=words)
        self.answer.setFixedWidth(_ANSWER_WIDTH)
        self._fault = LabelledField("", QWidget())
        self._fault.editor.hide()
        under = (wrapped(small, "cap", "ink3"),) if small else ()
        sentence = column(wrapped(words, "body"), *under, gap=0)
        sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = row((sentence, 1), self.answer, gap=16)
        inside(self, column(line, self._fault, gap=0))

    def show_fault(self, message: str, severe: bool = True) -> None:
        """Say what is wrong."""
        self._fault.show_fault(message, severe)
        self._fault.setVisible(bool(message))
