"""The small print of a summary: which form it is, and what happened when."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.patients.record import day_text
from liaison_desktop.documents.moments import clock_text, moment_text, span_text


def history_lines(consent: Consent) -> Iterator[str]:
    """One line for the form, one for the times, one for each thing a reader of the record must know."""
    effective = f", in effect from {day_text(consent.template_effective)}" if consent.template_effective else ""
    title = consent.title_as_signed or consent.procedure_text
    yield f"{title} · form {consent.template_code} version {consent.template_version}{effective}."
    if consent.replaces:
        yield f"{consent.replaces}."
    times = [*_times(consent)]
    if times:
        sentence = "; ".join(times)
        yield f"{sentence[:1].upper()}{sentence[1:]}."
    if consent.stopped_at is not None or consent.stop_reason.strip():
        at = f" {moment_text(consent.stopped_at)}" if consent.stopped_at else ""
        yield f"The nurse stopped the talk{at}. {consent.stop_reason}".strip()
    if consent.sedated_recently is not None:
        which = f": {consent.sedating_medicine.strip()}" if consent.sedating_medicine.strip() else ""
        had = f"yes{which}" if consent.sedated_recently else "no"
        yield f"Sedating medicine in the last 4 hours: {had}."
    if consent.valid_until is not None:
        yield f"Valid until {day_text(consent.valid_until)}."


def _times(consent: Consent) -> Iterator[str]:
    if consent.begun_at is not None:
        by = f" by {consent.begun_by.strip()}" if consent.begun_by.strip() else ""
        yield f"begun {moment_text(consent.begun_at)}{by}"
    teach_back = span_text(consent.teach_back_from, consent.teach_back_to)
    if teach_back:
        yield f"teach-back {teach_back}"
    if consent.ready_at is not None:
        yield f"ready to sign {clock_text(consent.ready_at)}"
    if consent.active_at is not None:
        yield f"complete {moment_text(consent.active_at)}"
