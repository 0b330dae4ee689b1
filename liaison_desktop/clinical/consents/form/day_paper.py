"""A verification that was made: one line with its page to print or to save."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import note_day_exported, note_day_printed
from liaison_desktop.clinical.consents.form.papers import day_paper
from liaison_desktop.clinical.consents.record import Consent, DayCheck
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.documents.preview import handing_out as handed
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import icon_label, wrapped


def day_line(desk: Desk, check: DayCheck, consent: Consent, owner: QObject) -> QWidget:
    """Who checked and when, and the two ways out; `owner` is the page that waits for the paper."""
    at = show_moment(check.completed_at) if check.completed_at is not None else ""
    who = " and ".join(one.name_printed for one in check.signatures)
    store = desk.store

    def with_page(act: Callable[[bytes], None]) -> None:
        fetch_paper(desk, day_paper(check, consent), owner=owner, then=act, otherwise=desk.trouble)

    def print_it(content: bytes) -> None:
        handed.print_copy(
            desk, content, lambda how: note_day_printed(store, check, how), lambda: require(store, "print")
        )

    def save_it(content: bytes) -> None:
        name = f"{check.document_number}-day.pdf"
        handed.save_copy(desk, content, name, lambda: note_day_exported(store, check), lambda: require(store, "export"))

    paper = button("Print the day's page", small=True, icon="printer", on_click=lambda: with_page(print_it))
    copy = button("Save a copy…", small=True, icon="download", on_click=lambda: with_page(save_it))
    copy.setAccessibleName("Save a copy of the day's page")
    words = wrapped(f"Checked on the day, {at}, by {who}.", "body")
    return row(icon_label("circle-check", "green"), (words, 1), copy, paper, gap=8)
