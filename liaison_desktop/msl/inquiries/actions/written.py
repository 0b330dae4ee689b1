"""The letter or e-mail a doctor wrote instead of signing: kept encrypted with the inquiry, read back, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Missing, Refused
from liaison_desktop.msl.inquiries.actions.asking import completed
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.msl.materials.actions import most_bytes
from liaison_desktop.msl.materials.rules import clean_name
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def attach_written(store: Store, inquiry: MedicalInquiry, content: bytes, file_name: str) -> MedicalInquiry:
    """Keep the written request with the inquiry, all of it or nothing. Raises Refused, Stale or Damaged."""
    if inquiry.is_fixed:
        words = "This inquiry stands as it is. Its written request can no longer be changed."
        raise Refused((Fault(field="written_name", message=words),))
    with store.transaction("written request") as transaction:
        name = transaction.attach(content, most=most_bytes(store))
        return transaction.save(
            msgspec.structs.replace(
                completed(store, inquiry),
                written_sha256=name,
                written_name=clean_name(file_name),
                written_size=len(content),
            )
        )


def detach_written(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Take a file that was attached by mistake away from a draft; the journal keeps that it was there."""
    bare = msgspec.structs.replace(inquiry, written_sha256="", written_name="", written_size=0)
    return store.save(bare, reason="written request taken away")


def open_written(store: Store, inquiry: MedicalInquiry, act: Act = Act.VIEWED) -> bytes:
    """The written request, checked; the journal says that it was read or exported. Raises Missing, Damaged."""
    if not inquiry.written_sha256:
        raise Missing("No written request is attached.")
    content = store.attachments.get(inquiry.written_sha256)
    store.note(act, kind=MedicalInquiry.kind, subject=inquiry.id, detail="written request")
    return content
