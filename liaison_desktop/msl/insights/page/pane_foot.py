"""The foot of an insight: what still stands against sending it, and the next thing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.insights.record import Insight, nexts
from liaison_desktop.msl.insights.rules import blocking
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import elided


class PaneFoot(QWidget):
    """One primary button; what it does follows from the state."""

    def __init__(self, *, save: Callable[[], object], amend: Callable[[], object], send: Callable[[], object]) -> None:
        super().__init__()
        self._missing = elided("", "sec")
        self.reason = LineEdit(placeholder="Why it is amended", name="Why it is amended")
        self.reason.free = FreeText("amend_reason")
        self.next = ChoiceLine([], placeholder="Move on to …", name="Move on to")
        self.next.setFixedWidth(190)
        self.save_button = button("Save draft", on_click=save)
        self.amend_button = button("Amend", icon="pencil", on_click=amend)
        self.send_button = button("Send", "primary", "send", on_click=send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            action_bar(
                (self._missing, 1), (self.reason, 1), self.next, self.amend_button, self.save_button, self.send_button
            )
        )

    def text(self) -> str:
        """What it says."""
        return self._missing.text()

    def say(self, words: str) -> None:
        """Say something."""
        self._missing.set_text(words)

    def settle(self, insight: Insight, *, amending: bool) -> None:
        """Show what may be done with this insight."""
        following = nexts(insight.status) if insight.locked else ()
        self.next.offer([Option(one, one.label) for one in following])
        self.next.show_option(None)
        self.next.setVisible(bool(following) and not amending)
        self.reason.setVisible(amending)
        self.amend_button.setVisible(insight.locked and not amending)
        self.save_button.setVisible(not insight.locked)
        self.send_button.setVisible(not insight.locked or amending)
        self.send_button.set_text("Save amendment" if amending else "Send")

    def show_missing(self, faults: Iterable[Fault]) -> None:
        """Say how much stands in the way, else what is doubtful."""
        found = tuple(faults)
        count = len(blocking(found))
        if count:
            self.say(f"{count} {'thing' if count == 1 else 'things'} to do before it can be sent")
            return
        self.say(next((one.message for one in found if one.severity is Severity.WARN), "Ready to send"))

    def show_locked(self, insight: Insight) -> None:
        """Say when it was sent."""
        at = insight.submitted_at
        sent = f"Sent {at.day} {at:%b %Y} under policy {insight.policy_version}. " if at else ""
        self.say(f"{sent}Its words are locked.")
