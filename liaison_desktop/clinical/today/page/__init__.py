"""Today, its end of day, and the page of tasks."""

from liaison_desktop.clinical.today.page.tasks_page import TasksPage
from liaison_desktop.clinical.today.page.today_page import TodayPage

__all__ = ["TasksPage", "TodayPage"]
