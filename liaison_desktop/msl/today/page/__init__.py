"""The Today page."""

from liaison_desktop.msl.today.page.today_page import TodayPage

__all__ = ["TodayPage"]
