"""The Insights page: board and list, one insight, the questions we listen for, and files that bring answers."""

from liaison_desktop.msl.insights.page.insights_page import InsightsPage
from liaison_desktop.msl.insights.page.looks import receipt_card, status_chip

__all__ = ["InsightsPage", "receipt_card", "status_chip"]
