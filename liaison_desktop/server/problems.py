"""What a request could not be done for, as the reply says it (RFC 9457)."""

from __future__ import annotations

from typing import Any

from liaison_desktop.sync.wire import ProblemCode, ProblemDetails

_STATUS = {
    ProblemCode.NONCE: (401, "Sign the nonce"),
    ProblemCode.TOKEN: (401, "The token is not known or has run out"),
    ProblemCode.REVOKED: (401, "This device was revoked"),
    ProblemCode.SIGNATURE: (422, "The signature is not that of this device"),
    ProblemCode.CODE: (403, "This code opens nothing"),
    ProblemCode.FORBIDDEN: (403, "This is for somebody else"),
    ProblemCode.NOT_FOUND: (404, "There is no such thing here"),
    ProblemCode.INVALID: (422, "The request is not well formed"),
    ProblemCode.TOO_LARGE: (413, "The request is too large"),
    ProblemCode.BUSY: (503, "The server is busy"),
    ProblemCode.GAP: (409, "Operations are missing before these"),
    ProblemCode.FORK: (409, "The server has another operation of this number"),
    ProblemCode.CHAIN: (422, "An operation does not follow the one before it"),
    ProblemCode.CURSOR_EXPIRED: (410, "The feed no longer goes back so far"),
    ProblemCode.EPOCH: (409, "The server was restored since"),
    ProblemCode.TOO_OLD: (426, "This version may push and no more"),
    ProblemCode.HASH: (422, "The bytes are not what their hash says"),
    ProblemCode.MISSING: (409, "Pieces of the file are missing"),
    ProblemCode.RANGE: (416, "The file has no such range"),
    ProblemCode.METHOD: (405, "This cannot be done here"),
    ProblemCode.MEDIA: (415, "The body is of another kind"),
    ProblemCode.FAILED: (500, "The server failed; nothing was done"),
}


class NotDone(Exception):
    """The request was not done; `problem` is the reply."""

    def __init__(self, code: ProblemCode, detail: str = "", **members: Any) -> None:
        status, title = _STATUS[code]
        self.problem = ProblemDetails(code=code, status=status, title=title, detail=detail, **members)
        super().__init__(code.value)


def statuses() -> tuple[int, ...]:
    """Every status a problem may have."""
    return tuple(sorted({status for status, _title in _STATUS.values()}))
