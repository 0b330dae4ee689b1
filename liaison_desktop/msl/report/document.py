"""What the store says about one person, on paper: every record that mentions them, field by field, in plain words."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.report.actions import everything, names_in, only_named, typed_about
from liaison_desktop.msl.report.queries import Mention, journal_of, moment_of, titles
from liaison_desktop.msl.report.rules import says
from liaison_desktop.policies import Policy, policy_of
from liaison_desktop.records import Code, Record, fields_of
from liaison_desktop.ui.dates import plain_day

if TYPE_CHECKING:
    from liaison_desktop.documents.listing import ListingLine, ListingPart
    from liaison_desktop.documents.made import Document
    from liaison_desktop.documents.styles import PaperName
    from liaison_desktop.store import Store

# Computed from other fields, or an engine's own; none says anything more about the person.
_UNSAID = frozenset(
    {"id", "version", "sort_name", "next_due", "last_done_at", "strokes", "pad_width", "pad_height", "about_kind"}
)
_NOTE = (
    "This lists the records as they are now. The journal of the store keeps the earlier versions of each, and the "
    "lines that say who opened, printed or changed them; ask for them if you want to see them as well."
)


def kind_words(record: Record) -> str:
    """What a kind of record is called: `medical_inquiry` is `Medical inquiry`."""
    words = record.kind.replace("_", " ")
    return words[:1].upper() + words[1:]


def heading_of(record: Record) -> str:
    """The kind of a record and its facts."""
    facts = record.facts()
    return f"{kind_words(record)}: {facts}" if facts else kind_words(record)


def stored_paper(store: Store, person_id: uuid.UUID, paper: PaperName = "letter") -> Document:
    """The document. Raises Missing if the person is not there, Unprintable if a letter cannot be printed."""
    from liaison_desktop.documents.listing import Listing, ListingLine, make_listing
    from liaison_desktop.documents.moments import moment_text

    person, now = store.get(Person, person_id), store.clock()
    found = [mention for mention in everything(store, person_id) if mention.record.id != person_id]
    named = titles(store, [person, *(mention.record for mention in found)])
    # The card itself stands on the first page, in few lines, so that this one page answers most who ask.
    card = ListingLine(label="Your card", text=value_words(person, named).replace("; ", " · "))
    parts: list[ListingPart] = [
        _glance(card, found, policy_of(store)),
        _journal(store, [person, *(mention.record for mention in found)]),
    ]
    for number, one in enumerate(found):
        parts.append(msgspec.structs.replace(_mention(one, named), new_page=number == 0))
    parts += _in_words(store, person, found)
    count = f"{len(found)} record mentions" if len(found) == 1 else f"{len(found)} records mention"
    return make_listing(
        Listing(
            title="What we store about you",
            whose=person.title(),
            where=person.facts(),
            subtitle=f"{count} you · as of {moment_text(now)}",
            number=f"stored-{now:%Y%m%d-%H%M%S}",
            note=_NOTE,
            parts=tuple(parts),
            made=now,
            copy_for="Copy for the person",
            author=store.actor.name,
        ),
        paper,
    )


def _glance(card: ListingLine, found: Sequence[Mention], policy: Policy) -> ListingPart:
    """The one page that answers the question: which records, how many, from when to when, and what a law keeps."""
    from liaison_desktop.documents.listing import ListingLine, ListingPart

    lines, by_kind = [card], dict[str, list[Record]]()
    for mention in found:
        by_kind.setdefault(mention.record.kind, []).append(mention.record)
    for kind, records in by_kind.items():
        days = sorted(at.date() for record in records if (at := moment_of(record)))
        kept = policy.rules.get(f"KEPT-{kind}")
        said = (f"{len(records):,}", _span(days), kept.message if kept else "")
        lines.append(ListingLine(label=kind_words(records[0]), text=" · ".join(one for one in said if one)))
    columns = ("Kind of record", "How many, when, and what is kept even when you ask to be taken out")
    return ListingPart(title="At a glance", columns=columns, lines=tuple(lines))


def _span(days: Sequence[datetime.date]) -> str:
    if not days:
        return ""
    first, last = plain_day(days[0]), plain_day(days[-1])
    return first if first == last else f"{first} to {last}"


def _in_words(store: Store, person: Person, found: Sequence[Mention]) -> Iterator[ListingPart]:
    """The sentences of other records that name the person, and what is being typed about them."""
    from liaison_desktop.documents.listing import ListingLine, ListingPart

    names = names_in(store, person)
    lines = [
        ListingLine(label=kind_words(record), text=f"{label}: {said}")
        for record in only_named(store, person, found)
        for label, said in says(record, names)
    ]
    if lines:
        columns = ("Record", "The sentence that names them")
        yield ListingPart(title="Named in the words of other records", columns=columns, lines=tuple(lines))
    if count := len(typed_about(store, person)):
        words = f"{count} text that is being typed and not saved mentions them."
        words = words if count == 1 else f"{count} texts that are being typed and not saved mention them."
        yield ListingPart(title="Being typed", columns=("Field", "Stored"), empty=words)


def _journal(store: Store, records: Sequence[Record]) -> ListingPart:
    """How much the journal keeps about these records."""
    from liaison_desktop.documents.listing import ListingLine, ListingPart

    kept = journal_of(store, records)
    lines = [ListingLine(label="Saved versions", text=f"{kept.versions:,}, each with who and when")]
    lines += [
        ListingLine(label=act.capitalize(), text="once" if count == 1 else f"{count:,} times")
        for act, count in kept.acts
    ]
    return ListingPart(title="In the journal", columns=("What", "How often"), lines=tuple(lines))


def _mention(mention: Mention, named: Mapping[uuid.UUID, str]) -> ListingPart:
    return _part(heading_of(mention.record), mention.record, named)


def _part(title: str, record: Record, named: Mapping[uuid.UUID, str]) -> ListingPart:
    from liaison_desktop.documents.listing import ListingPart

    return ListingPart(title=title, columns=("Field", "Stored"), lines=tuple(_lines(record, named)))


def _lines(record: Record, named: Mapping[uuid.UUID, str]) -> Iterator[ListingLine]:
    from liaison_desktop.documents.listing import ListingLine

    for spec in fields_of(type(record)):
        if spec.name in _UNSAID:
            continue
        said = value_words(getattr(record, spec.name), named)
        if said:
            yield ListingLine(label=spec.field.label, text=said)


def value_words(value: Any, named: Mapping[uuid.UUID, str]) -> str:
    """A stored value in words; empty for nothing. An id says what it points at."""
    if isinstance(value, tuple):
        return _several(value, named)
    if isinstance(value, msgspec.Struct):
        said = ((spec, value_words(getattr(value, spec.name), named)) for spec in fields_of(type(value)))
        return "; ".join(f"{spec.field.label}: {text}" for spec, text in said if text and spec.name not in _UNSAID)
    return _one(value, named)


def _several(value: Sequence[Any], named: Mapping[uuid.UUID, str]) -> str:
    said = [text for text in (value_words(one, named) for one in value) if text]
    if any(isinstance(one, msgspec.Struct) for one in value) and len(said) > 1:
        return "\n".join(f"{number}. {text}" for number, text in enumerate(said, start=1))
    return ", ".join(said)


def _one(value: Any, named: Mapping[uuid.UUID, str]) -> str:
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return "Yes"
    if isinstance(value, Code):
        return value.label
    if isinstance(value, datetime.datetime):
        return f"{plain_day(value.date())}, {value:%H:%M}"
    if isinstance(value, datetime.date):
        return plain_day(value)
    if isinstance(value, uuid.UUID):
        return named.get(value, "")
    return str(value).strip()
