"""Qt for coverage: the tab of the chart, its forms, and the card that the overview shows."""

from liaison_desktop.clinical.coverage.form.cards import overview_card
from liaison_desktop.clinical.coverage.form.pane import CoveragePane

__all__ = ["CoveragePane", "overview_card"]
