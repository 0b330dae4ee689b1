"""The referral by phone as it was left, kept until it is taken or thrown away."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.records import from_bytes

DRAFT = "referral/new"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it was left. `known` is the patient who was picked."""

    patient: Patient
    referral: Referral
    known: uuid.UUID | None = None


def read_draft(content: bytes | None) -> Draft | None:
    """A kept form; None if there is none, or another version wrote it."""
    try:
        return from_bytes(Draft, content) if content else None
    except msgspec.MsgspecError:
        return None
