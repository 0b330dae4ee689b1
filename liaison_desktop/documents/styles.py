"""Sizes and colours on paper: Letter and A4, ordinary and large print. All lengths are in points."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Literal

from liaison_desktop.documents import fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

# Every colour of text reaches 7:1 on white, and the marks beside it are words as well, for black and white paper.
INK, MUTED, ACCENT = "#16202A", "#4A5763", "#0B4F63"
RED, GREEN, AMBER = "#9B1C1C", "#17603A", "#7A4B00"
TINT, LINE, PEN = "#EEF4F6", "#BAC6CD", "#10214A"

PaperName = Literal["letter", "a4"]
_PAGES: dict[str, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (595.2756, 841.8898)}


@dataclasses.dataclass(frozen=True)
class Sheet:
    """The paper and every size of type on it. `large` is the edition for people with low vision."""

    page: tuple[float, float]
    large: bool = False
    side: float = 45
    top: float = 34
    bottom: float = 46
    title: float = 21
    heading: float = 13
    lead: float = 12.5
    body: float = 11
    table: float = 10.4
    label: float = 7.8
    small: float = 8.4
    foot: float = 7.6
    ink_height: float = 42
    code_size: float = 50
    row_above: float = 3.6
    row_below: float = 5
    signatures_across: int = 2

    @property
    def width(self) -> float:
        """The width between the margins."""
        return self.page[0] - 2 * self.side

    @property
    def height(self) -> float:
        """The height between the margins, above the footer."""
        return self.page[1] - self.top - self.bottom


def sheet(paper: PaperName, *, large: bool = False) -> Sheet:
    """The sheet of that paper. Raises KeyError for a paper we do not print on."""
    page = _PAGES[paper]
    if not large:
        return Sheet(page)
    return Sheet(
        page,
        large=True,
        bottom=54,
        title=26,
        heading=19,
        lead=18,
        body=16,
        table=16,
        label=12,
        small=12.6,
        foot=9.5,
        ink_height=54,
        code_size=64,
        signatures_across=1,
    )


def closer(on: Sheet) -> Sheet:
    """The same paper set closer, for a document that would otherwise end a little way down one page more.

    No text that is read is under 9.8 points; large print is never set closer.
    """
    if on.large:
        return on
    return dataclasses.replace(
        on,
        title=19,
        heading=11.6,
        lead=11.2,
        body=10.2,
        table=9.8,
        label=7.6,
        small=8.2,
        ink_height=34,
        top=28,
        row_above=1.5,
        row_below=2.6,
        signatures_across=3,
    )


@functools.cache
def style(
    size: float,
    leading: float,
    colour: str = INK,
    face: str = fonts.REGULAR,
    *,
    before: float = 0,
    after: float = 0,
    whole_words: bool = False,
    structure: str = "P",
) -> ParagraphStyle:
    """A paragraph's look, and its role for a screen reader.

    `leading` is in multiples of the size; `whole_words` never breaks a word.
    """
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        f"{face} {size} {colour}",
        fontName=face,
        fontSize=size,
        leading=round(size * leading, 1),
        textColor=HexColor(colour),
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=0 if whole_words else 1,
        structure=structure,
    )


class Styles:
    """The named looks of one sheet."""

    def __init__(self, paper: Sheet) -> None:
        self.place = style(paper.body, 1.25, ACCENT, fonts.SEMIBOLD)
        self.title = style(paper.title, 1.15, INK, fonts.BOLD, structure="H1")
        self.subtitle = style(paper.body + 0.5, 1.3, MUTED)
        self.heading = style(
            paper.heading,
            1.2,
            ACCENT,
            fonts.SEMIBOLD,
            before=paper.heading * 0.82,
            after=paper.heading * 0.32,
            structure="H2",
        )
        self.box_heading = style(paper.heading, 1.2, ACCENT, fonts.SEMIBOLD, after=paper.heading * 0.32, structure="H2")
        self.small_heading = style(paper.label, 1.25, MUTED, fonts.SEMIBOLD, whole_words=True, structure="H2")
        self.lead = style(paper.lead, 1.36)
        self.body = style(paper.body, 1.3, after=3)
        self.cell = style(paper.table, 1.26)
        self.cell_strong = style(paper.table, 1.26, INK, fonts.SEMIBOLD)
        self.cell_alert = style(paper.table, 1.26, RED, fonts.SEMIBOLD)
        self.column = style(paper.small, 1.25, MUTED, fonts.SEMIBOLD)
        self.label = style(paper.label, 1.25, MUTED, fonts.SEMIBOLD, whole_words=True)
        self.role = style(paper.label, 1.25, ACCENT, fonts.SEMIBOLD)
        self.identifier = style(paper.body, 1.2, INK, fonts.SEMIBOLD)
        self.name = style(paper.body, 1.24, MUTED)
        self.small = style(paper.small, 1.3, MUTED)
