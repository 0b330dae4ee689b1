"""Qt for one concern: the form in which it is told, and its view with what can be done next."""

from liaison_desktop.clinical.concerns.form.concern_form import ConcernForm
from liaison_desktop.clinical.concerns.form.concern_view import ConcernView
from liaison_desktop.clinical.concerns.form.words import state_chip

__all__ = ["ConcernForm", "ConcernView", "state_chip"]
