"""Qt for one study and for one research consent: the steps, the signing, and the way out of a study."""

from liaison_desktop.clinical.research.form.research_form import ResearchForm
from liaison_desktop.clinical.research.form.study_form import StudyForm

__all__ = ["ResearchForm", "StudyForm"]
