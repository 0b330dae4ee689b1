"""The brief: one page to read before a visit, on the screen and on paper. `brief_paper` is imported when it prints."""

from liaison_desktop.msl.visits.document.brief_content import Brief, BriefLine, BriefPart
from liaison_desktop.msl.visits.document.brief_filling import brief_of

__all__ = ["Brief", "BriefLine", "BriefPart", "brief_of"]
