"""The PDF of a consent: its summary, and the one page that says it was withdrawn.

`content` is the seam: plain values filled from the record by `filling`, laid out by `layout`, listed again by `check`
for reading back. Import the names below inside functions: they load the PDF writer.
"""

from liaison_desktop.clinical.consents.document.content import ConsentDocument, SummaryContent
from liaison_desktop.clinical.consents.document.day_of import day_page
from liaison_desktop.clinical.consents.document.making import check_consent, consent_summary, make_summary
from liaison_desktop.clinical.consents.document.proof import proof_of
from liaison_desktop.clinical.consents.document.recorded import consent_from, document_from_file
from liaison_desktop.clinical.consents.document.withdrawal import withdrawal_addendum

__all__ = [
    "ConsentDocument",
    "SummaryContent",
    "check_consent",
    "consent_from",
    "consent_summary",
    "day_page",
    "document_from_file",
    "make_summary",
    "proof_of",
    "withdrawal_addendum",
]
