"""One study to read: what was approved until when, who may obtain a consent, and whom to ask again."""

from __future__ import annotations

import functools

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.research.record import FormVersion, ResearchConsent, Study
from liaison_desktop.clinical.research.rules import AskAgain, newest_version, statement_faults
from liaison_desktop.clinical.research.rules.approval import in_window, window_words
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import elided, wrapped
from liaison_desktop.ui.tokens import FORM_MOST


class StudyPane(QWidget):
    """Asks the page to change the study, to begin a consent, or to ask somebody again."""

    change_asked = Signal()
    consent_asked = Signal()
    again_asked = Signal(object)  # AskAgain
    file_asked = Signal(str)  # the version whose file is to be read

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._title, self._facts = elided("", "section"), elided("", "sec", "ink2")
        self.change_button = button("Change", "secondary", "pencil", on_click=self.change_asked.emit)
        self.begin_button = button("New consent", "primary", "plus", on_click=self.consent_asked.emit)
        head = panel(
            (column(self._title, self._facts, gap=0), 1), self.change_button, self.begin_button,
            margins=(20, 10, 16, 10), across=True,
        )  # fmt: skip
        self._body = column(gap=16, margins=(20, 16, 20, 24))
        self._body.setMaximumWidth(FORM_MOST + 80)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, share in ((head, 0), (hairline(), 0), (scroll(row((self._body, 1), gap=0)), 1)):
            layout.addWidget(part, share)

    def show_study(self, study: Study, again: tuple[AskAgain, ...], asked: tuple[ResearchConsent, ...]) -> None:
        """Show this study."""
        today = self.desk.today()
        self._title.set_text(study.title())
        self._facts.set_text(" · ".join((study.protocol, study.sponsor, f"{study.board}, {study.board_number}")))
        self.begin_button.setVisible(study.open and newest_version(study, today) is not None)
        about = [
            CardRow(study.name, f"{study.phase} · regulated by {_said(study)}".strip(" ·"), "flask-conical"),
            CardRow(study.investigator, study.phone, "stethoscope"),
        ]
        forms = [self._form_row(study, one) for one in reversed(study.versions)]
        log = [CardRow(line.name, _days(line.since, line.until), "user-check") for line in study.delegates] or [
            CardRow("Nobody yet", "Without a line here nobody can obtain a consent", "circle-alert", tone="red")
        ]
        cards: list[QWidget] = [list_card("The study", *about)]
        if again:
            rows = [self._again_row(one) for one in again]
            cards.insert(0, list_card("Ask again", *rows, right=str(len(rows)), tone="amber"))
        none = CardRow("None yet", "Add the approved form and its file", "circle-alert", tone="red")
        cards.append(list_card("Approved forms", *(forms or [none])))
        cards.append(list_card("Delegation log", *log))
        if not study.open:
            cards.insert(0, wrapped("This study is closed: nobody can consent to it any more.", "body", "amber"))
        refill(self._body, *cards, None)

    def _form_row(self, study: Study, form: FormVersion) -> CardRow:
        today, wrong = self.desk.today(), [*statement_faults(study, form, policy_of(self.desk.store))]
        if form.file is None:
            chip = ChipSpec("No file", "red", "circle-alert")
        elif wrong:
            chip = ChipSpec("Sentence missing", "red", "circle-alert")
        elif not form.stamped:
            chip = ChipSpec("Not stamped", "red", "circle-alert")
        else:
            chip = (
                ChipSpec("In force", "green", "check")
                if in_window(form, today)
                else ChipSpec("Not in force", "outline")
            )
        facts = f"{window_words(form)} · {form.language}"
        opens = functools.partial(self.file_asked.emit, form.version) if form.file is not None else None
        return CardRow(f"Version {form.version}", facts, "file-check", chip, on_click=opens)

    def _again_row(self, one: AskAgain) -> CardRow:
        consent = one.consent
        facts = f"Consented on version {consent.form_version}; ask on version {one.version}"
        chip = ChipSpec(one.why.label, "amber", "refresh-cw")
        return CardRow(consent.title(), facts, "user-round", chip, on_click=lambda: self.again_asked.emit(one))


def _said(study: Study) -> str:
    said = study.regulated.label if study.regulated is not None else "nobody said"
    return f"{said}, applicable clinical trial" if study.applicable_trial else said


def _days(since: object, until: object) -> str:
    import datetime

    words = [plain_day(day) for day in (since, until) if isinstance(day, datetime.date)]
    return " to ".join(words) if len(words) == 2 else f"From {words[0]}" if words else ""
