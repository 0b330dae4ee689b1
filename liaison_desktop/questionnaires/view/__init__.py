"""The Qt view of a form: section rail, questions with one-tap answers, cards for groups, and the reviewer's pane.

It changes a `Sheet` and says so; it never saves. Only the section one is in has widgets, so that a form opens at once.
"""

from liaison_desktop.questionnaires.view.filler import FormFiller

__all__ = ["FormFiller"]
