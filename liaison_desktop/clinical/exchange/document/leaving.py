"""Giving an episode to another system: gathered, mapped, judged, and only then written down and handed out."""

from __future__ import annotations

import json
import uuid

from liaison_desktop.clinical.exchange.actions import note_exported
from liaison_desktop.clinical.exchange.document.bundle import bundle_of
from liaison_desktop.clinical.exchange.queries import gather
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.interop.fhir import bundle_faults
from liaison_desktop.store import Store

_SHOWN = 5  # places that are named when a bundle is not sound


def export_episode(store: Store, episode_id: uuid.UUID, *, approval: Approval | None = None) -> bytes:
    """The episode as FHIR R4 JSON, checked; the journal says that it left and by whom.

    Raises Refused if whoever works here may not take a copy out, or if the models of FHIR do not accept what was made:
    then nothing leaves. Raises Missing.
    """
    bundle = bundle_of(gather(store, episode_id), at=store.clock(), who=store.actor.name)
    if faults := bundle_faults(bundle):
        raise Refused(tuple(Fault(field="", message=fault) for fault in faults[:_SHOWN]))
    note_exported(store, episode_id, approval=approval)
    return json.dumps(bundle, ensure_ascii=False, indent=2, default=str).encode()
