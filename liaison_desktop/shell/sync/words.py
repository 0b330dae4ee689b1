"""What is said of records that wait, came, or were refused: titles from the store, reasons in plain words."""

from __future__ import annotations

import uuid

from liaison_desktop.i18n import tr
from liaison_desktop.store import Store

REASONS = {
    "immutable": tr(
        "It is signed or locked at the centre. Your change is kept in the journal; record a correction instead."
    ),
    "forbidden": tr(
        "It belongs to somebody else now. Your change is kept in the journal; tell its owner what you know."
    ),
    "schema_too_new": tr("The server is of an older version and does not know this form yet. Tell your administrator."),
    "invalid": tr(
        "The server could not read it. It is kept here and in the server's quarantine; tell your administrator."
    ),
    "too_large": tr("It is larger than the server takes. Shorten it or remove a file, and save it again."),
    "bad_reference": tr("It refers to a record the server does not have. Save that record again, then this one."),
}


def kind_title(kind: str) -> str:
    """A kind as a person reads it: `medical_inquiry` is "Medical inquiry"."""
    return kind.replace("_", " ").capitalize()


def record_title(store: Store, kind: str, subject: uuid.UUID | None) -> str:
    """What a record is called, or that it is no longer here."""
    declared = store.kinds.get(kind)
    found = store.find(declared, subject) if declared is not None else None
    return found.title() if found is not None else tr("no longer here")
