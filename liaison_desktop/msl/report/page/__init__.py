"""What we store about somebody, and the story of everything that happened with them."""

from liaison_desktop.msl.report.page.person_story import PersonStory
from liaison_desktop.msl.report.page.stored_page import StoredPage

__all__ = ["PersonStory", "StoredPage"]
