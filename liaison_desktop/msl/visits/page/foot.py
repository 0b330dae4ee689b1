"""The foot of a visit: what is missing at the left, the button that matters at the right."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.page.looks import missing_words
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_time
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import panel
from liaison_desktop.ui.text import elided, icon_label, label


class Foot(QWidget):
    """Says how far a visit is, and offers the next step."""

    def __init__(
        self,
        desk: Desk,
        *,
        save: Callable[[], object],
        submit: Callable[[], object],
        amend: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__()
        self._policy = policy_of(desk.store).version  # the version of the rules in force
        self._icon = icon_label("circle-alert", "red")
        self._count = label("", "secs", "red")
        self._words = elided("", "sec", "ink2")
        self.reason = LineEdit(placeholder="The old version is kept and shown", name="Why is it amended?")
        self.reason.free = FreeText("amend_reason")
        self.back = button("Back", on_click=back)
        self.save = button("Save draft", on_click=save)
        self.amend = button("Amend", "secondary", "pencil", on_click=amend)
        self.submit = button("Submit & lock", "primary", "lock", on_click=submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._reason_row = panel(
            label("Why is it amended?", "label"), (self.reason, 1), gap=12, margins=(20, 10, 20, 0), across=True
        )
        layout.setSpacing(0)
        layout.addWidget(self._reason_row)
        layout.addWidget(
            action_bar(
                self._icon,
                self._count,
                (self._words, 1),
                self.back,
                self.save,
                self.amend,
                self.submit,
            )
        )

    def show_open(self, *, amending: bool) -> None:
        """A visit that can be typed into."""
        self._seen(reason=amending, back=amending, save=not amending, amend=False, submit=True)
        self.back.set_text("Discard")
        self.submit.set_text("Save amendment" if amending else "Submit & lock")
        self.say("")

    def show_closed(self, visit: Visit, *, old: bool) -> None:
        """A visit that is locked or cancelled, or an old version."""
        cancelled = visit.status is VisitStatus.CANCELLED
        self._seen(reason=False, back=old, save=False, amend=not old and not cancelled, submit=False)
        self.back.set_text("Back to the current version")
        self.show_missing(())
        if cancelled:
            self._state("ban", "ink2", "Cancelled", "kept as it was")
        elif old:
            self._state("history", "ink2", "Old version", "nothing here can be changed")
        elif visit.submitted_at is not None:
            at = visit.submitted_at
            word = "Amended" if visit.amendment else "Submitted"
            day = f"{at:%a} {at.day} {at:%b %Y}, {show_time(at)}"
            self._state("lock", "green", f"{word} and locked", f"{day} · {self._rules(visit)}")

    def _rules(self, visit: Visit) -> str:
        """Under which rules it was checked; that others hold now is said, because it was not checked against those."""
        now = f", now {self._policy}" if visit.policy_version != self._policy else ""
        return f"rules {visit.policy_version or 'not recorded'}{now}"

    def show_missing(self, faults: Iterable[Fault]) -> None:
        """What stands against submitting."""
        count, names = missing_words(faults)
        if count:
            self._state("circle-alert", "red", count, names)
        else:
            self._state("circle-check", "green", "Ready to submit", "")

    def show_kept(self, at: datetime.datetime) -> None:
        """When the typing was last made durable."""
        self.setAccessibleDescription(f"Draft saved {show_time(at)}")

    def say(self, words: str) -> None:
        """A sentence in place of what is missing."""
        if words:
            self._state("info", "ink2", "", words)

    def _state(self, icon: str, tone: str, count: str, words: str) -> None:
        self._icon.set_icon(icon, tone)
        self._count.set_tone("ink" if tone == "ink2" else tone)
        self._count.set_text(count)
        self._count.setVisible(bool(count))
        self._words.set_text(words)

    def _seen(self, *, reason: bool, back: bool, save: bool, amend: bool, submit: bool) -> None:
        for widget, on in (
            (self._reason_row, reason),
            (self.back, back),
            (self.save, save),
            (self.amend, amend),
            (self.submit, submit),
        ):
            widget.setVisible(on)
