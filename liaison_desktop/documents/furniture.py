"""Page furniture and the making of bytes: one column, a footer on every page, and the same bytes every time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from liaison_desktop.documents import fonts
from liaison_desktop.documents.styles import INK, LINE, MUTED, Sheet
from liaison_desktop.documents.text import printable
from liaison_desktop.ui.turns import WRITER


@dataclasses.dataclass(frozen=True)
class Footer:
    """The two lines at the foot of each page, left and right of them the page number and whose copy it is."""

    subject: str
    document: str
    copy: str


@dataclasses.dataclass(frozen=True)
class About:
    """What the file says about itself. It never holds the name of a patient: file listings show it."""

    title: str
    subject: str
    author: str
    made: dt.datetime
    language: str = "en-US"


class _Moment:
    """The record's own time in the shape the PDF writer asks for, so that a document made again is the same bytes."""

    def __init__(self, moment: dt.datetime) -> None:
        offset = int((moment.utcoffset() or dt.timedelta()).total_seconds())
        # The sign of the offset is written with the hours, so the minutes are counted from the hours towards zero.
        self.dhh = int(offset / 3600)
        self.dmm = abs(offset) % 3600 // 60
        self.YMDhms = tuple(moment.timetuple())[:6]
        self.lt = moment.timetuple()
        self.t = moment.timestamp()
        self.tzname = moment.tzname()
        self.datetime = moment
        self.asctime = moment.strftime("%Y-%m-%d %H:%M:%S")


class _NumberedCanvas(Canvas):
    """Holds the pages back until their number is known, then writes the footer of each."""

    def __init__(self, *words: Any, sheet: Sheet, footer: Footer, made: dt.datetime, **named: Any) -> None:
        super().__init__(*words, **named)
        self._pages: list[dict[str, Any]] = []
        self._sheet, self._footer = sheet, footer
        document: Any = vars(self)["_doc"]
        document._timeStamp = _Moment(made)

    def showPage(self) -> None:
        """Keep the finished page for later."""
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # the stubs leave out the engine's own way to begin a page

    def save(self) -> None:
        """Write all pages with their footers, then the file."""
        total = len(self._pages)
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_footer(number, total)
            super().showPage()
        super().save()

    def _draw_footer(self, number: int, total: int) -> None:
        sheet, footer = self._sheet, self._footer
        low = sheet.bottom - 22 - sheet.foot * 1.25
        high, right = low + sheet.foot * 1.25, sheet.page[0] - sheet.side
        self.setStrokeColor(HexColor(LINE))
        self.setLineWidth(0.5)
        self.line(sheet.side, high + sheet.foot + 2.4, right, high + sheet.foot + 2.4)
        self.setFillColor(HexColor(MUTED))
        for text, height in ((footer.subject, high), (footer.document, low)):
            self.setFont(fonts.REGULAR, self._fitting(text))
            self.drawString(sheet.side, height, printable(text).replace("\n", " "))
        self.setFont(fonts.REGULAR, sheet.foot)
        self.drawRightString(right, low, footer.copy)
        self.setFont(fonts.SEMIBOLD, sheet.foot + 0.8)
        self.setFillColor(HexColor(INK))
        self.drawRightString(right, high, f"Page {number} of {total}")

    def _fitting(self, text: str) -> float:
        """A very long name is set smaller rather than running into the page number."""
        room = self._sheet.width - 110
        return self._sheet.foot * min(1.0, room / max(1.0, fonts.width(text, fonts.REGULAR, self._sheet.foot)))


def make(story: Sequence[Flowable], sheet: Sheet, footer: Footer, about: About) -> bytes:
    """Lay the story out on as many pages as it needs. The same story gives the same bytes, today and next year."""
    fonts.register()
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=sheet.page,
        title=printable(about.title),
        author=printable(about.author),
        subject=printable(about.subject),
        creator="Liaison Desktop",
        lang=about.language,
        invariant=1,
        # Without a first font of ours the engine names its own, which is not embedded.
        initialFontName=fonts.REGULAR,
        initialFontSize=10,
        pageCompression=1,
    )
    column = Frame(sheet.side, sheet.bottom, sheet.width, sheet.height, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [column])])

    def canvas(*words: Any, **named: Any) -> Canvas:
        return _NumberedCanvas(*words, sheet=sheet, footer=footer, made=about.made, **named)

    with WRITER:
        document.build(list(story), canvasmaker=canvas)
    return buffer.getvalue()
