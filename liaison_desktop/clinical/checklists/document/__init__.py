"""The PDF of a checklist: every answer under its question, who gave it, and what still waits.

`content` is the seam: plain values filled from the record by `filling`, laid out and read back by `making`. Import the
names below inside functions: they load the PDF writer.
"""

from liaison_desktop.clinical.checklists.document.content import CopyFor
from liaison_desktop.clinical.checklists.document.making import checklist_document

__all__ = ["CopyFor", "checklist_document"]
