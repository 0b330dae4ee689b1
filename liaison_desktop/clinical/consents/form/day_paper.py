"""A verification that was made: one line with its page to print or to save."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import note_day_exported, note_day_printed
from liaison_desktop.clinical.consents.record import Consent, DayCheck
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.documents.preview import handing_out as handed
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import icon_label, wrapped


def day_line(desk: Desk, check: DayCheck, consent: Consent) -> QWidget:
    """Who checked and when, and the two ways out."""
    at = show_moment(check.completed_at) if check.completed_at is not None else ""
    who = " and ".join(one.name_printed for one in check.signatures)
    store = desk.store

    def page() -> bytes:
        from liaison_desktop.clinical.consents.document import day_page

        try:
            return day_page(check, consent).content
        except LiaisonError as error:
            desk.toast(str(error))
            return b""

    def print_it() -> None:
        if content := page():
            handed.print_copy(
                desk, content, lambda how: note_day_printed(store, check, how), lambda: require(store, "print")
            )

    def save_it() -> None:
        if content := page():
            name = f"{check.document_number}-day.pdf"
            handed.save_copy(
                desk, content, name, lambda: note_day_exported(store, check), lambda: require(store, "export")
            )

    paper = button("Print the day's page", small=True, icon="printer", on_click=print_it)
    copy = button("Save a copy…", small=True, icon="download", on_click=save_it)
    copy.setAccessibleName("Save a copy of the day's page")
    words = wrapped(f"Checked on the day, {at}, by {who}.", "body")
    return row(icon_label("circle-check", "green"), (words, 1), copy, paper, gap=8)
