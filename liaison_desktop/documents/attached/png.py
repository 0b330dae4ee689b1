"""A PNG picture without texts, times and camera notes. The picture itself is copied byte for byte."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from liaison_desktop.documents.attached.found import BROKEN, Broken, Picture

HEAD = b"\x89PNG\r\n\x1a\n"
# The picture, and how its colours and its size are meant. Everything else may tell who, when and where.
_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"iCCP"))
_MOST_PROFILE = 1_000_000  # bytes a colour profile may grow to


def clean_png(content: bytes) -> Picture:
    """The picture with its pixels and colours alone. Raises Broken if it is no PNG that can be shown."""
    kept: list[bytes] = []
    size = (0, 0)
    for name, body, whole in _chunks(content):
        if not kept and name != b"IHDR":
            raise Broken(BROKEN)
        if name == b"IHDR":
            size = int.from_bytes(body[0:4]), int.from_bytes(body[4:8])
        if name in _KEPT and (name != b"iCCP" or _sound_profile(body)):
            kept.append(whole)
        if name == b"IEND":
            break
    if not all(size):
        raise Broken(BROKEN)
    return Picture(content=HEAD + b"".join(kept), wide=size[0], high=size[1])


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Name, body and bytes of each chunk."""
    place = len(HEAD)
    while True:
        length = int.from_bytes(content[place : place + 4])
        stop = place + 12 + length
        whole = content[place:stop]
        if len(whole) < 12 + length:
            raise Broken(BROKEN)
        name, body = whole[4:8], whole[8:-4]
        if zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:]):
            raise Broken(BROKEN)
        yield name, body, whole
        place = stop


def _sound_profile(body: bytes) -> bool:
    """Whether a packed colour profile is one of ordinary size."""
    packed = body.partition(b"\0")[2][1:]
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(packed, _MOST_PROFILE)
    except zlib.error:
        return False
    return unpacker.eof
