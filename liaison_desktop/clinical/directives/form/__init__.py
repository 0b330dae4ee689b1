"""Qt for decisions: the tab of the chart and its forms."""

from liaison_desktop.clinical.directives.form.pane import DecisionsPane

__all__ = ["DecisionsPane"]
