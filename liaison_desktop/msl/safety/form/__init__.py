"""What is typed into a safety report: the capture from one sentence, the whole report, and the hand-over."""

from liaison_desktop.msl.safety.form.capture import CapturePanel
from liaison_desktop.msl.safety.form.event_form import EventForm
from liaison_desktop.msl.safety.form.handing_over import HandOverPanel
from liaison_desktop.msl.safety.form.hint import RadarHint
from liaison_desktop.msl.safety.form.rewording import RewordingHint
from liaison_desktop.msl.safety.form.state import CriteriaLine, clock_words
from liaison_desktop.msl.safety.form.watch import SafetyWatch

__all__ = [
    "CapturePanel",
    "CriteriaLine",
    "EventForm",
    "HandOverPanel",
    "RadarHint",
    "RewordingHint",
    "SafetyWatch",
    "clock_words",
]
