"""Codes for machines: a QR code drawn as one path, and a Code 128 barcode."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode import code128, qrencoder
from reportlab.platypus import Flowable


class Qr(Flowable):
    """A QR code. Horizontal runs of dark squares make one path, ten times cheaper than a shape for each square.

    It holds plain letters, at most 300: what else came in a number is left out, and whoever scans finds no such document.
    """

    def __init__(self, words: str, size: float) -> None:
        super().__init__()
        self._words = "".join(letter for letter in words if 32 <= ord(letter) < 127)[:300]
        self.width = self.height = size

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size it was given."""
        return self.width, self.height

    def draw(self) -> None:
        """Put the code on the page."""
        code: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
        code.addData(self._words)
        code.make()
        count = code.getModuleCount()
        side = self.width / count
        page: Any = self.canv
        path = page.beginPath()
        for number, row in enumerate(code.modules):
            column = 0
            while column < count:
                start = column
                while column < count and row[column]:
                    column += 1
                if column > start:
                    # A hair of overlap, or some viewers show white lines between the rows.
                    path.rect(start * side, self.height - (number + 1) * side, (column - start) * side, side + 0.01)
                column += 1
        page.setFillColorRGB(0, 0, 0)
        page.drawPath(path, stroke=0, fill=1, fillMode=1)


def barcode(words: str, height: float, most_width: float) -> Flowable | None:
    """A Code 128 barcode no wider than that, or None if the words cannot be one that a scanner would still read."""
    if not words or not all(32 <= ord(letter) < 127 for letter in words):
        return None
    wide = 0.72
    code = code128.Code128(words, barHeight=height, barWidth=wide, humanReadable=False, quiet=False)
    if code.width > most_width:
        wide = wide * most_width / code.width
        code = code128.Code128(words, barHeight=height, barWidth=wide, humanReadable=False, quiet=False)
    # Below half a point (0.18 mm) bars melt together on an office printer.
    return code if wide >= 0.5 else None
