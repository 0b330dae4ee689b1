"""A paragraph in a script that has to be shaped. It does what `Words` does: breaks, goes on overleaf, tags itself."""

from __future__ import annotations

import unicodedata
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from liaison_desktop.documents.shaping.glyphs import has, run_width, shaped
from liaison_desktop.documents.shaping.levels import UNSEEN, in_order, levels
from liaison_desktop.documents.tagging.flowables import element_for
from liaison_desktop.documents.tagging.page import TaggedCanvas
from liaison_desktop.documents.tagging.structure import Element

_NO_LINE_BEGINS = frozenset("，。、；：！？）》」』】”’%…·")
_NO_LINE_ENDS = frozenset("（《「『【“‘")
Run = tuple[int, int, str]  # from, to, face


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in ("W", "F")


class ShapedParagraph(Flowable):
    """`faces` are tried in turn for each letter. Text from right to left stands at the right unless `mixed`."""

    def __init__(
        self, text: str, style: ParagraphStyle, faces: tuple[str, ...], language: str, *, from_right: bool
    ) -> None:
        super().__init__()
        self._text, self._style, self._faces, self._language = text, style, faces, language
        self._from_right = from_right
        self._levels = levels(text, from_right=from_right)
        self._shared: list[Element] = []
        self._lines: list[tuple[int, int]] = []
        self._span = (0, len(text))  # the letters of the whole that this part shows
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter

    @property
    def begun(self) -> bool:
        """Whether a part of it has been drawn."""
        return bool(self._shared)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the column, as high as its lines."""
        self._lines = self._broken(aW)
        self.width, self.height = aW, self._style.leading * len(self._lines)
        return aW, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The lines for this page and the lines for the next."""
        # A table splits by another width than it wrapped by, and means the lines it has already seen.
        if not self._lines:
            self.wrap(aW, aH)
        fitting = min(int(aH // self._style.leading), len(self._lines) - 1)
        if fitting <= 0:
            return []
        middle = self._lines[fitting][0]
        return [self._part(self._span[0], middle), self._part(middle, self._span[1])]

    def _part(self, start: int, end: int) -> ShapedParagraph:
        part = ShapedParagraph(self._text, self._style, self._faces, self._language, from_right=self._from_right)
        part._shared, part._span = self._shared, (start, end)
        # A table asks for the height of a part before it lays it out again.
        part.wrap(self.width, 0)
        return part

    def _face(self, letter: str) -> str:
        return next((face for face in self._faces if has(face, letter)), self._faces[0])

    def _runs(self, start: int, end: int) -> list[tuple[int, Run]]:
        """Stretches of one face and one level."""
        runs: list[tuple[int, Run]] = []
        for number in range(start, end):
            letter, level = self._text[number], self._levels[number]
            if runs:
                before, (begin, _end, face) = runs[-1]
                # What is no letter stays in the font of the letters before it, so that a word is not cut in two.
                stays = letter in UNSEEN or (not letter.isalnum() and has(face, letter)) or self._face(letter) == face
                if stays and before == level:
                    runs[-1] = (level, (begin, number + 1, face))
                    continue
            runs.append((level, (number, number + 1, self._face(letter))))
        return runs

    def _wide(self, start: int, end: int) -> float:
        width = sum(
            run_width(self._text[begin:stop], face, self._language, from_right=level % 2 == 1)
            for level, (begin, stop, face) in self._runs(start, end)
        )
        return width * self._style.fontSize / 1000

    def _places(self) -> list[int]:
        """Where a line may end: after a space, and between the letters of a script without spaces."""
        text = self._text
        places = []
        for number in range(1, len(text)):
            before, after = text[number - 1], text[number]
            between = (_wide(before) or _wide(after)) and after not in _NO_LINE_BEGINS and before not in _NO_LINE_ENDS
            if before in " \n\u200b" or (between and after != " "):
                places.append(number)
        return places

    def _broken(self, room: float) -> list[tuple[int, int]]:
        text, lines = self._text, list[tuple[int, int]]()
        start, end = self._span
        last = start
        for place in (*(place for place in self._places() if start < place < end), end):
            seen = last + len(text[last:place].rstrip())
            if last > start and self._wide(start, max(seen, last)) > room:
                lines.append((start, last))
                start = last
            last = place
            if text[place - 1 : place] == "\n":
                lines.append((start, place))
                start = place
        if start < end or not lines:
            lines.append((start, end))
        return lines

    def draw(self) -> None:
        """Put its lines on the page, marked."""
        page: Any = self.canv
        if isinstance(page, TaggedCanvas) and not page.structure.artifacts:
            if not self._shared:
                self._shared.append(element_for(self._style, self._language, page.structure.here))
                # Shapes are no letters: this is what is read aloud, searched and copied.
                spoken = "".join(letter for letter in self._text if letter not in UNSEEN)
                if self._shared[0].role not in ("TH", "TD"):
                    self._shared[0].spoken = spoken
            with page.marked(self._shared[0]):
                self._draw_lines(page)
        else:
            self._draw_lines(page)

    def _draw_lines(self, page: Any) -> None:
        style = self._style
        base = self.height - style.leading + (style.leading - style.fontSize) / 2 + style.fontSize * 0.22
        page.saveState()
        page.setFillColor(style.textColor)
        for start, end in self._lines:
            self._draw_line(page, start, start + len(self._text[start:end].rstrip()), base)
            base -= style.leading
        page.restoreState()

    def _draw_line(self, page: Any, start: int, end: int, base: float) -> None:
        from reportlab.pdfbase.ttfonts import ShapedStr

        size = self._style.fontSize
        runs = [(level, (level, run)) for level, run in self._runs(start, end)]
        at = self.width - self._wide(start, end) if self._from_right else 0.0
        letters = "".join(letter for letter in self._text[start:end] if letter not in UNSEEN)
        said = f"\ufeff{letters} ".encode("utf-16-be").hex().upper()
        vars(page)["_code"].append(f"/Span <</ActualText <{said}>>> BDC")
        for level, (begin, stop, face) in in_order(runs):
            found = shaped(self._text[begin:stop], face, self._language, from_right=level % 2 == 1)
            if found:
                line = page.beginText(at, base)
                line.setFont(face, size)
                measured: Any = [measures for _letter, measures in found]
                shapes = ShapedStr("".join(letter for letter, _measures in found), shapeData=measured)
                line._code.append(line._formatText(shapes))
                page.drawText(line)
                at += sum(measures.x_advance for _letter, measures in found) * size / 1000
        vars(page)["_code"].append("EMC")
