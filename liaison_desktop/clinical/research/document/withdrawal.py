"""The one page that says somebody left a study. It cites the consent, whose own document stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liaison_desktop.clinical.consents.record import Answer, Ending
from liaison_desktop.clinical.research.document.filling import content_of
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchWithdrawal
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.finish import Stage
from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.styles import PaperName

_COLUMNS = ("What", "As recorded")
_STATEMENTS = {
    Ending.PATIENT: "You left the study. This does not affect your care.",
    Ending.REPLACED: "A newer consent has taken the place of the one named below.",
    Ending.ERROR: "The consent named below was recorded in error and does not hold.",
}


def research_withdrawal_page(
    gone: ResearchWithdrawal,
    consent: ResearchConsent,
    *,
    paper: PaperName = "letter",
    large_print: bool = False,
    copy_for: str = "Participant copy",
    stages: Sequence[Stage] = (),
) -> Document:
    """The page for one withdrawal. Raises Unprintable unless everything recorded can be read on it."""
    parent = content_of(consent)
    return make_listing(
        Listing(
            title="Leaving a study",
            whose=parent.subject,
            where=", ".join(filter(None, (consent.facility, consent.unit))),
            subtitle=f"{consent.study_name} · {_STATEMENTS.get(gone.ending, gone.ending.label)}",
            number=f"{gone.document_number or parent.common.document_number}-withdrawal",
            note="",
            parts=(
                ListingPart(
                    title="The consent that ends",
                    columns=_COLUMNS,
                    lines=_lines(
                        ("Document number", gone.document_number),
                        ("Study", f"{consent.study_short}, protocol {consent.protocol}, {consent.sponsor}"),
                        ("Consent form", f"Version {consent.form_version}"),
                        ("Signed", moment_text(consent.signed_at) if consent.signed_at else ""),
                        ("Fingerprint of the consent (SHA-256)", grouped(gone.fingerprint)),
                    ),
                ),
                ListingPart(
                    title="How it ended",
                    columns=_COLUMNS,
                    lines=_lines(
                        ("Why", gone.ending.label),
                        ("When", moment_text(gone.withdrawn_at, gone.zone)),
                        ("Said by", gone.said_by),
                        (
                            "In their words",
                            f"“{gone.reason.strip()}”" if gone.reason.strip() else "No reason is needed",
                        ),
                        ("Study team told", gone.team_told),
                        ("Recorded by", gone.recorded_by),
                        ("Second person", gone.second_person),
                    ),
                ),
                *_collected(gone),
            ),
            made=gone.withdrawn_at or parent.common.made,
            copy_for=copy_for,
            author=consent.facility,
        ),
        paper,
        large=large_print,
        record=gone.canonical(),
        stages=stages,
    )


def _collected(gone: ResearchWithdrawal) -> tuple[ListingPart, ...]:
    if gone.ending is not Ending.PATIENT:
        return ()
    lines = _lines(
        ("What you were told", gone.told),
        ("The study may still look into your chart", _answer(gone.look_on)),
        ("Samples that are left are to be destroyed", _answer(gone.destroy_samples)),
    )
    return (ListingPart(title="What becomes of what was collected", columns=_COLUMNS, lines=lines),)


def _answer(answer: Answer | None) -> str:
    return answer.label if answer is not None else ""


def _lines(*pairs: tuple[str, str]) -> tuple[ListingLine, ...]:
    return tuple(ListingLine(label=label, text=text) for label, text in _there(pairs))


def _there(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((label, text) for label, text in pairs if text.strip())
