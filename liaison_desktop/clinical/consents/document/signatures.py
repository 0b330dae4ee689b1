"""The end of a consent summary: the signatures, and what the document says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.content import SignatureLine, SummaryContent
from liaison_desktop.documents import fonts
from liaison_desktop.documents.boxes import Rule
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.ink import Ink
from liaison_desktop.documents.styles import INK, Sheet, Styles
from liaison_desktop.documents.tables import Cell, grid, words
from liaison_desktop.documents.text import markup

_GUTTER = 22.0


def signature_block(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """Every signature with name, moment, method and meaning; two beside each other, one in large print."""
    title = words(wording.SIGNATURES, Styles(sheet).heading)
    if not content.signatures:
        yield KeepTogether([title, words(wording.NOT_SIGNED, Styles(sheet).body)])
        return
    columns = 1 if sheet.large else 2
    width = (sheet.width - _GUTTER * (columns - 1)) / columns
    rows: list[Flowable] = []
    for start in range(0, len(content.signatures), columns):
        cells: list[Cell] = [_one(line, width, sheet) for line in content.signatures[start : start + columns]]
        cells += [""] * (columns - len(cells))
        widths = [width]
        if columns == 2:
            cells.insert(1, "")
            widths = [width, _GUTTER, width]
        rows.append(grid([cells], widths, [("BOTTOMPADDING", (0, 0), (-1, -1), 9)]))
    if sheet.large or len(rows) > 3:
        # Too tall to stay whole on one page: keep the heading with the first, and each signature whole.
        yield CondPageBreak(sheet.heading * 2 + 2 * (sheet.ink_height + sheet.body * 6))
        yield title
        yield from (KeepTogether([row]) for row in rows)
    else:
        yield KeepTogether([title, *rows])


def _one(line: SignatureLine, width: float, sheet: Sheet) -> list[Flowable]:
    styles = Styles(sheet)
    relation = f" · {markup(line.relation)}" if line.relation.strip() else ""
    method = f" · {markup(line.method)}" if line.method.strip() else ""
    stand_in = line.stand_in.strip() or wording.NOT_SIGNED
    return [
        words(line.role.upper(), styles.role),
        Ink(line.strokes, width, sheet.ink_height, stand_in, sheet.body),
        Paragraph(_strong(line.name) + relation, styles.name),
        Paragraph(_strong(line.moment) + method, styles.small),
        words(f"Meaning: {line.meaning}", styles.small),
    ]


def _strong(text: str) -> str:
    return f'<font name="{fonts.SEMIBOLD}" color="{INK}">{markup(text)}</font>'


def record_block(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """What the document says about itself: form, times, and the fingerprint of its content."""
    styles = Styles(sheet)
    history: list[Flowable] = [words(wording.RECORD.upper(), styles.label)]
    history += [words(text, styles.small) for text in content.history]
    digits = grouped(content.fingerprint)
    half = len(digits) // 2
    print_of: list[Flowable] = [
        words(wording.FINGERPRINT.upper(), styles.label),
        words(f"{digits[:half].strip()}\n{digits[half:].strip()}", styles.small),
        words(content.fingerprint_note, styles.small),
    ]
    if sheet.large:
        parts: Flowable = grid([[history], [print_of]], [sheet.width], [("BOTTOMPADDING", (0, 0), (-1, 0), 8)])
    else:
        parts = grid([[history, "", print_of]], [sheet.width * 0.56, 14, sheet.width * 0.44 - 14])
    yield KeepTogether([Rule(2, 4), parts])
