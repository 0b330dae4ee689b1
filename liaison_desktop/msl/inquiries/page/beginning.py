"""What a doctor asks for, begun on another page: a standing request, or an inquiry of somebody."""

from __future__ import annotations

import uuid

from liaison_desktop.msl.inquiries.actions import begin_inquiry, new_inquiry, new_request
from liaison_desktop.msl.inquiries.page.kept import keep
from liaison_desktop.msl.inquiries.page.standing_pane import topic_key
from liaison_desktop.msl.inquiries.record import MedicalInquiry, StandingRequest
from liaison_desktop.ui.desk import Desk


def begin_standing(desk: Desk, request: StandingRequest, topic_id: uuid.UUID | None) -> None:
    """Open a request that another page began; it is a draft until somebody records it."""
    keep(desk.store, request)
    desk.store.drafts.put(topic_key(request.id), topic_id.bytes if topic_id else b"")
    desk.open(StandingRequest.kind, request.id)


def begin_asked(desk: Desk, person_id: uuid.UUID, *, standing: bool = False) -> None:
    """Open a new inquiry of somebody, or a new standing request."""
    if standing:
        begin_standing(desk, new_request(desk.store, person_id=person_id), None)
    else:
        begun = begin_inquiry(desk.store, new_inquiry(desk.store, person_id=person_id))
        desk.open(MedicalInquiry.kind, begun.id)
