"""Giving a stay to another system: where the file goes is asked, and what came of it is said."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.chart.queries import newest_stay
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.ui.desk import Desk


def export_stay(desk: Desk, patient: uuid.UUID) -> None:
    """The newest stay as a FHIR bundle, where the person says. Refused as a whole if it is not sound."""
    from liaison_desktop.clinical.exchange.document import export_episode

    stay = newest_stay(desk.store, patient)
    if stay is None:
        desk.trouble("There is no stay to give. Begin with a referral.")
        return
    path = desk.files.save_file("Save for another system", f"{stay.number or 'episode'}.json")
    if path is None:
        return
    try:
        path.write_bytes(export_episode(desk.store, stay.id))
    except Refused as refusal:
        desk.trouble(" ".join(fault.message for fault in refusal.faults))
    except LiaisonError as error:
        desk.trouble(error)
    except OSError:
        desk.trouble("The copy could not be written there.")
    else:
        desk.toast("Saved. This copy is not encrypted.")
