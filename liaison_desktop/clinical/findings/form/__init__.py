"""Qt for findings: the tab of the chart, its cards, and the forms that open in it."""

from liaison_desktop.clinical.findings.form.cards import problems_card
from liaison_desktop.clinical.findings.form.pane import FindingsPane
from liaison_desktop.clinical.findings.form.vitals_card import vitals_card

__all__ = ["FindingsPane", "problems_card", "vitals_card"]
