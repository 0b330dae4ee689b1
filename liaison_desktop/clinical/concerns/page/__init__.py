"""The concerns of one patient, as a tab of the chart and as the page that F12 opens from anywhere."""

from liaison_desktop.clinical.concerns.page.concerns_page import ConcernsPage
from liaison_desktop.clinical.concerns.page.concerns_pane import ConcernsPane

__all__ = ["ConcernsPage", "ConcernsPane"]
