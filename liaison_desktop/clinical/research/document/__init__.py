"""The PDFs of research: the consent with its key information first, and the page that says somebody left a study.

Import the names below inside functions: they load the PDF writer.
"""

from liaison_desktop.clinical.research.document.filling import content_of
from liaison_desktop.clinical.research.document.making import check_research, research_document
from liaison_desktop.clinical.research.document.withdrawal import research_withdrawal_page

__all__ = ["check_research", "content_of", "research_document", "research_withdrawal_page"]
