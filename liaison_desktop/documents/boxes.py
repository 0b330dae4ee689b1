"""Boxes on paper: the tinted lead box, the outlined alert, the outlined identifiers, and a thin rule."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from liaison_desktop.documents import fonts
from liaison_desktop.documents.codes import barcode
from liaison_desktop.documents.phrases import phrase
from liaison_desktop.documents.styles import ACCENT, LINE, MUTED, RED, TINT, Sheet, Styles
from liaison_desktop.documents.tables import Cell, Command, grid, words
from liaison_desktop.documents.tagging.cells import Grid
from liaison_desktop.documents.tagging.flowables import Figure

_ALL = ((0, 0), (-1, -1))
_GAP, _PAD = 12.0, 9.0
_LEAD: tuple[Command, ...] = (
    ("BACKGROUND", *_ALL, HexColor(TINT)),
    ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(ACCENT), "butt"),
    ("LEFTPADDING", *_ALL, 13),
    ("RIGHTPADDING", *_ALL, 12),
    ("TOPPADDING", (0, 0), (-1, 0), 8),
    ("BOTTOMPADDING", (0, -1), (-1, -1), 10),
)


def lead_box(title: str, paragraphs: Sequence[str], sheet: Sheet, beside: Sequence[str] = ()) -> Grid:
    """The box that answers "what is this about": tinted, with a bar at its side.

    `beside` are the same paragraphs in a second language, in a second column; in large print they come after the first.
    """
    styles = Styles(sheet)
    if beside and not sheet.large:
        return _two_languages(title, paragraphs, beside, sheet)
    paragraphs = (*paragraphs, *beside)
    first: list[Flowable] = [words(title, styles.box_heading), *(words(text, styles.lead) for text in paragraphs[:1])]
    rows: list[list[Cell]] = [[first]]
    rows += [[words(text, styles.lead)] for text in paragraphs[1:]]
    # One row for each paragraph, so that a very long text can go on overleaf.
    return grid(rows, [sheet.width], _LEAD)


def _two_languages(title: str, paragraphs: Sequence[str], beside: Sequence[str], sheet: Sheet) -> Grid:
    lead = Styles(sheet).lead
    rows: list[list[Cell]] = [[words(title, Styles(sheet).box_heading), ""]]
    for first, second in itertools.zip_longest(paragraphs, beside, fillvalue=""):
        rows.append([words(first, lead), words(second, lead)])
    return grid(rows, [sheet.width / 2, sheet.width / 2], [*_LEAD, ("SPAN", (0, 0), (1, 0))])


def alert_box(label: str, text: str, sheet: Sheet, *, alert: bool) -> Grid:
    """One outlined line that is found at a glance; red when it warns, quiet when there is nothing to warn of."""
    style = Styles(sheet).cell_alert if alert else Styles(sheet).cell_strong
    line = phrase(((label.upper(), f'name="{fonts.BOLD}"'), (text, "")), style, between="\u00a0 ")
    look: list[Command] = [
        ("BOX", *_ALL, 1.1 if alert else 0.8, HexColor(RED if alert else MUTED)),
        ("LEFTPADDING", *_ALL, _PAD),
        ("RIGHTPADDING", *_ALL, _PAD),
        ("TOPPADDING", *_ALL, 3.5),
        ("BOTTOMPADDING", *_ALL, 5),
        ("ROUNDEDCORNERS", [3, 3, 3, 3]),
    ]
    return grid([[line]], [sheet.width], look)


def _pair(label: str, value: str, sheet: Sheet) -> list[Flowable]:
    return [
        phrase(((label.upper(), ""),), Styles(sheet).label, one_way=True),
        phrase(((value, ""),), Styles(sheet).identifier, one_way=True),
    ]


def _least(label: str, sheet: Sheet) -> float:
    return fonts.width(label.upper(), fonts.SEMIBOLD, sheet.label) + _GAP


def _needed(label: str, value: str, sheet: Sheet) -> float:
    return max(_least(label, sheet), fonts.width(value, fonts.SEMIBOLD, sheet.body) + _GAP)


def _shared(needed: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Widths that fill the room: each what it needs and a share of the rest, or no less than its label."""
    spare = room - sum(needed)
    if spare >= 0:
        return [width + spare / len(needed) for width in needed]
    wanted = sum(needed) - sum(least)
    given = max(0.0, room - sum(least)) / wanted
    return [low + (width - low) * given for width, low in zip(needed, least, strict=True)]


