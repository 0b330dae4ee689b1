"""The People page: list, profile, form and import."""

from liaison_desktop.msl.directory.page.people_page import PeoplePage
from liaison_desktop.msl.directory.page.story import Happened, History, Story

__all__ = ["Happened", "History", "PeoplePage", "Story"]
