"""The end of a document: who signed, and what the document says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from liaison_desktop.documents import fonts
from liaison_desktop.documents.boxes import Rule
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.ink import Ink, Scan
from liaison_desktop.documents.moments import clock_text, moment_text
from liaison_desktop.documents.phrases import phrase
from liaison_desktop.documents.styles import INK, Sheet, Styles
from liaison_desktop.documents.tables import Cell, grid, words
from liaison_desktop.errors import Unprintable
from liaison_desktop.ui.ink import Point

SIGNATURES, NOT_SIGNED = "Signatures", "Not signed"
RECORD, FINGERPRINT = "Document record", "Content fingerprint (SHA-256)"
_GUTTER = 22.0
_STRONG = f'name="{fonts.SEMIBOLD}" color="{INK}"'


class SignatureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One signature: the strokes, or the words that stand in for them, and who, when, how and with what meaning."""

    role: str
    name: str
    relation: str = ""
    moment: str
    method: str
    meaning: str
    strokes: tuple[tuple[Point, ...], ...] = ()
    stand_in: str = ""
    picture: bytes = b""


def signature_line(given: Any, scans: Mapping[str, bytes] | None = None) -> SignatureLine:
    """A signature as it is printed. `given` is a `Signature` of the signing kit, which stands beside this one.

    `scans` holds what was signed on paper, by its hash. Raises Unprintable if a scan is not there: the signature on the
    page would be missing.
    """
    name = ", ".join(part for part in (given.name_printed, given.credential) if part.strip())
    how = given.method.label[:1].lower() + given.method.label[1:]
    if given.spoken_how is not None:
        how = f"{how}, {given.spoken_how.label.lower()}"
    when = f"given {moment_text(given.given_at, given.given_at.tzname() or '')}" if given.given_at else ""
    scan = f"scan {given.scan[0].sha256[:16]}" if given.scan else ""
    shown = given.shown_as.lower() if given.shown_as == "Large print" else ""
    method = "; ".join(part for part in (how, given.adopted, when, scan, shown, given.identified_by) if part.strip())
    picture = b""
    if given.scan:
        picture = (scans or {}).get(given.scan[0].sha256, b"")
        if not picture:
            raise Unprintable("The scan of a signature on paper is not here. The document is not made without it.")
    strokes = tuple(
        tuple((point.x, point.y, float(point.t_ms), point.pressure) for point in stroke.points)
        for stroke in given.strokes
        if stroke.points
    )
    return SignatureLine(
        role=given.role.label,
        name=name,
        relation=given.relationship,
        moment=moment_text(given.signed_at, given.zone),
        method=method,
        meaning=given.meaning,
        strokes=strokes,
        stand_in="" if strokes or picture else _stand_in(given),
        picture=picture,
    )


def _stand_in(given: Any) -> str:
    if given.spoken.strip():
        return f"Spoken: “{given.spoken.strip()}”"
    if given.typed.strip():
        return str(given.typed)
    at = f", {clock_text(given.signed_at)}" if given.signed_at else ""
    words_for = {
        "verbal_witnessed": f"Spoken{at}",
        "mark_x": f"Mark made before two witnesses{at}",
        "typed": f"Name typed by the signer{at}",
    }
    return words_for.get(str(given.method), "No drawn signature")


def expected_signatures(lines: Sequence[SignatureLine], title: str = SIGNATURES) -> Iterator[tuple[str, str]]:
    """Label and text of everything `signature_block` writes, for reading back."""
    yield "Heading", title
    if not lines:
        yield "Signatures", NOT_SIGNED
    for number, line in enumerate(lines, start=1):
        yield f"Signature {number}: role", line.role.upper()
        yield f"Signature {number}: name and relation", f"{line.name} · {line.relation}" if line.relation else line.name
        yield f"Signature {number}: time and method", f"{line.moment} · {line.method}" if line.method else line.moment
        yield f"Signature {number}: meaning", f"Meaning: {line.meaning}"
        if not (line.strokes or line.picture):
            yield f"Signature {number}: stand-in", line.stand_in or NOT_SIGNED


