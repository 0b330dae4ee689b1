"""The layout of a research consent: key information in boxes first, then everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.consents.document.layout import choice_table, support_block, teach_back_table
from liaison_desktop.clinical.research.document.content import (
    AUTHORISATION,
    AUTHORISATION_COLUMNS,
    KEY,
    NUMBER,
    TOLD,
    TOLD_COLUMNS,
    ResearchContent,
    Told,
)
from liaison_desktop.documents import boxes, fonts
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.signatures import record_block, signature_block
from liaison_desktop.documents.styles import LINE, TINT, Sheet, Styles
from liaison_desktop.documents.tables import Cell, Command, grid, heading, ruled, words

_ALL = ((0, 0), (-1, -1))
_GAP = 8.0


def lay_out(content: ResearchContent, sheet: Sheet, copy_for: str) -> bytes:
    """The document as a PDF, not yet read back."""
    fonts.register()
    common = content.common
    about = About(
        # A file browser shows this title, so it names the form and never the person.
        title=f"{common.title} {common.document_number}",
        subject=content.footer.split(" · ")[0],
        author=common.facility,
        made=common.made,
        record=common.record,
        seal=True,
    )
    return make([*_story(content, sheet)], sheet, Footer(content.subject, content.footer, copy_for), about)


def _story(content: ResearchContent, sheet: Sheet) -> Iterator[Flowable]:
    common = content.common
    code = f"research:{common.document_number}?sha256={common.fingerprint[:32]}"
    yield from letterhead(common.facility, common.facility_place, common.title, common.subtitle, code, sheet)
    yield boxes.identifier_box(content.participant, dict(content.participant)[NUMBER], sheet)
    yield Spacer(1, 9)
    if content.replaces:
        yield boxes.alert_box("Asked again", content.replaces, sheet, alert=False)
        yield Spacer(1, 8)
    yield boxes.lead_box(KEY, (content.lead,), sheet)
    yield Spacer(1, _GAP)
    yield from key_boxes(content.key, sheet)
    yield from _table(TOLD, TOLD_COLUMNS, content.told, sheet)
    yield from teach_back_table(common, sheet)
    yield from choice_table(common, sheet)
    yield from _table(AUTHORISATION, AUTHORISATION_COLUMNS, content.authorisation, sheet)
    yield from support_block(common, sheet)
    yield from signature_block(common.signatures, sheet)
    yield from record_block(common.history, common.fingerprint, common.fingerprint_note, sheet)


def key_boxes(points: Sequence[Told], sheet: Sheet) -> Iterator[Flowable]:
    """Each point in a box of its own, two beside each other; one under the other in large print."""
    columns = 1 if sheet.large else 2
    width = (sheet.width - _GAP * (columns - 1)) / columns
    styles = Styles(sheet)
    look: list[Command] = [
        ("BACKGROUND", *_ALL, HexColor(TINT)),
        ("BOX", *_ALL, 0.6, HexColor(LINE)),
        ("LEFTPADDING", *_ALL, 10),
        ("RIGHTPADDING", *_ALL, 10),
        ("TOPPADDING", *_ALL, 6),
        ("BOTTOMPADDING", *_ALL, 8),
    ]
    for start in range(0, len(points), columns):
        beside = points[start : start + columns]
        texts: list[Cell] = [[words(one.heading, styles.box_heading), words(one.words, styles.body)] for one in beside]
        if columns == 1:
            yield grid([texts], [width], look)
        else:
            edged = [
                *look,
                ("BOX", (0, 0), (0, 0), 0.6, HexColor(LINE)),
                ("BACKGROUND", (1, 0), (1, 0), HexColor("#FFFFFF")),
            ]
            edged += [
                ("BOX", (2, 0), (2, 0), 0.6, HexColor(LINE)),
                ("LINEABOVE", (1, 0), (1, 0), 1, HexColor("#FFFFFF")),
            ]
            edged += [("LINEBELOW", (1, 0), (1, 0), 1, HexColor("#FFFFFF"))]
            edged = [one for one in edged if one[0] != "BOX" or one[1] != (0, 0) or one[2] != (-1, -1)]
            texts += [""] * (columns - len(texts))
            yield grid([[texts[0], "", texts[1]]], [width, _GAP, width], edged)
        yield Spacer(1, _GAP)


def _table(title: str, columns: Sequence[str], lines: Sequence[Told], sheet: Sheet) -> Iterator[Flowable]:
    if not lines:
        return
    styles = Styles(sheet)
    yield from heading(title, sheet)
    rows = [[words(one.heading, styles.cell_strong), words(one.words, styles.cell)] for one in lines]
    yield ruled(columns, rows, (0.30, 0.70) if sheet.large else (0.24, 0.76), sheet)
