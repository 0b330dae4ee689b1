"""The lines of a release of information: its core, and each protected kind with the initials beside its yes."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.consents.document.content import ReleaseLine
from liaison_desktop.clinical.consents.record import Consent, ConsentStep, SpecialRelease
from liaison_desktop.clinical.patients.record import day_text

NOT_SAID = "Not recorded"


def release_lines(consent: Consent) -> Iterator[ReleaseLine]:
    """What there is to say, in the order of the rule; nothing for a consent that releases nothing."""
    if not consent.has(ConsentStep.RELEASE):
        return
    for point, said in (
        ("What may be sent", consent.release_description),
        ("Who may send it", consent.release_from),
        ("Who may receive it", consent.release_to),
        ("What it is for", consent.release_purpose),
        ("When it ends", _end(consent)),
    ):
        yield ReleaseLine(point=point, said=said.strip() or NOT_SAID)
    for kind in consent.release_special:
        yield ReleaseLine(point=kind.category.label, said=_kind(kind))
    if consent.release_part2_to.strip() or consent.release_part2_purpose.strip():
        to, purpose = consent.release_part2_to.strip(), consent.release_part2_purpose.strip()
        said = f"To: {to or NOT_SAID}. For: {purpose or NOT_SAID}."
        yield ReleaseLine(point="Substance use records: recipient and purpose", said=said)


def _end(consent: Consent) -> str:
    day = f"On {day_text(consent.release_until)}" if consent.release_until else ""
    event = consent.release_event.strip()
    if day and event:
        return f"{day}, or before that: {event}"
    return day or event


def _kind(kind: SpecialRelease) -> str:
    if kind.included is None:
        return "Not answered"
    if not kind.included:
        return "No, not sent"
    return f"Yes, may be sent. Initials: {kind.initials.strip() or NOT_SAID}"
