"""Qt for research: the studies with those who take part, and one consent being worked on."""

from liaison_desktop.clinical.research.page.research_page import ResearchPage

__all__ = ["ResearchPage"]
