"""The two ways out of the screen, printing and saving a copy, each written into the journal by whoever asks for it.

Whoever may not print or take a copy out is told so, wherever the document comes from. `check` may refuse too, as the patient-identity guard does: then nothing leaves, its words are said, and the way to the field
that stands in the way is offered.
"""

from __future__ import annotations

from collections.abc import Callable

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.ui.desk import Desk

Check = Callable[[], object]


def _nothing() -> None:
    return None


def _refused(desk: Desk, check: Check, right: str) -> bool:
    if words := desk.refuses(right):
        desk.toast(words)
        return True
    try:
        check()
    except Refused as refused:
        record, faults = refused.record, refused.faults
        if record is None:
            desk.trouble(refused)
        else:
            desk.trouble(refused, lambda: desk.open(*record, faults), "Show me")
        return True
    except LiaisonError as error:
        desk.trouble(error)
        return True
    return False


def print_copy(desk: Desk, content: bytes, note: Callable[[], object], check: Check = _nothing) -> None:
    """Print a document; `note` writes into the journal that it was printed."""
    if not content or _refused(desk, check, "print"):
        return
    if desk.printer.print_pdf(content):
        note()
        desk.toast("Sent to the printer.")
    else:
        desk.trouble("There is no printer. Save a copy instead.")


def save_copy(desk: Desk, content: bytes, file_name: str, note: Callable[[], object], check: Check = _nothing) -> None:
    """Save a copy where the person says; `note` writes into the journal that it left the store."""
    if not content or _refused(desk, check, "export"):
        return
    path = desk.files.save_file("Save a copy", file_name)
    if path is None:
        return
    try:
        path.write_bytes(content)
    except OSError:
        desk.trouble("The copy could not be written there.")
        return
    note()
    desk.toast("Saved. This copy is not encrypted.")
