"""The forms of people and places, and the panel by which a second person approves something on this screen."""

from liaison_desktop.clinical.people.form.approval import ApprovalForm
from liaison_desktop.clinical.people.form.person_form import PersonForm
from liaison_desktop.clinical.people.form.which import PersonOrPlace, draft_key, read_draft

__all__ = ["ApprovalForm", "PersonForm", "PersonOrPlace", "draft_key", "read_draft"]