def identifier_box(pairs: Sequence[tuple[str, str]], code: str, sheet: Sheet) -> Grid:
    """Who this is about: the first pair is the name. One row if it fits, else the name above and the others below."""
    look: list[Command] = [
        ("BOX", *_ALL, 0.8, HexColor(LINE)),
        ("LEFTPADDING", (0, 0), (0, -1), _PAD),
        ("RIGHTPADDING", (-1, 0), (-1, -1), _PAD),
        ("TOPPADDING", *_ALL, 6),
        ("BOTTOMPADDING", *_ALL, 7),
        ("ROUNDEDCORNERS", [4, 4, 4, 4]),
    ]
    cells = [_pair(label, value, sheet) for label, value in pairs]
    if sheet.large:
        return _stacked(cells, sheet, look)
    bars = barcode(code, 20, 120)
    bar: Cell = Figure(bars, f"Barcode of the number {code}, for scanners") if bars is not None else ""
    # The right cell holds the bars, their padding and the white zone a scanner needs before them.
    bar_width = (bars.width if bars is not None else 0) + _PAD + 10
    look += [("ALIGN", (-1, 0), (-1, -1), "RIGHT"), ("VALIGN", (-1, 0), (-1, -1), "MIDDLE")]
    needed = [_needed(label, value, sheet) for label, value in pairs]
    least = [_least(label, sheet) for label, _ in pairs]
    room = sheet.width - _PAD - bar_width
    if sum(needed) <= room:
        widths = _shared(needed, least, room)
        widths[0] += _PAD
        return grid([[*cells, bar]], [*widths, bar_width], look)
    if sum(least[1:]) > room:
        return _stacked(cells, sheet, look)
    widths = _shared(needed[1:], least[1:], room)
    widths[0] += _PAD
    return _two_rows(cells, widths, bar, bar_width, look)


def _two_rows(
    cells: list[list[Flowable]], widths: list[float], bar: Cell, bar_width: float, look: list[Command]
) -> Grid:
    """The name above, where it has the whole width, the others below, the bars beside both."""
    last = len(widths)
    empty: list[Cell] = [""] * (last - 1)
    look += [("SPAN", (0, 0), (last - 1, 0)), ("SPAN", (last, 0), (last, 1)), ("BOTTOMPADDING", (0, 0), (-1, 0), 1)]
    return grid([[cells[0], *empty, bar], [*cells[1:], ""]], [*widths, bar_width], look)


def _stacked(cells: list[list[Flowable]], sheet: Sheet, look: list[Command]) -> Grid:
    """Large print: the name across, the others two by two, no barcode."""
    others = cells[1:]
    rows: list[list[Cell]] = [[cells[0], ""]]
    for start in range(0, len(others), 2):
        pair: list[Cell] = [*others[start : start + 2]]
        rows.append(pair if len(pair) == 2 else [*pair, ""])
    look += [("SPAN", (0, 0), (1, 0)), ("BOTTOMPADDING", (0, 0), (-1, -2), 1)]
    return grid(rows, [sheet.width / 2, sheet.width / 2], look)


class Rule(Flowable):
    """A thin line over the whole width."""

    def __init__(self, before: float = 0, after: float = 0) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the column."""
        self.width = aW
        return aW, 0.6

    def draw(self) -> None:
        """Put the line on the page."""
        page: Any = self.canv
        with page.artifact():
            page.setStrokeColor(HexColor(LINE))
            page.setLineWidth(0.6)
            page.line(0, 0, self.width, 0)
