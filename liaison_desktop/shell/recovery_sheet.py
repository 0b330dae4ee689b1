"""The recovery key on one sheet of paper. Drawn by Qt, so that no PDF library is loaded on the first run."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from liaison_desktop.i18n import tr
from liaison_desktop.shell.places import Place
from liaison_desktop.ui.fonts import FAMILY

_DPI = 144
_WORDS = tr(
    "With this key the store can be opened when the passphrase is forgotten. Whoever has this sheet and the laptop can "
    "read every record: keep it locked away, apart from the laptop. A new recovery key makes this one worthless."
)


def recovery_sheet(text: str, place: Place, made: dt.datetime) -> bytes:
    """One Letter page: what it is for, the day, and the key in numbered groups."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Portrait, QMarginsF(54, 54, 54, 54))
    )
    writer.setTitle("Liaison Desktop")
    painter = QPainter(writer)
    wide = float(writer.width())
    painter.setFont(_font(20, 600))
    painter.drawText(QRectF(0, 0, wide, 60), tr("Recovery key"))
    painter.setFont(_font(12, 400))
    painter.drawText(QRectF(0, 64, wide, 30), tr("Liaison Desktop, {workspace}", workspace=place.title))
    painter.drawText(QRectF(0, 94, wide, 30), tr("Made on {day}", day=made.date().isoformat()))
    painter.drawText(QRectF(0, 150, wide, 160), int(Qt.TextFlag.TextWordWrap), _WORDS)
    column, line = wide / 4, 110.0
    for number, group in enumerate(text.split("-")):
        x, y = (number % 4) * column, 330 + (number // 4) * line
        painter.setFont(_font(9, 400))
        painter.drawText(QRectF(x, y, column, 24), str(number + 1))
        painter.setFont(_font(20, 600))
        painter.drawText(QRectF(x, y + 26, column, 60), group)
    painter.end()
    buffer.close()
    return bytes(content.data())


def _font(points: int, weight: int) -> QFont:
    made = QFont(FAMILY, points)
    made.setWeight(QFont.Weight(weight))
    return made
