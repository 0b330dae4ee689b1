"""The patient banner: the same line on every clinical screen, with the stripe that is this patient's own."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from liaison_desktop.clinical.patients.form.fitting import Fitting
from liaison_desktop.clinical.patients.record import (
    AllergyAssertion,
    AllergyStatement,
    CodeStatus,
    Patient,
    SexAdmin,
    age_text,
    agent_of,
    allergy_statement,
    birth_text,
    day_text,
    full_name,
    isolation_text,
    language_text,
    record_number,
    stripe_number,
)
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.layout import card, column, empty, hairline, row
from liaison_desktop.ui.pictures import Stripe
from liaison_desktop.ui.text import icon_label, label
from liaison_desktop.ui.tokens import BANNER, STRIPES

_BLOCK = 48
_MOST_ALLERGY = 360
_NARROW = 1060  # below this width the record number gives way


def stripe_for(patient: Patient, width: int = 6) -> Stripe:
    """The upright bar in this patient's own colour."""
    return Stripe(STRIPES[stripe_number(patient)], width)


def _substances(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.split(" (")[0] for text in texts)


def _wordings(texts: tuple[str, ...], *endings: str) -> tuple[str, ...]:
    """The same allergies in ever fewer words; how many there are is never lost."""
    names = _substances(texts)
    shorter = [", ".join(texts), ", ".join(names)]
    shorter += [f"{', '.join(names[:few])} and {len(names) - few} more" for few in range(len(names) - 1, 0, -1)]
    if len(names) > 1:
        shorter.append(f"{len(names)} allergies")
    return tuple(wording + ending for wording in shorter for ending in endings or ("",))


def _alarm(lines: list[tuple[tuple[str, ...], str]], whole: str) -> QFrame:
    """The red block: the first line bold with its triangle, the second small below it."""
    fitted = []
    for number, (wordings, role) in enumerate(lines):
        text = Fitting(*wordings, role=role, tone="red", whole=whole, most=_MOST_ALLERGY)
        text.set_least(180)
        pictures: tuple[QWidget, ...] = (icon_label("triangle-alert", "red", 14),) if number == 0 else ()
        fitted.append(row(*pictures, text, None, gap=6))
    block = card(None, *fitted, None, tone="red", gap=0, margins=(10, 2, 12, 2))
    block.setFixedHeight(_BLOCK)
    block.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    block.setAccessibleName(f"Allergies: {whole}")
    return block


def allergy_block(patient: Patient) -> QWidget:
    """What is known about allergies: red where there are any or nobody knows, plain where somebody said none."""
    said = allergy_statement(patient)
    if not said.alarming:
        block = fact("Allergies", (said.headline,), icon="check", icon_tone="green")
        block.setAccessibleName(f"Allergies: {said.text}")
        return block
    return _alarm(_alarm_lines(patient, said), said.text)


def _alarm_lines(patient: Patient, said: AllergyStatement) -> list[tuple[tuple[str, ...], str]]:
    unsure = _wordings(said.unconfirmed, ": reported, not confirmed", ": not confirmed") if said.unconfirmed else ()
    if patient.allergy_assertion is None:
        return [((said.headline,), "secs"), (unsure or ("Nobody has asked yet",), "cap")]
    if patient.allergy_assertion is AllergyAssertion.UNABLE:
        return [((said.headline,), "secs"), (unsure or (patient.allergy_note or "No reason given",), "cap")]
    if said.confirmed:
        if unsure:
            unsure = (*unsure, f"{len(said.unconfirmed)} not confirmed")
        second = unsure or ((said.headline,) if said.headline else ())
        return [(_wordings(said.confirmed), "secs"), *([(second, "cap")] if second else [])]
    if said.unconfirmed:
        return [(_wordings(said.unconfirmed), "secm"), ((said.headline or "Reported, not confirmed",), "cap")]
    return [((said.headline,), "secs")]


def fact(
    caption: str,
    wordings: tuple[str, ...],
    tone: str = "ink",
    icon: str = "",
    icon_tone: str = "",
    least: int = 400,
    most: int = 0,
) -> QWidget:
    """A caption over a value, as the banner shows its facts. `least` is the width in px it never gives away."""
    value = Fitting(*wordings, tone=tone, most=most)
    value.set_least(least)
    pictures: tuple[QWidget, ...] = (icon_label(icon, icon_tone or tone, 14),) if icon else ()
    block = column(None, label(caption, "cap"), row(*pictures, value, None, gap=6), None, gap=0)
    block.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return block


