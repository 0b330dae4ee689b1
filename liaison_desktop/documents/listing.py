"""A document that lists what is known in parts: a head, then each part as a small table. Read back before it is given.

A part is a heading with lines of a label and a text; a line may warn, and then stands out in print without colour too.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence

import msgspec
from reportlab.platypus import Flowable, PageBreak, Spacer

from liaison_desktop.documents.canonical import canonical, grouped
from liaison_desktop.documents.finish import Stage, finish
from liaison_desktop.documents.fonts import check_printable, register
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.reading import Expected, refuse_if_missing
from liaison_desktop.documents.signatures import SignatureLine, expected_signatures, signature_block
from liaison_desktop.documents.styles import PaperName, Sheet, Styles, sheet
from liaison_desktop.documents.tables import heading, plain, ruled, words


class ListingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what, and the words beside it. `alert` sets it in red with a mark in front."""

    label: str
    text: str
    alert: bool = False


class ListingPart(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, the names of its two columns, and its lines; a part without lines says `empty`.

    With `columns` left empty the lines stand under the heading alone.
    `new_page` begins it on a page of its own.
    """

    title: str
    columns: tuple[str, str] | None
    lines: tuple[ListingLine, ...] = ()
    empty: str = ""
    new_page: bool = False


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """All that the document says. `number` is its name outside: it never holds a person's."""

    title: str
    whose: str
    where: str
    subtitle: str
    number: str
    note: str
    parts: tuple[ListingPart, ...]
    made: datetime.datetime
    copy_for: str
    author: str
    signatures: tuple[SignatureLine, ...] | None = None  # None where nobody signs such a document


def make_listing(
    listing: Listing,
    paper: PaperName = "letter",
    *,
    large: bool = False,
    record: bytes = b"",
    stages: Sequence[Stage] = (),
) -> Document:
    """The document, in large print on request.

    It vouches for the listing itself; or, given `record` (canonical bytes), for that: its fingerprint is printed whole
    in the note, the record travels inside, and there is a place for a seal, which one of the `stages` may fill.

    Raises Unprintable if a letter cannot be printed or a text cannot be read in what was made.
    """
    vouched = record or canonical(listing)
    on, digest = sheet(paper, large=large), hashlib.sha256(vouched).hexdigest()
    if record:
        whole = f"Fingerprint of this record (SHA-256): {grouped(digest)}"
        listing = msgspec.structs.replace(listing, note=one_line((listing.note, whole)))
    body = [Expected(label, text) for label, text in _texts(listing) if text.strip()]
    footer = Footer(listing.whose, f"{listing.title} · fingerprint {grouped(digest, 2)}", listing.copy_for)
    foot = [Expected("Footer: whose", footer.subject), Expected("Footer: document", footer.document)]
    check_printable((one.label, one.text) for one in (*body, *foot))
    register()
    # The file's own title is seen in file listings, so it names no person.
    about = About(
        title=listing.title,
        subject=listing.title,
        author=listing.author,
        made=listing.made,
        record=vouched,
        seal=bool(record),
    )
    content = finish(make([*_story(listing, on, digest)], on, footer, about), stages)
    pages = refuse_if_missing(content, on.bottom - 1, body, foot)
    return Document(content=content, document_number=listing.number, fingerprint=digest, pages=pages)


def _story(listing: Listing, on: Sheet, digest: str) -> Iterator[Flowable]:
    styles = Styles(on)
    code = f"listing:{listing.number}?sha256={digest[:32]}"
    yield from letterhead(listing.whose, listing.where, listing.title, listing.subtitle, code, on)
    for part in listing.parts:
        if part.new_page:
            yield PageBreak()
        yield from heading(part.title, on)
        if not part.lines:
            yield words(part.empty, styles.body)
            continue
        rows = [
            [
                words(_marked(line), styles.cell_alert if line.alert else styles.cell_strong),
                words(line.text, styles.cell),
            ]
            for line in part.lines
        ]
        yield ruled(part.columns, rows, (0.32, 0.68), on) if part.columns else plain(rows, (0.32, 0.68), on)
    if listing.signatures is not None:
        yield Spacer(1, on.heading)
        yield from signature_block(listing.signatures, on)
    if listing.note:
        yield Spacer(1, on.heading)
        yield words(listing.note, styles.small)


def _marked(line: ListingLine) -> str:
    return f"! {line.label}" if line.alert else line.label


def _texts(listing: Listing) -> Iterator[tuple[str, str]]:
    yield "Whose", listing.whose
    yield "Place", listing.where
    yield "Title", listing.title
    yield "Subtitle", listing.subtitle
    for part in listing.parts:
        yield "Heading", part.title
        if part.lines:
            yield from (("Column name", name) for name in part.columns or ())
        else:
            yield part.title, part.empty
        for line in part.lines:
            yield f"{part.title}: label", _marked(line)
            yield f"{part.title}: text", line.text
    if listing.signatures is not None:
        yield from expected_signatures(listing.signatures)
    yield "Note", listing.note


def one_line(texts: Sequence[str], between: str = " · ") -> str:
    """The texts that are not empty, in one line."""
    return between.join(text.strip() for text in texts if text.strip())
