"""Photos and pictures as cameras and scanners write them, with what must not be stored. All drawn here."""

from __future__ import annotations

import struct
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

PLACE = b"41.8781N 87.6298W"
CAMERA = b"Pocket Camera 9"


def drawn(wide: int = 120, high: int = 80) -> QImage:
    """A picture with a dark and a light half, so that up and down can be told."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#E8C9B8"))
    painter = QPainter(image)
    painter.fillRect(0, 0, wide, high // 2, QColor("#8A3B2E"))
    painter.end()
    return image


def saved(image: QImage, form: str) -> bytes:
    """The bytes of a picture."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form, 90)
    return bytes(held.data())


def read(content: bytes) -> QImage:
    """The pixels of a stored picture, untouched by which way is up."""
    return QImage.fromData(content)


def notes(up: int = 1) -> bytes:
    """What a camera writes beside its picture: the orientation, its name, and where it was."""
    texts = CAMERA + b"\0" + PLACE + b"\0"
    entries = struct.pack(">HHIHH", 0x0112, 3, 1, up, 0)
    entries += struct.pack(">HHII", 0x010F, 2, len(CAMERA) + 1, 38)
    block = b"MM\0*" + struct.pack(">IH", 8, 2) + entries + struct.pack(">I", 0)
    block = block.ljust(38, b"\0") + texts
    return segment(0xE1, b"Exif\0\0" + block)


def segment(marker: int, body: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def photo(up: int = 1, more: bytes = b"") -> bytes:
    """A JPEG with camera notes, a comment, XMP, and a film behind its end as phones put it there."""
    plain = saved(drawn(), "JPG")
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:place>" + PLACE + b"</x:place>")
    return b"\xff\xd8" + notes(up) + xmp + segment(0xFE, PLACE) + more + plain[2:] + b"ftypmp42" + PLACE


def chunk(name: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def picture() -> bytes:
    """A PNG with a text, the time and camera notes."""
    plain = saved(drawn(), "PNG")
    head, rest = plain[:33], plain[33:]
    return head + chunk(b"tEXt", b"Place\0" + PLACE) + chunk(b"eXIf", b"MM\0*" + PLACE) + rest


def bomb_png() -> bytes:
    """A few bytes that claim to be a picture of 3,600 million pixels."""
    size = struct.pack(">II", 60_000, 60_000) + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def a_pdf(pages: int = 2) -> bytes:
    """A small PDF."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(300, 400))
    for number in range(pages):
        canvas.drawString(40, 350, f"Synthetic page {number + 1}")
        canvas.rect(40, 60, 200, 250, fill=1)
        canvas.showPage()
    canvas.save()
    return held.getvalue()
