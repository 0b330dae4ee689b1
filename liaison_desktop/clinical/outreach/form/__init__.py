"""The forms of an event, a place and a contact."""

from liaison_desktop.clinical.outreach.form.event_form import EventForm
from liaison_desktop.clinical.outreach.form.kept_form import KeptForm, draft_key
from liaison_desktop.clinical.outreach.form.source_forms import ContactForm, PlaceForm

__all__ = ["ContactForm", "EventForm", "KeptForm", "PlaceForm", "draft_key"]
