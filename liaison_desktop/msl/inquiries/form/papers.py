"""The papers of what a doctor asked: sealed once the doctor has signed, anew at each later step of its life."""

from __future__ import annotations

from liaison_desktop.documents.workshop.order import Order
from liaison_desktop.msl.inquiries.record import MedicalInquiry, StandingRequest
from liaison_desktop.sealed.form import Paper

_DOCUMENTS = "liaison_desktop.msl.inquiries.document"


def inquiry_paper(inquiry: MedicalInquiry) -> Paper:
    """The document of this inquiry as it stands; sealed if the doctor has signed it."""
    order = Order(module=_DOCUMENTS, maker="inquiry_document", of=(inquiry,))
    if inquiry.signature is None:
        return Paper(about=inquiry, order=order)
    return Paper(
        about=inquiry, order=order, variant="medical inquiry, letter", fingerprint=inquiry.content_fingerprint()
    )


def standing_paper(request: StandingRequest) -> Paper:
    """The document of this standing request as it stands; sealed if the doctor has signed it."""
    order = Order(module=_DOCUMENTS, maker="standing_document", of=(request,))
    if not request.is_signed:
        return Paper(about=request, order=order)
    return Paper(
        about=request, order=order, variant="standing request, letter", fingerprint=request.content_fingerprint()
    )