def _name_block(patient: Patient, today: datetime.date) -> QWidget:
    whole = full_name(patient)
    # Without room for all of it the family name stands first: given names alone would be anybody's.
    family_first = f"{patient.family}, {patient.given}" if patient.family and patient.given else whole
    name = Fitting(whole, family_first, role="name", most=380, whole=whole)
    name.set_least(150)
    sex = patient.sex_admin.label.lower() if patient.sex_admin else ""
    if patient.sex_admin is SexAdmin.UNKNOWN:
        sex = "sex unknown"
    if patient.deceased_at is not None:
        second = f"Died {day_text(patient.deceased_at.date())}"
    else:
        second = ", ".join(word for word in (age_text(patient.birth_date, today), sex) if word)
    born = label(birth_text(patient.birth_date), "secm")
    marks: tuple[QWidget, ...] = (Chip("Restricted", "outline", "eye-off"),) if patient.vip else ()
    block = column(None, row(name, *marks, None, gap=8), row(born, label(second, "sec"), None, gap=8), None, gap=0)
    block.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return block


def _code_status(patient: Patient) -> QWidget:
    caption = "Code status, as reported"
    if patient.code_status is None:
        return fact(caption, ("Not recorded",), "ink3")
    words = patient.code_status.label
    limits = patient.code_status_limits if patient.code_status is CodeStatus.LIMITED else ""
    return fact(caption, (f"{words}: {limits}", f"{words} treatment") if limits else (words,), most=220)


def _agent(patient: Patient) -> QWidget | None:
    """Who decides beside the patient; amber while no right or no paper was seen."""
    person = agent_of(patient)
    if person is None:
        return None
    sure = person.authority_basis is not None and person.authority_seen_on is not None
    tone, icon = ("ink", "") if sure else ("amber", "triangle-alert")
    return fact("Decides with", (person.name,), tone, icon, least=90, most=150)


class PatientBanner(QFrame):
    """Who the patient is and what must not be missed, 64 px high. `show_patient` shows another state of the patient.

    `right` is a widget of the screen's own at the end, such as a menu button.
    """

    def __init__(self, patient: Patient, today: datetime.date, right: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setFixedHeight(BANNER)
        self._right = right
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 12, 0)
        outer.setSpacing(0)
        self._inside = QHBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        outer.addLayout(self._inside, 1)
        if right is not None:
            outer.addWidget(right)
        self.show_patient(patient, today)

    def show_patient(self, patient: Patient, today: datetime.date) -> None:
        """Show this patient as of today."""
        self.patient = patient
        empty(self._inside)
        while self._inside.count():
            self._inside.takeAt(0)
        whole = f"{full_name(patient)}, born {birth_text(patient.birth_date)}. {allergy_statement(patient).text}."
        self.setAccessibleName(whole)
        self._add(stripe_for(patient), 14, _name_block(patient, today), 20)
        self._record = self._record_fact(patient)
        self._add(self._record)
        # Hidden only once it has a parent: a widget without one would be shown as a window.
        self._record.setVisible(self._shows_record())
        alarming = allergy_statement(patient).alarming
        self._add(*(() if alarming else (hairline(True, 32), 16)), allergy_block(patient), 20)
        self._add(*((hairline(True, 32), 16) if not alarming else ()), _code_status(patient), 16)
        if (agent := _agent(patient)) is not None:
            self._add(hairline(True, 32), 16, agent, 16)
        self._add(hairline(True, 32), 16, self._language(patient), 16)
        if isolation := isolation_text(patient):
            self._add(hairline(True, 32), 16, fact("Isolation", (isolation,), "amber", "biohazard", least=110), 16)
        self._inside.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the record number is the first to go: name and birth date stay."""
        super().resizeEvent(event)
        self._record.setVisible(self._shows_record())

    def _shows_record(self) -> bool:
        return self.width() >= _NARROW and bool(record_number(self.patient))

    def _record_fact(self, patient: Patient) -> QWidget:
        block = row(hairline(True, 32), 16, fact("Record", (record_number(patient),)), 20, gap=0)
        block.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        return block

    def minimumSizeHint(self) -> QSize:
        """Never a reason for a window to be wider; what does not fit gives way."""
        return QSize(480, BANNER)

    def _add(self, *items: QWidget | int) -> None:
        for item in items:
            if isinstance(item, int):
                self._inside.addSpacing(item)
            else:
                self._inside.addWidget(item)

    def _language(self, patient: Patient) -> QWidget:
        text = language_text(patient)
        if not text:
            return fact("Language", ("Not recorded",), "ink3")
        return fact("Language", (text,), icon="languages", icon_tone="ink2", least=140)
