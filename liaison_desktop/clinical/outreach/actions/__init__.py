"""The verbs of outreach, and the only code that writes its records. Nothing about a patient gets in (V41)."""

from liaison_desktop.clinical.outreach.actions.importing import Imported, import_sources, judged, undo_import
from liaison_desktop.clinical.outreach.actions.keeping import (
    finish_next,
    look_over,
    record_event,
    save_contact,
    save_place,
)
from liaison_desktop.clinical.outreach.actions.practice import fill_practice_outreach
from liaison_desktop.clinical.outreach.actions.taking_out import events_table, note_exported, sources_table

__all__ = [
    "Imported",
    "events_table",
    "fill_practice_outreach",
    "finish_next",
    "import_sources",
    "judged",
    "look_over",
    "note_exported",
    "record_event",
    "save_contact",
    "save_place",
    "sources_table",
    "undo_import",
]
