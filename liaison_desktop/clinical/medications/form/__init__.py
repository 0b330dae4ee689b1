"""The tab of medicines in a chart: interview, grid of sources, comparison, the prescriber's list, the patient's list."""

from liaison_desktop.clinical.medications.form.card import needs_card
from liaison_desktop.clinical.medications.form.pane import MedicinesPane

__all__ = ["MedicinesPane", "needs_card"]
