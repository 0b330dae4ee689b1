"""Page furniture and the making of bytes: one column, a footer on every page, and the same bytes every time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from liaison_desktop.documents import fonts
from liaison_desktop.documents.phrases import phrase
from liaison_desktop.documents.shaping.scripts import script_of
from liaison_desktop.documents.styles import INK, LINE, MUTED, Sheet, style
from liaison_desktop.documents.tagging.archive import CREATOR, producer, write_archive
from liaison_desktop.documents.tagging.page import TaggedCanvas
from liaison_desktop.documents.tagging.seal import seal_place
from liaison_desktop.documents.tagging.structure import Element
from liaison_desktop.documents.tagging.tree import write_tree
from liaison_desktop.documents.text import printable
from liaison_desktop.ui.turns import WRITER


@dataclasses.dataclass(frozen=True)
class Footer:
    """The two lines at the foot of each page, left and right of them the page number and whose copy it is."""

    subject: str
    document: str
    copy: str


Archive = Literal["3a", "1b"]
# PDF/A-1 is written on PDF 1.4 (ISO 19005-1, 5.2), PDF/A-3 on PDF 1.7.
_VERSIONS: dict[Archive, tuple[int, int]] = {"3a": (1, 7), "1b": (1, 4)}


@dataclasses.dataclass(frozen=True)
class About:
    """What the file says about itself. It never holds the name of a patient: file listings show it.

    `record` is the canonical record whose fingerprint is printed, put inside the file. `seal` makes the place for a
    seal. `archive` is the form of PDF/A: 3a holds the record, 1b is for archives that take nothing newer.
    """

    title: str
    subject: str
    author: str
    made: dt.datetime
    language: str = "en-US"
    record: bytes = b""
    seal: bool = False
    archive: Archive = "3a"

    def as_written(self) -> About:
        """The same in one line each, printable, and with a zone: a file says it twice, and both must agree."""
        title, subject, author = (
            printable(text).replace("\n", " ") for text in (self.title, self.subject, self.author)
        )
        made = self.made if self.made.tzinfo is not None else self.made.replace(tzinfo=dt.UTC)
        return dataclasses.replace(self, title=title, subject=subject, author=author, made=made)


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


class _NumberedCanvas(TaggedCanvas):
    """Holds the pages back until their number is known, then writes the footer of each, and the file's tags."""

    def __init__(self, *words: Any, sheet: Sheet, footer: Footer, about: About, **named: Any) -> None:
        super().__init__(*words, pdfVersion=_VERSIONS[about.archive], **named)
        self._pages: list[dict[str, Any]] = []
        self._sheet, self._footer, self._about = sheet, footer, about
        self._document: Any = vars(self)["_doc"]
        self._document._timeStamp = _Moment(about.made)
        self._page_written = 0

    def showPage(self) -> None:
        """Keep the finished page for later."""
        self._pages.append(dict(self.__dict__))
        self.structure.pages.append([])
        self._startPage()  # type: ignore[attr-defined]  # the stubs leave out the engine's own way to begin a page

    def save(self) -> None:
        """Write all pages with their footers, then tags and metadata, then the file."""
        total, forms = len(self._pages), dict[Element, Any]()
        self.structure.pages.pop()
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            with self.artifact("Pagination"):
                self._draw_footer(number, total)
            if number == total and self._about.seal:
                widget, forms = seal_place(self._document, self.structure, total - 1)
                self._annotationrefs = [widget]
            self._page_written = number - 1
            super().showPage()
        write_tree(self._document, self.structure, forms)
        write_archive(self._document, self._about)
        super().save()

    def _setXObjects(self, thing: Any) -> None:
        """The engine's last word about a page: where its tags stand, and that the keyboard follows them."""
        super()._setXObjects(thing)  # type: ignore[misc]
        if not hasattr(thing, "__NoDefault__"):
            return  # a picture, such as the scan of a signature, is no page
        thing.__NoDefault__ = [*thing.__NoDefault__, "StructParents", "Tabs"]
        thing.StructParents, thing.Tabs = self._page_written, PDFName("S")

    def _draw_footer(self, number: int, total: int) -> None:
        sheet, footer = self._sheet, self._footer
        low = sheet.bottom - 22 - sheet.foot * 1.25
        high, right = low + sheet.foot * 1.25, sheet.page[0] - sheet.side
        self.setStrokeColor(HexColor(LINE))
        self.setLineWidth(0.5)
        self.line(sheet.side, high + sheet.foot + 2.4, right, high + sheet.foot + 2.4)
        self.setFillColor(HexColor(MUTED))
        for text, height in ((footer.subject, high), (footer.document, low)):
            self._put(text, sheet.side, height)
        self.setFont(fonts.REGULAR, sheet.foot)
        self.drawRightString(right, low, footer.copy)
        self.setFont(fonts.SEMIBOLD, sheet.foot + 0.8)
        self.setFillColor(HexColor(INK))
        self.drawRightString(right, high, f"Page {number} of {total}")

    def _put(self, text: str, left: float, height: float) -> None:
        shown, size = printable(text).replace("\n", " "), self._fitting(text)
        if script_of(shown) is None:
            self.setFont(fonts.REGULAR, size)
            self.drawString(left, height, shown)
            return
        line = phrase(((shown, ""),), style(size, 1.2, MUTED), one_way=True)
        line.wrapOn(self, 10_000, size * 2)
        line.drawOn(self, left, height - size * 0.3)

    def _fitting(self, text: str) -> float:
        """A very long name is set smaller rather than running into the page number."""
        room = self._sheet.width - 110
        return self._sheet.foot * min(1.0, room / max(1.0, fonts.width(text, fonts.REGULAR, self._sheet.foot)))


def make(story: Sequence[Flowable], sheet: Sheet, footer: Footer, about: About) -> bytes:
    """Lay the story out on as many pages as it needs. The same story gives the same bytes, today and next year."""
    fonts.register()
    buffer, written = io.BytesIO(), about.as_written()
    document = BaseDocTemplate(
        buffer,
        pagesize=sheet.page,
        title=written.title,
        author=written.author,
        subject=written.subject,
        # The writer always names keywords; empty ones would differ from the metadata, which cannot name nothing.
        keywords=written.subject,  # type: ignore[arg-type]  # the stubs say a list; it is written as it is given
        creator=CREATOR,
        producer=producer(),
        lang=written.language,
        invariant=1,
        # Without a first font of ours the engine names its own, which is not embedded.
        initialFontName=fonts.REGULAR,
        initialFontSize=10,
        pageCompression=1,
    )
    column = Frame(sheet.side, sheet.bottom, sheet.width, sheet.height, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [column])])

    def canvas(*words: Any, **named: Any) -> Canvas:
        return _NumberedCanvas(*words, sheet=sheet, footer=footer, about=written, **named)

    with WRITER:
        document.build(list(story), canvasmaker=canvas)
    return buffer.getvalue()
