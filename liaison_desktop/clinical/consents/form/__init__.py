"""Qt for one consent: the nurse's steps, and the pages that are turned towards whoever signs."""

from liaison_desktop.clinical.consents.form.consent_form import ConsentForm
from liaison_desktop.clinical.consents.form.signer import Signer
from liaison_desktop.clinical.consents.form.signing_screen import SigningScreen

__all__ = ["ConsentForm", "Signer", "SigningScreen"]
