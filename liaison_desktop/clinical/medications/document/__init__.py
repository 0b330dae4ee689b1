"""Papers about medicines: the patient's list, also for the wallet, and the list for the prescriber's call."""

from liaison_desktop.clinical.medications.document.patient_list import ListContent, Size, patient_list_document
from liaison_desktop.clinical.medications.document.prescriber_list import prescriber_document

__all__ = ["ListContent", "Size", "patient_list_document", "prescriber_document"]
