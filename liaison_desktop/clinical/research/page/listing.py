"""The list of the research page: each study, and under it whoever was asked, where they stand today."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping

import msgspec

from liaison_desktop.clinical.research.form.looks import state_chip
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, ResearchWithdrawal, Study
from liaison_desktop.clinical.research.rules import AskAgain, newest_version, standing
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day
from liaison_desktop.ui.lists import ListRow

Endings = Mapping[uuid.UUID, tuple[ResearchWithdrawal, ...]]


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the list is made of."""

    studies: tuple[Study, ...]
    consents: tuple[ResearchConsent, ...]
    endings: Endings
    again: tuple[AskAgain, ...]

    def state_of(self, consent: ResearchConsent) -> ResearchState:
        """Where it stands."""
        return standing(consent, self.endings.get(consent.id, ()))


def rows_of(listed: Listed, today: datetime.date, words: str = "") -> list[ListRow | str]:
    """The rows, each study as a caption over its own row and those who were asked."""
    rows: list[ListRow | str] = []
    for study in listed.studies:
        people = [one for one in listed.consents if one.study_id == study.id and _matches(one, study, words)]
        if not people and words.strip() and not _words_in(words, f"{study.title()} {study.protocol} {study.name}"):
            continue
        rows.append(study.title())
        rows.append(study_row(study, today))
        rows += [consent_row(one, listed, today) for one in people]
    return rows


def study_row(study: Study, today: datetime.date) -> ListRow:
    """The study itself: which form is given today, or that none can be."""
    form = newest_version(study, today)
    facts = f"{study.protocol} · form {form.version}" if form is not None else f"{study.protocol} · no form in force"
    if not study.open:
        chip = ChipSpec("Closed", "outline")
    elif form is None:
        chip = ChipSpec("No form", "red", "circle-alert")
    else:
        left = (form.approved_to - today).days if form.approved_to is not None else None
        chip = (
            ChipSpec(f"{left} days left", "amber", "clock")
            if left is not None and left <= 30
            else ChipSpec("Open", "accent")
        )
    return ListRow("Study, forms and log", facts, chip, key=study.id)


def consent_row(consent: ResearchConsent, listed: Listed, today: datetime.date) -> ListRow:
    """Somebody who was asked."""
    again = any(one.consent.id == consent.id for one in listed.again)
    chip = ChipSpec("Ask again", "amber", "refresh-cw") if again else state_chip(listed.state_of(consent))
    day = near_day(consent.begun_at.date(), today).split(",")[0] if consent.begun_at else ""
    facts = " · ".join(part for part in (f"Form {consent.form_version}", consent.document_number) if part)
    return ListRow(consent.title(), facts, chip, day, key=consent.id)


def _matches(consent: ResearchConsent, study: Study, words: str) -> bool:
    return _words_in(words, f"{consent.shown_name} {consent.document_number} {study.title()} {study.protocol}")


def _words_in(words: str, text: str) -> bool:
    held = text.casefold().split()
    return all(any(part.startswith(word) for part in held) for word in words.casefold().split())


def holding(consents: Iterable[ResearchConsent], endings: Endings) -> tuple[ResearchConsent, ...]:
    """Of these, the consents that hold."""
    return tuple(one for one in consents if standing(one, endings.get(one.id, ())) is ResearchState.ACTIVE)
