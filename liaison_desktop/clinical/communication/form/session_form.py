"""A session with an interpreter: who, how, from when to when, and V10 said while there is time to ask for another."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.communication.actions import record_session
from liaison_desktop.clinical.communication.record import InterpreterSession
from liaison_desktop.clinical.communication.rules import interpreter_faults
from liaison_desktop.clinical.patients.form.fields import LanguageEditor
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.drafted import DraftedForm
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped


class SessionForm(DraftedForm[InterpreterSession]):
    """One session. It may be saved while it goes on; its end is said later."""

    def __init__(self, desk: Desk, session: InterpreterSession) -> None:
        title = "Session with an interpreter" if session.version else "New session with an interpreter"
        key = f"interpreter_session/{session.id if session.version else session.patient}"
        super().__init__(desk, session, key=key, title=title, verb="Save session", icon="languages")
        editors: dict[str, QWidget] = {"language": LanguageEditor()}
        self.who = RecordForm(
            InterpreterSession,
            ("language", "modality"),
            (("interpreter_name", 3), ("interpreter_number", 2)),
            "company",
            ("qualified", "adult"),
            "exception",
            "waiver",
            store=desk.store,
            editors=editors,
        )
        self.when = RecordForm(
            InterpreterSession, ("started_at",), ("ended_at",), "used_for", store=desk.store, clock=desk.clock
        )
        self._hint = wrapped("", "sec", "amber")
        for form in (self.who, self.when):
            form.changed.connect(self._touched)
        self.lay_out(card(self.who, self._hint, title="Who interprets"), card(self.when, title="When and for what"))

    def _touched(self, *_ignored: object) -> None:
        self._arrange()
        self.heard()

    def _arrange(self) -> None:
        qualified = self.who.editor("qualified").value()
        for name in ("adult", "exception", "waiver"):
            self.who.field(name).setVisible(qualified is False)
        said = [] if qualified is None else list(interpreter_faults(self.typed(), policy_of(self.desk.store)))
        self._hint.set_text(" ".join(fault.message for fault in said))
        self._hint.setVisible(bool(said))

    def typed(self) -> InterpreterSession:
        """The session as it stands."""
        return msgspec.structs.replace(self.held, **self.who.values(), **self.when.values())

    def show_value(self, record: InterpreterSession) -> None:
        """Put a session into the fields."""
        self.who.set_values(record)
        self.when.set_values(record)
        self._arrange()

    def write(self, record: InterpreterSession) -> InterpreterSession:
        """Save it."""
        return record_session(self.desk.store, record)

    def unread(self) -> tuple[Fault, ...]:
        """A time that cannot be read."""
        return (*self.who.unread(), *self.when.unread())

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Beside each field."""
        left = self.who.show_faults(faults)
        self.when.show_faults(left, focus=len(left) == len(faults))

    def start(self) -> None:
        """Who interprets, since the language is that of the patient."""
        name = "interpreter_name" if self.who.editor("language").value() else "language"
        self.who.editor(name).setFocus()
