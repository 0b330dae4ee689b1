"""Whatever stands in a record: a document comes, or a refusal that names the field. Never a crash, never silence."""

from __future__ import annotations

import datetime as dt
import os
import typing
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.clinical.consents.document.content import (
    ChoiceLine,
    MedicineLine,
    SignatureLine,
    SummaryContent,
    SupportLine,
    TeachBackLine,
    TopicLine,
)
from liaison_desktop.clinical.consents.document.making import make_summary
from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.styles import sheet
from liaison_desktop.errors import Unprintable
from tests.documents.samples import CENTRAL, HOSTILE, a_summary

ROUNDS = int(os.environ.get("LIAISON_FUZZ", "60"))
MOST = 40_000
SHORT = {"patient_number", "document_number", "form_code", "form_version"}  # they go into codes for machines
LINES: tuple[type[msgspec.Struct], ...] = (
    TopicLine,
    TeachBackLine,
    MedicineLine,
    ChoiceLine,
    SupportLine,
    SignatureLine,
)


def texts_of(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(name for name, sort in typing.get_type_hints(kind).items() if sort is str and name != "fingerprint")


def places() -> tuple[tuple[str, str], ...]:
    """Every text of a summary: its own, and those of the lines in it."""
    own = tuple(("", name) for name in texts_of(SummaryContent))
    holders = {
        "topics": TopicLine, "teach_back": TeachBackLine, "medicines": MedicineLine, "choices": ChoiceLine,
        "support": SupportLine, "signatures": SignatureLine,
    }  # fmt: skip
    return own + tuple((holder, name) for holder, kind in holders.items() for name in texts_of(kind))


PLACES = places()


def with_text(place: tuple[str, str], text: str) -> SummaryContent:
    holder, name = place
    content = a_summary()
    if not holder:
        return msgspec.structs.replace(content, **{name: text})
    rows: tuple[Any, ...] = getattr(content, holder)
    last = msgspec.structs.replace(rows[-1], **{name: text})
    return msgspec.structs.replace(content, **{holder: (*rows[:-1], last)})


def comes_or_is_refused(make: Callable[[], Any]) -> bool:
    try:
        made = make()
    except Unprintable as refused:
        said = str(refused)
        assert ": " in said, f"it names no field: {said}"
        assert len(said) < 2_000
        return False
    assert made.content.startswith(b"%PDF")
    return True


def test_every_text_of_a_summary_is_known_here() -> None:
    assert len(PLACES) > 25
    assert ("signatures", "meaning") in PLACES


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(filter(None, place)))
def test_a_harmful_text_in_one_field(place: tuple[str, str]) -> None:
    text = "\n".join(one for one in HOSTILE if len(one) < 200)
    comes_or_is_refused(lambda: make_summary(with_text(place, text), sheet("letter"), "Patient copy"))


@settings(max_examples=ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.sampled_from(PLACES), text=st.text(max_size=300) | st.from_regex(r"<[a-z/ ='&;#0-9]{0,40}>?"))
def test_any_text_in_any_field(place: tuple[str, str], text: str) -> None:
    comes_or_is_refused(lambda: make_summary(with_text(place, text), sheet("letter"), "Patient copy"))


@pytest.mark.parametrize("text", ["W" * 1_000_000, "word " * 200_000], ids=["one word", "many words"])
@pytest.mark.parametrize("place", [("", "patient_name"), ("topics", "told"), ("signatures", "meaning")])
def test_a_million_letters_are_refused_by_name(place: tuple[str, str], text: str) -> None:
    with pytest.raises(Unprintable, match=r"longer than a document can hold.*: \w"):
        make_summary(with_text(place, text), sheet("letter"), "Patient copy")


def test_rows_taller_than_a_page_in_every_column() -> None:
    text = "A long story of many words. " * 200
    content = a_summary()
    content = msgspec.structs.replace(
        content,
        topics=(TopicLine(topic=text[:600], told=text, covered=text[:900]),),
        teach_back=(msgspec.structs.replace(content.teach_back[0], asked=text, answer=text),),
        choices=(ChoiceLine(question=text, answer=True, remark=text),),
    )
    assert make_summary(content, sheet("letter", large=True), "Patient copy").pages > 6


def test_an_empty_summary_is_a_document() -> None:
    content = SummaryContent(
        facility="", facility_place="", subtitle="", document_number="", patient_name="", patient_born="",
        patient_number="", visit="", language="", allergies=a_summary().allergies, plain_words=(), form_code="",
        form_version="", fingerprint="", fingerprint_note="", made=dt.datetime(2026, 11, 22, tzinfo=CENTRAL),
    )  # fmt: skip
    assert comes_or_is_refused(lambda: make_summary(content, sheet("letter"), ""))


@pytest.mark.parametrize("large", [False, True])
def test_long_names_and_thirty_medicines(large: bool) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorffgruen"
    assert len(name) == 40
    content = a_summary()
    content = msgspec.structs.replace(
        content,
        patient_name=f"{name} {name} {name}",
        medicines=tuple(
            MedicineLine(
                medicine=f"{name} {number} mg", taken="2 times a day", instruction="Ask your nurse.", urgent=True
            )
            for number in range(30)
        ),
        signatures=tuple(msgspec.structs.replace(line, name=f"{name} {name}") for line in content.signatures),
    )
    assert comes_or_is_refused(lambda: make_summary(content, sheet("letter", large=large), "Patient copy"))


@settings(max_examples=ROUNDS // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=400), alert=st.booleans())
def test_any_text_in_a_list(text: str, alert: bool) -> None:
    line = ListingLine(label=text[:80], text=text, alert=alert)
    part = ListingPart(title=text[:60], columns=("What", "As recorded"), lines=(line,))
    listing = Listing(
        title="List", whose=text[:60], where=text, subtitle=text[:90], number="list-1", note=text, parts=(part,),
        made=dt.datetime(2026, 11, 22, tzinfo=CENTRAL), copy_for="Own copy", author=text[:40],
    )  # fmt: skip
    comes_or_is_refused(lambda: make_listing(listing))
