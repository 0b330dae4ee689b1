"""The safety page: every report, the clocks that run, one report to complete and hand over."""

from liaison_desktop.msl.safety.page.clock_card import ClockCard
from liaison_desktop.msl.safety.page.safety_page import SafetyPage

__all__ = ["ClockCard", "SafetyPage"]
