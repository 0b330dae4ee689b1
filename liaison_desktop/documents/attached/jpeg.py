"""A JPEG photo without what its camera wrote beside the picture. The picture itself is copied byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liaison_desktop.documents.attached.found import BROKEN, Broken, Picture

_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # start of frame: height and width stand in it
_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a segment
_IN_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)  # what ends the pixels of a scan
# Each scan of a progressive photo is a pass over the whole picture; cameras write about ten.
_MOST_SCANS = 64
_ORIENTATION = 0x0112


def clean_jpeg(content: bytes) -> Picture:
    """The photo with its pixels, its colour profile and which way is up; place, time, camera and previews are gone.

    Raises Broken if it is no JPEG that can be shown.
    """
    kept, size, up = [], (0, 0), 1
    for marker, segment in _segments(content):
        if marker in _SIZES and len(segment) >= 9:
            size = int.from_bytes(segment[7:9]), int.from_bytes(segment[5:7])
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            up = _which_way_up(segment[10:]) or up
        if (held := _kept(marker, segment)) is not None:
            kept.append(held)
    if not all(size):
        raise Broken(BROKEN)
    head = b"\xff\xd8" + (_only_up(up) if up != 1 else b"")
    return Picture(content=head + b"".join(kept) + b"\xff\xd9", wide=size[0], high=size[1])


def _kept(marker: int, segment: bytes) -> bytes | None:
    """What stays of a segment, None if nothing does."""
    if marker == 0xE0:
        # The head of a JFIF file may hold a preview of the picture before it was cropped.
        return (
            b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0" if segment[4:9] == b"JFIF\0" and len(segment) > 17 else None
        )
    if marker == 0xE2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else None
    if marker == 0xEE:
        return segment if segment[4:9] == b"Adobe" else None  # says how the colours are meant
    # What makes the picture: frames, tables, scans, restarts. Whatever else there is belongs to somebody's notes.
    return segment if 0xC0 <= marker <= 0xDF else None


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the picture; what cameras put behind it is never reached."""
    place, scans = 2, 0
    while True:
        while content[place : place + 2] == b"\xff\xff":
            place += 1
        if len(content) < place + 2 and scans:
            return  # cut off behind its pixels, as some scanners do; an end is written in its place
        if len(content) < place + 2 or content[place] != 0xFF:
            raise Broken(BROKEN)
        marker = content[place + 1]
        if marker == _END:
            return
        if marker in _ALONE:
            place += 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4])
        stop = place + 2 + length
        if length < 2 or stop > len(content):
            raise Broken(BROKEN)
        if marker == _SCAN:
            scans += 1
            found = _IN_SCAN.search(content, stop)
            stop = found.start() if found else len(content)
        if scans > _MOST_SCANS:
            raise Broken("This photo is built in a way that takes too long to show.")
        yield marker, content[place:stop]
        place = stop


def _which_way_up(block: bytes) -> int:
    """The orientation, 1 to 8, in the camera's notes; 0 if they do not say."""
    order = {b"II": "little", b"MM": "big"}.get(block[:2])
    if order is None:
        return 0

    def number(at: int, length: int) -> int:
        return int.from_bytes(block[at : at + length], "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        at = first + 2 + entry * 12
        if number(at, 2) == _ORIENTATION:
            held = number(at + 8, 2)
            return held if 1 <= held <= 8 else 0
    return 0


def _only_up(up: int) -> bytes:
    """Camera's notes that hold the orientation and nothing else."""
    entry = _ORIENTATION.to_bytes(2) + b"\0\x03" + b"\0\0\0\x01" + up.to_bytes(2) + b"\0\0"
    block = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block
