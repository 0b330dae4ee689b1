"""The report on paper, as a sealed file, and as a script for the telephone. Each says what is known and what is not."""

from __future__ import annotations

import datetime
import enum
import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from reportlab.platypus import Flowable, Spacer

from liaison_desktop.documents import boxes
from liaison_desktop.documents.canonical import canonical, grouped
from liaison_desktop.documents.finish import finish
from liaison_desktop.documents.fonts import check_lengths, missing_letters, register
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.reading import Expected, refuse_if_missing
from liaison_desktop.documents.styles import PaperName, Sheet, Styles, sheet
from liaison_desktop.documents.tables import heading, ruled, words
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.safety.rules import criteria
from liaison_desktop.records import fields_of
from liaison_desktop.security.passphrase import Cost
from liaison_desktop.security.sealed_file import seal_file

PDF_NAME, JSON_NAME = "safety-report.pdf", "safety-report.json"
_PARTS = (
    ("What happened", ("safety_kind", "description", "aware_at", "aware_how", "onset_on", "outcome",
        "serious_criteria", "special_situation", "action_taken", "rechallenge", "narrative")),
    ("Patient, not to be identified", ("initials", "age_value", "age_unit", "age_group", "sex", "weight_kg")),
    ("Reporter", ("reporter_name", "reporter_qualification", "reporter_country", "reporter_contact", "contact_ok")),
    ("Product", ("product_name", "dose", "route", "start_on", "stop_on", "indication_used", "lot", "expiry",
        "sample_available")),
)  # fmt: skip
_UNASKED = "Not known"


class SealedReport(msgspec.Struct, frozen=True):
    """A sealed file and its fingerprint, which the report keeps."""

    content: bytes
    sha256: str


def lines(event: SafetyEvent) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What is known, in the order Safety asks for it; what is not known is said."""
    labels = {spec.name: spec.field.label for spec in fields_of(SafetyEvent)}
    for title, names in _PARTS:
        shown = [name for name in names if name != "age_unit" or event.age_value is not None]
        yield title, tuple((labels[name], said(getattr(event, name)) or _UNASKED) for name in shown)


def said(value: Any) -> str:
    """A value in words; empty for none."""
    if isinstance(value, datetime.datetime):
        return f"{value:%a} {value.day} {value:%b %Y, %H:%M} {value:%Z}".strip()
    if isinstance(value, bool):
        return "Yes" if value else ""
    if isinstance(value, tuple):
        return ", ".join(said(one) for one in value)
    if isinstance(value, enum.StrEnum):
        return str(getattr(value, "label", value))
    return "" if value is None else str(value).strip()


def phone_script(event: SafetyEvent, caller: str) -> str:
    """What to say on the telephone, ready to be read out."""
    parts = [
        f"This is {caller}. I am reporting safety report {event.number}.",
        f"We have known since {said(event.aware_at)}; it is due {said(event.due_at)}.",
    ]
    for title, pairs in lines(event):
        known = [f"{label}: {text.rstrip('.')}." for label, text in pairs if text != _UNASKED]
        parts.append("\n".join([f"{title}:", *(known or ["Nothing is known yet."])]))
    missing = [f"{one.name.lower()} ({one.question})" for one in criteria(event) if not one.present]
    parts.append(f"Still missing: {'; '.join(missing)}." if missing else "All four minimum criteria are there.")
    parts.append("Please tell me your name and the case number.")
    return "\n\n".join(parts)


def safety_report(event: SafetyEvent, *, reported_by: str, paper: PaperName = "letter") -> bytes:
    """The report as PDF. A letter no font of ours has is printed as a question mark; the JSON beside it has it."""
    check_lengths((label, text) for _title, pairs in lines(event) for label, text in pairs)
    on = sheet(paper)
    digest = hashlib.sha256(canonical(event)).hexdigest()
    register()
    moment = event.captured_at or event.aware_at or datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    document = f"Safety report {event.number} · fingerprint {grouped(digest, 2)}"
    about = About(
        title=f"Safety report {event.number}",
        subject="Safety report",
        author="Liaison Desktop",
        made=moment,
        record=canonical(event),
    )
    texts: list[Expected] = []
    made = finish(
        make(
            [*_story(event, reported_by, digest, on, texts)], on, Footer("Confidential", document, "For Safety"), about
        ),
        (),
    )
    refuse_if_missing(made, on.bottom - 1, texts, [Expected("Footer", document)])
    return made


def _story(event: SafetyEvent, reported_by: str, digest: str, on: Sheet, texts: list[Expected]) -> Iterator[Flowable]:
    def put(label: str, text: str) -> str:
        shown = _printed(text)
        texts.append(Expected(label, shown))
        return shown

    code = f"safety:{event.number}?sha256={digest[:32]}"
    by = put("Reported by", f"Reported by {reported_by}")
    yield from letterhead("Medical affairs", "", put("Title", "Safety report"), by, code, on)
    due = put("Due", said(event.due_at))
    yield boxes.identifier_box((("Number", event.number), ("Known since", said(event.aware_at)), ("Due", due)),
        event.number, on)  # fmt: skip
    yield Spacer(1, 9)
    missing = [f"{one.name}: {one.question}" for one in criteria(event) if not one.present]
    state = "; ".join(missing) if missing else "Patient, reporter, product and event are there."
    yield boxes.lead_box("Four minimum criteria", (put("Criteria", state),), on)
    styles = Styles(on)
    for title, pairs in lines(event):
        yield from heading(title, on)
        rows = [[words(label, styles.cell_strong), words(put(label, text), styles.cell)] for label, text in pairs]
        yield ruled(("What", "As told"), rows, (0.32, 0.68), on)
    yield Spacer(1, on.heading)
    yield words(grouped(digest), styles.small)


def _printed(text: str) -> str:
    gone = set(missing_letters(text))
    return "".join("?" if letter in gone else letter for letter in text) if gone else text


def seal_event(event: SafetyEvent, passphrase: str, *, reported_by: str, cost: Cost | None = None) -> SealedReport:
    """PDF and JSON of the report in one sealed file; about half a second. Raises Refused for a weak passphrase."""
    parts = {PDF_NAME: safety_report(event, reported_by=reported_by), JSON_NAME: canonical(event)}
    content = seal_file(parts, passphrase, content="safety report", cost=cost)
    return SealedReport(content, hashlib.sha256(content).hexdigest())
