"""The patient-identity guard over whole records: PHI-1 and PHI-2 for every free text, and the wall before an export."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies.identity import identities
from liaison_desktop.policies.policy import Policy
from liaison_desktop.policies.radar import IDENTITY
from liaison_desktop.records import free_texts


def identity_faults(record: msgspec.Struct, policy: Policy) -> Iterator[Fault]:
    """PHI-1 and PHI-2 for what may identify a patient in any free text of a record, each beside its field."""
    for field, text in free_texts(record):
        for found in identities(text, policy.lexicon):
            yield policy.fault(found.rule, field=field, span=found.words)


def refuse_identity(policy: Policy, *records: msgspec.Struct) -> None:
    """Let nothing out of the store that names a patient. Raises Refused (PHI-1), before a file or a page is made.

    Whatever severity a facility gave PHI-1 on its forms, out of the store it refuses.
    """
    for record in records:
        faults = [
            policy.fault(found.rule, field=field, span=found.words)
            for field, text in free_texts(record)
            for found in identities(text, policy.lexicon)
            if found.kind == IDENTITY
        ]
        if faults:
            # One record at a time, so that a person can be led to it.
            kind, record_id = getattr(record, "kind", ""), getattr(record, "id", None)
            raise Refused(faults, (str(kind), record_id) if isinstance(record_id, uuid.UUID) else None)
