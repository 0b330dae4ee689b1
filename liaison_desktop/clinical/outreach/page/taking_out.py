"""A list as a file: Excel, or CSV where the name that was chosen ends so."""

from __future__ import annotations

from liaison_desktop.clinical.outreach.actions import events_table, note_exported, sources_table
from liaison_desktop.clinical.outreach.page.listing import SOURCES
from liaison_desktop.errors import LiaisonError
from liaison_desktop.interop.writing import csv_bytes, xlsx_bytes
from liaison_desktop.ui.desk import Desk


def take_out(desk: Desk, which: str) -> None:
    """Ask where to, write it, and note it in the journal; whoever may not is told before anything is asked."""
    name = "outreach-sources" if which == SOURCES else "outreach-events"
    try:
        headers, rows = sources_table(desk.store) if which == SOURCES else events_table(desk.store)
    except LiaisonError as error:
        desk.trouble(error)
        return
    path = desk.files.save_file("Export", f"{name}.xlsx")
    if path is None:
        return
    as_csv = path.suffix.casefold() == ".csv"
    try:
        path.write_bytes(csv_bytes(headers, rows) if as_csv else xlsx_bytes(headers, rows, "Outreach"))
    except OSError:
        desk.trouble("The file could not be written there.")
        return
    note_exported(desk.store, f"{name}, {len(rows)} rows")
    desk.toast("Saved. This copy is not encrypted.")
