"""Qt for one patient: the form, and the banner that every clinical screen and every signature carries."""

from liaison_desktop.clinical.patients.form.banner import PatientBanner, stripe_for
from liaison_desktop.clinical.patients.form.entry import PatientEntry
from liaison_desktop.clinical.patients.form.form_pane import FormPane
from liaison_desktop.clinical.patients.form.pane import PatientPane
from liaison_desktop.clinical.patients.form.patient_form import SET_ASIDE, PatientForm
from liaison_desktop.clinical.patients.form.reading_pane import ReadingPane
from liaison_desktop.clinical.patients.form.record_entry import RecordEntry
from liaison_desktop.clinical.patients.form.strip import PatientStrip

__all__ = [
    "SET_ASIDE",
    "FormPane",
    "PatientBanner",
    "PatientEntry",
    "PatientForm",
    "PatientPane",
    "PatientStrip",
    "ReadingPane",
    "RecordEntry",
    "stripe_for",
]
