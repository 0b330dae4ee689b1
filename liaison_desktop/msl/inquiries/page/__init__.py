"""The page of inquiries, standing requests and SIUU packages."""

from liaison_desktop.msl.inquiries.page.inquiries_page import InquiriesPage
from liaison_desktop.msl.inquiries.page.looks import age, standing_chip, state_chip
from liaison_desktop.msl.inquiries.page.standing_pane import begin_standing

__all__ = ["InquiriesPage", "age", "begin_standing", "standing_chip", "state_chip"]
