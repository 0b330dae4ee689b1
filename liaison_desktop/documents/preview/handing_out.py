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


def print_copy(
    desk: Desk,
    content: bytes,
    note: Callable[[str], object],
    check: Check = _nothing,
    *,
    wait: Callable[[], object] | None = None,
) -> bool:
    """Print a document; whether it was sent. `note` writes into the journal which printer took it and how many pages.

    Without any printer that is said, and where `wait` is given, it offers to let the document wait for one.
    """
    if not content or _refused(desk, check, "print"):
        return False
    if not desk.printer.names():
        if wait is None:
            desk.trouble("There is no printer. Save a copy instead.")
        else:
            desk.toast("There is no printer. Nothing was printed.", lambda: _waits(desk, wait), "Print it later")
        return False
    try:
        printed = desk.printer.print_pdf(content)
    except LiaisonError as error:
        desk.trouble(error)
        return False
    if printed is None:
        return False
    note(printed.words())
    desk.toast(f"Sent to the printer: {printed.words()}.")
    return True


def _waits(desk: Desk, wait: Callable[[], object]) -> None:
    try:
        wait()
    except LiaisonError as error:
        desk.trouble(error)
        return
    desk.toast("It waits for a printer. The list is among the tasks.")


def save_copy(
    desk: Desk,
    content: bytes,
    file_name: str,
    note: Callable[[], object],
    check: Check = _nothing,
    *,
    locked: bool = False,
) -> bool:
    """Save a copy where the person says; `note` writes into the journal that it left the store. Whether it did.

    `locked` says that the bytes are encrypted already, so that nobody is warned for nothing.
    """
    if not content or _refused(desk, check, "export"):
        return False
    path = desk.files.save_file("Save a copy", file_name)
    if path is None:
        return False
    try:
        path.write_bytes(content)
    except OSError:
        desk.trouble("The copy could not be written there.")
        return False
    note()
    desk.toast("Saved. Only the password opens this copy." if locked else "Saved. This copy is not encrypted.")
    return True