def expected_record(history_lines: Sequence[str], digest: str, note: str) -> Iterator[tuple[str, str]]:
    """Label and text of everything `record_block` writes, for reading back."""
    yield "Heading", RECORD.upper()
    for number, text in enumerate(history_lines, start=1):
        yield f"Document record {number}", text
    yield "Heading", FINGERPRINT.upper()
    yield "Fingerprint", grouped(digest)
    yield "About the fingerprint", note


def signature_block(lines: Sequence[SignatureLine], sheet: Sheet, title: str = SIGNATURES) -> Iterator[Flowable]:
    """Every signature with name, moment, method and meaning; two beside each other, one in large print."""
    head = words(title, Styles(sheet).heading)
    if not lines:
        yield KeepTogether([head, words(NOT_SIGNED, Styles(sheet).body)])
        return
    columns = min(sheet.signatures_across, max(2, len(lines))) if sheet.signatures_across > 1 else 1
    width = (sheet.width - _GUTTER * (columns - 1)) / columns
    rows: list[Flowable] = []
    for start in range(0, len(lines), columns):
        cells: list[Cell] = []
        for line in lines[start : start + columns]:
            cells += [_one(line, width, sheet), ""]
        cells += [""] * (2 * columns - len(cells))
        cells.pop()
        widths = [width, *(each for _ in range(columns - 1) for each in (_GUTTER, width))]
        rows.append(grid([cells], widths, [("BOTTOMPADDING", (0, 0), (-1, -1), 9)]))
    if sheet.large or len(rows) > 3:
        # Too tall to stay whole on one page: keep the heading with the first, and each signature whole.
        yield CondPageBreak(sheet.heading * 2 + 2 * (sheet.ink_height + sheet.body * 6))
        yield head
        yield from (KeepTogether([row]) for row in rows)
    else:
        yield KeepTogether([head, *rows])


def _one(line: SignatureLine, width: float, sheet: Sheet) -> list[Flowable]:
    styles = Styles(sheet)
    stand_in = line.stand_in.strip() or NOT_SIGNED
    return [
        words(line.role.upper(), styles.role),
        Scan(line.picture, width, sheet.ink_height * 2, alternative=_spoken(line))
        if line.picture
        else Ink(line.strokes, width, sheet.ink_height, stand_in, sheet.body, alternative=_spoken(line)),
        phrase(((line.name, _STRONG), *_after(line.relation)), styles.name),
        phrase(((line.moment, _STRONG), *_after(line.method)), styles.small),
        words(f"Meaning: {line.meaning}", styles.small),
    ]


def _spoken(line: SignatureLine) -> str:
    """What is read where the ink stands."""
    return f"Signature of {line.name}, {line.role}, drawn {line.moment}"


def _after(text: str) -> tuple[tuple[str, str], ...]:
    return ((f"· {text.strip()}", ""),) if text.strip() else ()


def record_block(history_lines: Sequence[str], digest: str, note: str, sheet: Sheet) -> Iterator[Flowable]:
    """What a document says about itself: its form, its times, and the fingerprint of its content."""
    styles = Styles(sheet)
    history: list[Flowable] = [words(RECORD.upper(), styles.small_heading)]
    history += [words(text, styles.small) for text in history_lines]
    digits = grouped(digest)
    half = len(digits) // 2
    print_of: list[Flowable] = [
        words(FINGERPRINT.upper(), styles.small_heading),
        words(f"{digits[:half].strip()}\n{digits[half:].strip()}", styles.small),
        words(note, styles.small),
    ]
    if sheet.large:
        parts: Flowable = grid([[history], [print_of]], [sheet.width], [("BOTTOMPADDING", (0, 0), (-1, 0), 8)])
    else:
        parts = grid([[history, "", print_of]], [sheet.width * 0.56, 14, sheet.width * 0.44 - 14])
    yield KeepTogether([Rule(2, 4), parts])
