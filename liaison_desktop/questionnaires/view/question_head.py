"""The line above an answer: the question, what is needed, who answered, what is offered, what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.questionnaires.marks import flagged, proposal
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.wording import as_words
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.paint import text_width
from liaison_desktop.ui.text import IconLabel, Label, Wrapped, icon_label, label, wrapped

_LONG = 72  # letters of a question; a longer one wraps
_SHORT = 32  # letters of an offered answer that stand on its button
_LEFT = 300  # px that the other things on the line need beside "Unable to assess"


class QuestionHead(QWidget):
    """`small` above a field of a card, where there is room for the question and its fault only."""

    def __init__(
        self,
        node: Node,
        small: bool,
        inset: bool,
        locked: bool,
        unable: Callable[[], None] | None,
        take: Callable[[], None],
    ) -> None:
        super().__init__()
        item = node.item
        self._node, self._small, self._locked = node, small, locked
        self.fault_icon: IconLabel = icon_label("circle-alert", "red", 14)
        self.fault: Label | Wrapped = wrapped("", "label", "red") if small else label("", "secm", "red")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = f"{item.prefix} {item.text}".strip() if inset else item.text
        role = "label" if small else "strong"
        # A long question of a form that came from elsewhere wraps; ours are short, and never cut.
        long = len(words) > _LONG and not small
        self.words: Label | Wrapped = wrapped(words, role, "ink") if long else label(words, role)
        self.words.setToolTip(item.citation)
        line.addWidget(self.words, 100 if long else 0)
        self.flag = icon_label("flag", "amber", 14)
        line.addWidget(self.flag)
        if item.required and not item.read_only and not locked:
            line.addWidget(label("required", "cap"))
        line.addStretch(1)
        self.who = label("", "cap", "ink3")
        self.who.hide()
        line.addWidget(self.who)
        self._take, self._offer_at = take, line.count()
        self._offer: tuple[QWidget, Label, Button] | None = None
        self.long_offer = ""  # an offered answer too long for its button, which stands under the question
        if not small:
            line.addWidget(self.fault_icon)
            line.addWidget(self.fault)
        self.unable: Button | None = None
        if unable is not None:
            words = "Unable" if small else "Unable to assess"
            self.unable = button(words, "link", tall=16 if small else 20, on_click=unable)
            # Reached with the mouse, or with Ctrl+U in the field; Tab goes from answer to answer.
            self.unable.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            line.addWidget(self.unable)

    def likes(self) -> int:
        """The width of the question with what stands beside it in a card."""
        needed = 60 if self._node.item.required else 0
        return self.words.sizeHint().width() + needed + (52 if self.unable is not None else 0)

    def _offered(self) -> tuple[QWidget, Label, Button]:
        """Where the prefilled answer comes from, and its button; made for the few questions that have one."""
        if self._offer is None:
            confirm = button("Confirm", "secondary", "check", small=True, on_click=self._take)
            self._offer = (icon_label("file-text", "accent_ink", 14), label("", "sec", "ink2"), confirm)
            line = self.layout()
            assert isinstance(line, QHBoxLayout)
            for place, widget in enumerate(self._offer):
                line.insertWidget(self._offer_at + place, widget)
        return self._offer

    @property
    def confirm(self) -> Button:
        """The button that takes the prefilled answer."""
        return self._offered()[2]

    def show_offer(self) -> bool:
        """Show the prefilled answer that waits; whether there is one."""
        offered = proposal(self._node) if not self._locked else None
        self.long_offer = ""
        for widget in self._offered() if offered is not None else self._offer or ():
            widget.setVisible(offered is not None)
        if offered is not None:
            code = offered[1].get("code") if isinstance(offered[1], dict) else None
            option = self._node.item.option(str(code)) if code is not None else None
            said = option.label if option is not None else as_words(*offered[:2])
            self._offered()[1].set_text(f"{offered[2]} says")
            self.confirm.set_text(f"Confirm {said}" if len(said) <= _SHORT else "Confirm")
            self.long_offer = said if len(said) > _SHORT else ""
        return offered is not None

    def show_flag(self) -> None:
        """Show that somebody wants to come back."""
        self.flag.setVisible(flagged(self._node) and not self._locked)

    def fits(self, fault: str, room: int) -> bool:
        """Whether a fault can stand on the line beside all that stands there already."""
        offered = proposal(self._node) is not None and not self._locked
        beside: tuple[QWidget, ...] = (self._offer or ()) if offered else (self.unable,) if self.unable else ()
        needed = sum(one.sizeHint().width() + 8 for one in (self.words, *beside))
        needed += 70 if self._node.item.required else 0
        return needed + text_width(fault, "secm") + 30 <= room

    def show_who(self, said: str, room: int) -> None:
        """Show who gave the answer and when, where there is room for it and nothing is wrong or waiting."""
        self.who.set_text(said)
        used = self.words.sizeHint().width() + self.who.sizeHint().width() + (_LEFT if self.unable else _LEFT // 2)
        quiet = proposal(self._node) is None and not self.fault.isVisibleTo(self)
        self.who.setVisible(bool(said) and not self._small and quiet and used <= room)

    def show_unable(self, marked: bool) -> None:
        """Offer to say that it cannot be assessed, or to take that back."""
        if self.unable is not None:
            words = "Unable" if self._small else "Unable to assess"
            self.unable.set_text("Able" if marked else words)
            # A prefilled answer is confirmed or replaced first; there is no room for both on a narrow screen.
            self.unable.setVisible(proposal(self._node) is None)
