"""The patient's list in plain words and large type: what to take, how, how often, what for, what changed, what to stop."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Sequence

import msgspec
from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.medications.actions.listing import ListedMedicine, Part
from liaison_desktop.documents import boxes
from liaison_desktop.documents.canonical import canonical, fingerprint, grouped
from liaison_desktop.documents.fonts import check_printable, register
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.reading import Expected, refuse_if_missing
from liaison_desktop.documents.styles import PaperName, Sheet, Styles, sheet
from liaison_desktop.documents.tables import heading, ruled, words

TITLE = "My medicines"
_COLUMNS = ("Medicine", "How and how often", "What it is for")
_ENDS = ("Medicine", "Why")
_CARE = "! Take special care: with these medicines a mistake does harm. Ask before you change anything."
_CARRY = (
    "Carry this list with you. Show it to every doctor, nurse and pharmacist. Write on it when something changes, and "
    "give it to your own doctor."
)


class Size(enum.Enum):
    """How large the list is printed."""

    LARGE = "Large print"
    USUAL = "Usual print"
    WALLET = "Wallet"


class ListContent(msgspec.Struct, frozen=True, kw_only=True):
    """All that the list says. `number` is its name outside: it never holds a person's."""

    name: str
    born: str
    record_number: str
    allergies: str
    alarming: bool
    facility: str
    where: str
    number: str
    medicines: tuple[ListedMedicine, ...]
    language_note: str
    made: datetime.datetime
    made_words: str
    author: str


def _sheet(size: Size, paper: PaperName) -> Sheet:
    if size is not Size.WALLET:
        return sheet(paper, large=size is Size.LARGE)
    page = sheet(paper).page
    # A strip of 95 mm in the middle of the page: folded once across it fits a wallet.
    return Sheet(
        page, side=(page[0] - 270) / 2, title=13, heading=9.5, lead=8.5, body=8.5, table=8.2, label=6.2, small=6.8,
        foot=6, code_size=26,
    )  # fmt: skip


def patient_list_document(content: ListContent, size: Size, paper: PaperName = "letter") -> Document:
    """The list. Raises Unprintable if a letter cannot be printed or a text cannot be read in what was made."""
    on, digest = _sheet(size, paper), fingerprint(content)
    footer = Footer(f"{content.name}, born {content.born}", f"{TITLE} · {grouped(digest, 2)}", "Patient copy")
    body = [Expected(label, text) for label, text in _texts(content, size) if text.strip()]
    foot = [Expected("Footer: patient", footer.subject), Expected("Footer: document", footer.document)]
    check_printable((one.label, one.text) for one in (*body, *foot))
    register()
    about = About(
        title=TITLE, subject="List of medicines", author=content.author, made=content.made, record=canonical(content)
    )
    made = make([*_story(content, on, size, digest)], on, footer, about)
    pages = refuse_if_missing(made, on.bottom - 1, body, foot)
    return Document(content=made, document_number=content.number, fingerprint=digest, pages=pages)


def _story(content: ListContent, on: Sheet, size: Size, digest: str) -> Iterator[Flowable]:
    styles = Styles(on)
    code = f"medicines:{content.number}?sha256={digest[:32]}"
    yield from letterhead(content.facility, content.where, TITLE, content.made_words, code, on)
    if size is Size.WALLET:
        yield words(f"{content.name}, born {content.born}", styles.identifier)
        yield Spacer(1, 3)
    else:
        pairs = [("Name", content.name), ("Birth date", content.born), ("Record", content.record_number)]
        yield boxes.identifier_box([pair for pair in pairs if pair[1]], content.number, on)
        yield Spacer(1, 6)
    yield boxes.alert_box("Allergies", content.allergies, on, alert=content.alarming)
    if not content.medicines:
        yield Spacer(1, on.heading)
        yield words("You take no medicines.", styles.lead)
    for part in Part:
        held = [each for each in content.medicines if each.part is part]
        if held:
            yield from _part(part, held, on, styles)
    yield Spacer(1, on.heading * 0.8)
    if any(each.alert for each in content.medicines):
        yield words(_CARE, styles.body)
    yield words(_CARRY, styles.body)
    if content.language_note:
        yield words(content.language_note, styles.body)


def _part(part: Part, held: Sequence[ListedMedicine], on: Sheet, styles: Styles) -> Iterator[Flowable]:
    yield from heading(part.value, on)
    if part in (Part.STOP, Part.HOLD):
        rows: list[list[Flowable]] = [
            [words(_name(each), styles.cell_alert), words(each.change or "Ask your nurse why.", styles.cell)]
            for each in held
        ]
        yield ruled(_ENDS, rows, (0.42, 0.58), on)
        return
    rows = [
        [
            words(_name(each), styles.cell_strong),
            words("\n".join(filter(None, (_way(each), each.change))), styles.cell),
            words(each.purpose or "Ask your nurse", styles.cell),
        ]
        for each in held
    ]
    yield ruled(_COLUMNS, rows, (0.33, 0.41, 0.26), on)


def _name(each: ListedMedicine) -> str:
    """Name and dose; a combination may be broken between its parts, and the mark stands for what needs special care."""
    name = " / ".join(part.strip() for part in each.name.split("/"))
    marked = f"! {name}" if each.alert else name
    return f"{marked}\n{each.dose}" if each.dose else marked


def _way(each: ListedMedicine) -> str:
    told = ", ".join(filter(None, (each.how, each.often)))
    return f"{told[:1].upper()}{told[1:]}" if told else "Ask your nurse how"


def _texts(content: ListContent, size: Size) -> Iterator[tuple[str, str]]:
    yield "Facility", content.facility
    yield "Place", content.where
    yield "Title", TITLE
    yield "Made", content.made_words
    yield "Patient", content.name
    yield "Birth date", content.born
    if size is not Size.WALLET:
        yield "Record", content.record_number
    yield "Allergies", f"ALLERGIES {content.allergies}"
    yield from (("Heading", part.value) for part in Part if any(each.part is part for each in content.medicines))
    for each in content.medicines:
        yield f"{each.name}: name", _name(each)
        yield f"{each.name}: what changed", each.change
        if each.part not in (Part.STOP, Part.HOLD):
            yield f"{each.name}: way", _way(each)
            yield f"{each.name}: what for", each.purpose
    if any(each.alert for each in content.medicines):
        yield "Special care", _CARE
    yield "Carry it", _CARRY
    yield "Language", content.language_note
