"""The page of inquiries, standing requests and SIUU packages."""

from liaison_desktop.msl.inquiries.page.beginning import begin_asked, begin_standing
from liaison_desktop.msl.inquiries.page.inquiries_page import InquiriesPage
from liaison_desktop.msl.inquiries.page.looks import age, standing_chip, state_chip

__all__ = ["InquiriesPage", "age", "begin_asked", "begin_standing", "standing_chip", "state_chip"]
