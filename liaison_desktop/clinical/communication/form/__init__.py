"""Qt for one entry of the log and one session with an interpreter."""

from liaison_desktop.clinical.communication.form.entry_form import EntryForm
from liaison_desktop.clinical.communication.form.session_form import SessionForm

__all__ = ["EntryForm", "SessionForm"]
