"""The Visits page: list by day, the visit, and the brief beside it."""

from liaison_desktop.msl.visits.page.looks import status_chip
from liaison_desktop.msl.visits.page.promises import promise_row
from liaison_desktop.msl.visits.page.visits_page import VisitsPage

__all__ = ["VisitsPage", "promise_row", "status_chip"]
