"""The papers of a consent: its summary, sealed once it is complete, and the pages of its end and its day, sealed at once."""

from __future__ import annotations

from liaison_desktop.clinical.consents.actions import scans_of
from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal, DayCheck
from liaison_desktop.documents.workshop.order import Order
from liaison_desktop.sealed.form import Paper
from liaison_desktop.store import Store

_DOCUMENTS = "liaison_desktop.clinical.consents.document"


def summary_paper(store: Store, consent: Consent) -> Paper:
    """The summary of this consent; sealed if nothing in it can change any more."""
    order = Order(module=_DOCUMENTS, maker="consent_summary", of=(consent,), named={"scans": scans_of(store, consent)})
    if consent.state is not ConsentState.ACTIVE:
        return Paper(about=consent, order=order)
    return Paper(about=consent, order=order, variant="consent summary, letter", fingerprint=consent.fingerprint)


def ending_paper(ending: ConsentWithdrawal, consent: Consent) -> Paper:
    """The page that says this consent no longer holds."""
    order = Order(module=_DOCUMENTS, maker="withdrawal_addendum", of=(ending, consent))
    return Paper(
        about=ending, order=order, variant="withdrawal of consent, letter", fingerprint=ending.content_fingerprint()
    )


def day_paper(check: DayCheck, consent: Consent) -> Paper:
    """The page that two people have signed on the day of the procedure."""
    order = Order(module=_DOCUMENTS, maker="day_page", of=(check, consent))
    return Paper(about=check, order=order, variant="verification on the day, letter", fingerprint=check.fingerprint)
