"""What bounds and names everything that travels: routes, media types, limits, problems, the types of texts."""

from __future__ import annotations

import enum
import uuid
from typing import Annotated, Final

import msgspec

ROOT = "/sync/v1"
PROTOCOL = 1  # raised when a struct here changes in a way that an older reader would misread
MEDIA_TYPE = "application/vnd.liaison.sync+json;v=1"
PROBLEM_TYPE = "application/problem+json"
REQUEST_ID = "X-Request-Id"
TOKEN = "Authorization"  # `Liaison <token>`
SIGNATURE = "X-Device-Signature"

# The two acts of a journal that make a version; every other act is only kept.
SAVED = "saved"
REMOVED = "removed"
NO_VERSION: Final = uuid.UUID(int=0)

Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
SignatureText = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{128}$")]
Number = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Reason = Annotated[str, msgspec.Meta(max_length=100_000)]
Code = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{0,64}$")]
FeedId = Annotated[str, msgspec.Meta(pattern="^[a-z]{1,32}/(u|t|ref):[0-9a-f-]{36}$")]


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what travels. Unknown fields are skipped, so that an older reader understands a newer writer."""


class Limits(Struct, frozen=True, kw_only=True):
    """What one request may hold. Sizes in bytes, `bytes` after decompression."""

    ops: int = 500
    bytes: int = 4 * 1024 * 1024
    chunk: int = 1024 * 1024
    file: int = 64 * 1024 * 1024


LIMITS = Limits()


class ProblemCode(enum.StrEnum):
    """Why a request was not done. The code is stable; the words beside it are not."""

    NONCE = "nonce"  # 401: sign this nonce
    TOKEN = "token"  # 401: the token is unknown or has run out; ask for another
    REVOKED = "revoked"  # 401: this device may fetch its order and nothing else
    SIGNATURE = "signature"  # 422: a signature is not that of this device
    CODE = "code"  # 403: no such enrolment code, or it is used, too old or tried too often
    FORBIDDEN = "forbidden"  # 404 as not_found where the thing must not be known to exist
    NOT_FOUND = "not_found"  # 404
    INVALID = "invalid"  # 422: no such request
    TOO_LARGE = "too_large"  # 413: send half of it
    BUSY = "busy"  # 503 or 429 with Retry-After
    GAP = "gap"  # 409: `acked` is the last operation the server has
    FORK = "fork"  # 409: operation `at` is another one here; ask for an incarnation
    CHAIN = "chain"  # 422: the hash of operation `at` does not follow
    CURSOR_EXPIRED = "cursor_expired"  # 410: reconcile, then pull from `floor`
    EPOCH = "epoch"  # 409: the server was restored; say hello
    TOO_OLD = "too_old"  # 426: this version may push, no more
    HASH = "hash"  # 422: a file or a piece of it is not what its name says
    MISSING = "missing"  # 409: pieces of the file are not here yet
    RANGE = "range"  # 416
    METHOD = "method"  # 405
    MEDIA = "media"  # 415
    FAILED = "failed"  # 500: a fault of the server; nothing was done


class ProblemDetails(Struct, frozen=True, kw_only=True):
    """RFC 9457. The members after `detail` stand beside the codes that name them."""

    type: str = "about:blank"
    title: str = ""
    status: int = 500
    code: ProblemCode = ProblemCode.FAILED
    detail: str = ""
    nonce: str = ""
    at: int = 0
    acked: int = 0
    chain: str = ""
    floor: int = 0
    epoch: str = ""


Authored = msgspec.Raw | msgspec.UnsetType  # the very bytes of a record, or none


def raw(content: bytes | None) -> Authored:
    """Authored bytes as they travel; none at all is left out."""
    return msgspec.Raw(content) if content else msgspec.UNSET


def bytes_of(body: Authored) -> bytes:
    """The bytes again, empty where there are none."""
    return b"" if body is msgspec.UNSET else bytes(body)
