"""A consent signed before a field was added keeps its fingerprint."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from liaison_desktop.clinical.consents.record import (
    Answer,
    Choice,
    Consent,
    ConsentType,
    Discussed,
    Element,
    ElementCheck,
    Statement,
)

# Of the same record, as the first release with signed consents gave it.
BEFORE = "79f023ef2fe5a407f0a61dfd45422500628f3a33f21dcb1382437b7368d304ed"


def as_it_was() -> Consent:
    return Consent(
        id=uuid.UUID(int=7),
        patient_id=uuid.UUID(int=9),
        shown_name="María L. Álvarez",
        template_code="GI-014",
        template_version="6.2",
        begun_at=dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        elements=(
            ElementCheck(element=Element.T02, citation="42 CFR 482.24(c)(4)(v), CMS minimum", discussed=Discussed.YES),
        ),
        statements=(Statement(heading="Your copy", words="You get a copy of this paper."),),
        choices=(Choice(code="agree", words="I agree.", answer=Answer.YES),),
    )


def test_what_was_signed_before_keeps_its_fingerprint() -> None:
    assert as_it_was().content_fingerprint() == BEFORE


def test_what_was_added_counts_once_something_stands_in_it() -> None:
    for change in (
        {"type": ConsentType.RELEASE},
        {"release_to": "Elm Street Clinic"},
        {"elements": (ElementCheck(element=Element.T02, says=("Colonoscopy.",)),)},
        {"statements": (Statement(code="copy", heading="Your copy", words="You get a copy of this paper."),)},
    ):
        assert msgspec.structs.replace(as_it_was(), **change).content_fingerprint() != BEFORE
