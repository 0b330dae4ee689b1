"""The papers of research: a consent, sealed once it is complete, and the page of its end, sealed at once."""

from __future__ import annotations

from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, ResearchWithdrawal
from liaison_desktop.documents.workshop.order import Order
from liaison_desktop.sealed.form import Paper

_DOCUMENTS = "liaison_desktop.clinical.research.document"


def research_consent_paper(consent: ResearchConsent) -> Paper:
    """The document of this consent; sealed if nothing in it can change any more."""
    order = Order(module=_DOCUMENTS, maker="research_document", of=(consent,))
    if consent.state is not ResearchState.ACTIVE:
        return Paper(about=consent, order=order)
    return Paper(about=consent, order=order, variant="research consent, letter", fingerprint=consent.fingerprint)


def leaving_paper(gone: ResearchWithdrawal, consent: ResearchConsent) -> Paper:
    """The page that says this consent no longer holds."""
    order = Order(module=_DOCUMENTS, maker="research_withdrawal_page", of=(gone, consent))
    return Paper(
        about=gone, order=order, variant="withdrawal from a study, letter", fingerprint=gone.content_fingerprint()
    )
