"""Qt for one patient: the form, and the banner that every clinical screen and every signature carries."""

from liaison_desktop.clinical.patients.form.banner import PatientBanner, Stripe
from liaison_desktop.clinical.patients.form.strip import PatientStrip

__all__ = ["PatientBanner", "PatientStrip", "Stripe"]
