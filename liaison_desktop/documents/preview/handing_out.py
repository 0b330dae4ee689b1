"""The two ways out of the screen, printing and saving a copy, each written into the journal by whoever asks for it."""

from __future__ import annotations

from collections.abc import Callable

from liaison_desktop.ui.desk import Desk


def print_copy(desk: Desk, content: bytes, note: Callable[[], object]) -> None:
    """Print a document; `note` writes into the journal that it was printed."""
    if not content:
        return
    if desk.printer.print_pdf(content):
        note()
        desk.toast("Sent to the printer.")
    else:
        desk.toast("There is no printer. Save a copy instead.")


def save_copy(desk: Desk, content: bytes, file_name: str, note: Callable[[], object]) -> None:
    """Save a copy where the person says; `note` writes into the journal that it left the store."""
    if not content:
        return
    path = desk.files.save_file("Save a copy", file_name)
    if path is None:
        return
    try:
        path.write_bytes(content)
    except OSError:
        desk.toast("The copy could not be written there.")
        return
    note()
    desk.toast("Saved. This copy is not encrypted.")
