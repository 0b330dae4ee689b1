"""The page of outreach: what is next, what was done, who sends patients."""

from liaison_desktop.clinical.outreach.page.outreach_page import OutreachPage

__all__ = ["OutreachPage"]
