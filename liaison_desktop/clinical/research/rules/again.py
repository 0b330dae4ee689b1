"""Who has to be asked again: a newer form that the board wants shown to those in the study, or who turned 18."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping

import msgspec

from liaison_desktop.clinical.consents.record import DecidedBy
from liaison_desktop.clinical.research.record import Again, ResearchConsent, Study
from liaison_desktop.clinical.research.rules.approval import newest_version
from liaison_desktop.ui.dates import age_in_years

_OF_AGE = 18  # years; 45 CFR 46.402(a) leaves it to state law, which has 18 in all but three states


class AskAgain(msgspec.Struct, frozen=True, kw_only=True):
    """One consent that holds and has to be taken anew: on which version, and why."""

    consent: ResearchConsent
    version: str
    why: Again


def ask_again(
    holding: Iterable[ResearchConsent], studies: Mapping[uuid.UUID, Study], day: datetime.date
) -> tuple[AskAgain, ...]:
    """Of the consents that hold, those to be taken anew, in the order given."""
    return tuple(
        found
        for one in holding
        if (found := _one(one, studies.get(one.study_id) if one.study_id else None, day)) is not None
    )


def _one(consent: ResearchConsent, study: Study | None, day: datetime.date) -> AskAgain | None:
    newest = newest_version(study, day) if study is not None else None
    if newest is None:
        return None
    if consent.decided_by is DecidedBy.PARENT and _age(consent.shown_birth_date, day) >= _OF_AGE:
        return AskAgain(consent=consent, version=newest.version, why=Again.TURNED_18)
    signed = study.version_named(consent.form_version) if study is not None else None
    signed_from = signed.approved_from if signed is not None else consent.approved_from
    later = newest.approved_from is not None and signed_from is not None and newest.approved_from > signed_from
    if newest.version != consent.form_version and later and newest.again is not None:
        return AskAgain(consent=consent, version=newest.version, why=newest.again)
    return None


def _age(born: str, day: datetime.date) -> int:
    try:
        return age_in_years(datetime.date.fromisoformat(born), day)
    except ValueError:
        return 0
