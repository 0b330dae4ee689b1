"""Qt for the consents of all patients: the list, one of them with its document, and how one begins or ends."""

from liaison_desktop.clinical.consents.page.consents_page import ConsentsPage
from liaison_desktop.clinical.consents.page.forms_page import FormsPage

__all__ = ["ConsentsPage", "FormsPage"]
