"""Forms of insights: the whole insight, its capture beside a visit, a receipt, a question; and what is like it."""

from liaison_desktop.msl.insights.form.answers import AnswerCards
from liaison_desktop.msl.insights.form.capture_panel import CapturePanel
from liaison_desktop.msl.insights.form.insight_form import SET_ASIDE, InsightForm
from liaison_desktop.msl.insights.form.records import FeedbackForm, PriorityForm
from liaison_desktop.msl.insights.form.similar_list import SimilarList
from liaison_desktop.msl.insights.form.turning import Made, Turns, question_of

__all__ = [
    "SET_ASIDE",
    "AnswerCards",
    "CapturePanel",
    "FeedbackForm",
    "InsightForm",
    "Made",
    "PriorityForm",
    "SimilarList",
    "Turns",
    "question_of",
]
