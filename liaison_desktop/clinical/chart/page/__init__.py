"""Qt for the patients of the rail: the list, and one chart at a time."""

from liaison_desktop.clinical.chart.page.chart_page import ChartPage

__all__ = ["ChartPage"]
