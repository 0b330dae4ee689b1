"""Bodies in and out: bounded, decompressed and decoded on the way in, encoded and compressed on the way out."""

from __future__ import annotations

import functools
import zlib
from typing import Any

import msgspec
import zstandard
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from liaison_desktop.server.filing import Part
from liaison_desktop.server.problems import NotDone
from liaison_desktop.sync.wire import LIMITS, MEDIA_TYPE, PROBLEM_TYPE, REQUEST_ID, ProblemCode, ProblemDetails

_SMALL = 1024  # bytes below which compressing brings nothing
_encode = msgspec.json.Encoder().encode
_TYPES = ("application/vnd.liaison.sync+json", "application/json")


async def read_body(request: Request) -> bytes:
    """The bytes as they came, at most the limit. Raises NotDone `too_large`."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > LIMITS.bytes:
                raise NotDone(ProblemCode.TOO_LARGE)
            parts.append(part)
    except ClientDisconnect:
        raise NotDone(ProblemCode.INVALID, "the request was cut off") from None
    return b"".join(parts)


def inflated(content: bytes, encoding: str) -> bytes:
    """The body without its compression, bounded. Raises NotDone: `media`, `too_large`, `invalid`."""
    if encoding in ("", "identity"):
        return content
    if encoding not in ("zstd", "gzip"):
        raise NotDone(ProblemCode.MEDIA, "zstd, gzip or nothing")
    try:
        return _unzstd(content) if encoding == "zstd" else _ungzip(content)
    except (zstandard.ZstdError, zlib.error):
        raise NotDone(ProblemCode.INVALID, "the body does not decompress") from None


def _unzstd(content: bytes) -> bytes:
    # The frame's own word for its size is not believed: no more is unpacked than may be.
    found = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024).stream_reader(content).read(LIMITS.bytes + 1)
    if len(found) > LIMITS.bytes:
        raise NotDone(ProblemCode.TOO_LARGE)
    return found


def _ungzip(content: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    found = unpacking.decompress(content, LIMITS.bytes + 1)
    if len(found) > LIMITS.bytes:
        raise NotDone(ProblemCode.TOO_LARGE)
    if not unpacking.eof:
        raise NotDone(ProblemCode.INVALID, "the body does not decompress")
    return found


@functools.cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decoded(content: bytes, kind: Any, media_type: str) -> Any:
    """The struct a body holds. Raises NotDone: `media`, `invalid`. A value of the body is never repeated."""
    if media_type.partition(";")[0].strip().lower() not in _TYPES:
        raise NotDone(ProblemCode.MEDIA, MEDIA_TYPE)
    try:
        return _decoder(kind).decode(content)
    except msgspec.ValidationError as error:
        place = str(error).rpartition(" - at `")[2].rstrip("`")
        raise NotDone(ProblemCode.INVALID, f"at {place[:120]}" if place.startswith("$") else "") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotDone(ProblemCode.INVALID, "the body is not JSON") from None


def reply(value: Any, request: Request, status: int = 200) -> Response:
    """A reply, compressed where the caller understands it."""
    headers = {"Cache-Control": "no-store", REQUEST_ID: request.headers.get(REQUEST_ID, "")[:100]}
    if isinstance(value, Part):
        headers |= {"Accept-Ranges": "bytes"}
        whole = value.start == 0 and value.end == value.size
        if not whole:
            headers["Content-Range"] = f"bytes {value.start}-{value.end - 1}/{value.size}"
        code = 200 if whole else 206
        return Response(value.content, code, headers=headers, media_type="application/octet-stream")
    content = _encode(value)
    headers["Vary"] = "Accept-Encoding"
    if len(content) > _SMALL and "zstd" in request.headers.get("Accept-Encoding", ""):
        content = zstandard.ZstdCompressor(level=3).compress(content)
        headers["Content-Encoding"] = "zstd"
    return Response(content, status, headers=headers, media_type=MEDIA_TYPE)


def problem_reply(problem: ProblemDetails, request: Request) -> Response:
    """A problem as RFC 9457 has it."""
    headers = {"Cache-Control": "no-store", REQUEST_ID: request.headers.get(REQUEST_ID, "")[:100]}
    if problem.status == 503:
        headers["Retry-After"] = "5"
    return Response(_encode(problem), problem.status, headers=headers, media_type=PROBLEM_TYPE)
