"""The card of Settings on consent forms: how many there are, and which file of the facility's was refused and why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import forms_of, own_folder, templates_of
from liaison_desktop.errors import Severity
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.text import label, wrapped


def forms_card(desk: Desk) -> QWidget:
    """What is in force; in red the line and the reason of each refused file."""
    store = desk.store
    forms, current = forms_of(store), templates_of(store)
    own = sum(forms.is_own(form) for form in current)
    chip = Chip("", "neutral")
    if forms.refused:
        chip.show_chip("Own file refused", "red", "circle-alert")
    elif own:
        chip.show_chip(f"{own} of our own", "accent", "file-check")
    else:
        chip.show_chip("Built in", "neutral", "")
    head = row(label(f"{len(current)} consent forms", "strong"), chip, None, gap=8)
    said = [
        wrapped(f"{file.name}, line {each.line}: {each.message}", "sec")
        for file in forms.refused
        for each in file.complaints
        if each.severity is Severity.REFUSE
    ]
    more = wrapped(
        "Forms of your own are files in this folder, held to the same checks. A file that fails them is refused whole.",
        "cap",
    )
    show = button("Show the forms", icon="file-pen-line", on_click=lambda: desk.go("forms"))
    place = wrapped(str(own_folder(store)), "cap")
    return card(head, *said, more, place, row(show, None), gap=6, tone="red" if forms.refused else "")
