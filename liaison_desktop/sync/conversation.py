"""Requests that the server can believe, and replies that we may believe.

A reply counts only if it has the server's media type and says our request's own id: a sign-in page of a hotel answers
"200 OK" to anything, and must never be taken for "everything was saved".
"""

from __future__ import annotations

import uuid
from typing import TypeVar

import msgspec

from liaison_desktop.errors import TurnedAway, Unreachable
from liaison_desktop.i18n import tr
from liaison_desktop.sync import signed, wire
from liaison_desktop.sync.transport import Reply, Transport

T = TypeVar("T")
_MEDIA = wire.MEDIA_TYPE.partition(";")[0]
_SMALL = 1024  # bytes below which compressing brings nothing
_WORDS = {
    wire.ProblemCode.CODE: "This code opens nothing: it was used, is too old, or was mistyped.",
    wire.ProblemCode.REVOKED: "This laptop was taken off the list of the organisation.",
    wire.ProblemCode.TOO_OLD: "This version of the application is too old for the server. Records are still sent.",
    wire.ProblemCode.BUSY: "The server is busy. It is tried again.",
}


class Objection(TurnedAway):
    """The server's own word for why it did not do it."""

    def __init__(self, told: wire.ProblemDetails) -> None:
        words = _WORDS.get(told.code, "The server would not do this. Nothing is lost; it is tried again.")
        super().__init__(tr(words), told.code.value)
        self.told = told


class Conversation:
    """Talks to one server as one device. Not for two threads at once."""

    def __init__(self, transport: Transport, device: uuid.UUID | None = None, key: bytes = b"") -> None:
        self._transport, self._device, self._key = transport, device, key
        self._token = ""

    def ask(self, target: str, body: msgspec.Struct, gives: type[T]) -> T:
        """POST a struct, unsigned: enrolment, tokens and orders, which carry their own proof."""
        return self._decoded(self._sent("POST", target, _encoded(body), {}), gives)

    def post(self, target: str, body: msgspec.Struct, gives: type[T]) -> T:
        """POST a struct as this device. Raises Objection, Unreachable."""
        return self._decoded(self._signed("POST", target, _encoded(body)), gives)

    def fetch(self, target: str, gives: type[T]) -> T:
        """GET a struct as this device."""
        return self._decoded(self._signed("GET", target, b""), gives)

    def put_bytes(self, target: str, content: bytes) -> None:
        """PUT plain bytes as this device."""
        self._decoded(self._signed("PUT", target, content, wraps=False), wire.Empty)

    def get_bytes(self, target: str, most: int) -> bytes:
        """GET plain bytes as this device; whoever asked checks them by their hash."""
        reply = self._signed("GET", target, b"")
        if reply.status not in (200, 206):
            raise self._problem(reply)
        return _unpacked(reply, most)

    # -- one request --------------------------------------------------------------------------------------------------
    def _signed(self, method: str, target: str, content: bytes, *, wraps: bool = True) -> Reply:
        for attempt in (1, 2):
            token = self._token or self._new_token()
            reply = self._sent(method, target, content, {wire.TOKEN: f"Liaison {token}"}, token, wraps=wraps)
            if attempt == 1 and reply.status == 401 and self._problem(reply).told.code is wire.ProblemCode.TOKEN:
                self._token = ""  # it has run out: one more try with another
                continue
            return reply
        return reply

    def _new_token(self) -> str:
        if self._device is None:
            raise LookupError("nobody speaks without an account")
        target, asked = f"{wire.ROOT}/token", wire.TokenRequest(device=self._device)
        for _attempt in (1, 2, 3):
            try:
                self._token = self.ask(target, asked, wire.Token).access
                return self._token
            except Objection as problem:
                if problem.told.code is not wire.ProblemCode.NONCE or not problem.told.nonce:
                    raise
                nonce = problem.told.nonce
                message = signed.token_message(nonce, self._device, self._transport.host)
                asked = wire.TokenRequest(device=self._device, nonce=nonce, signature=signed.sign(self._key, message))
        raise Unreachable(tr("The server does not let this laptop in just now. It is tried again."))

    def _sent(
        self, method: str, target: str, content: bytes, headers: dict[str, str], token: str = "", *, wraps: bool = True
    ) -> Reply:
        request_id = str(uuid.uuid4())
        said = {wire.REQUEST_ID: request_id, "Accept-Encoding": "zstd, identity", **headers}
        if content:
            said["Content-Type"] = wire.MEDIA_TYPE if wraps else "application/octet-stream"
        if wraps and len(content) > _SMALL:
            import zstandard

            content = zstandard.ZstdCompressor(level=3).compress(content)
            said["Content-Encoding"] = "zstd"
        if token:
            message = signed.request_message(method, target, content, token, request_id)
            said[wire.SIGNATURE] = signed.sign(self._key, message)
        reply = self._transport.send(method, target, content, said)
        if reply.headers.get(wire.REQUEST_ID.lower()) != request_id:
            raise Unreachable(
                tr(
                    "Something between this laptop and the server answered in its place, such as the sign-in page of a network."
                )
            )
        return reply

    def _decoded(self, reply: Reply, gives: type[T]) -> T:
        if not 200 <= reply.status < 300:
            raise self._problem(reply)
        if reply.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA:
            raise Unreachable(tr("What answered does not speak as the server does."))
        try:
            return msgspec.json.decode(_unpacked(reply, wire.LIMITS.bytes * 4), type=gives)
        except msgspec.DecodeError:
            raise Unreachable(tr("The server's answer cannot be read. It may be of a newer version.")) from None

    def _problem(self, reply: Reply) -> Objection:
        if reply.headers.get("content-type", "").partition(";")[0].strip().lower() != wire.PROBLEM_TYPE:
            raise Unreachable(tr("What answered does not speak as the server does."))
        try:
            return Objection(msgspec.json.decode(_unpacked(reply, 65536), type=wire.ProblemDetails))
        except msgspec.DecodeError:
            raise Unreachable(tr("The server's answer cannot be read. It may be of a newer version.")) from None


def _encoded(body: msgspec.Struct) -> bytes:
    return msgspec.json.encode(body)


def _unpacked(reply: Reply, most: int) -> bytes:
    """The body without its compression, bounded: no more is unpacked than a server would send."""
    encoding = reply.headers.get("content-encoding", "").strip().lower()
    content = reply.content
    if encoding == "zstd":
        import zstandard

        try:
            unpacking = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024)
            content = unpacking.stream_reader(content).read(most + 1)
        except zstandard.ZstdError:
            raise Unreachable(tr("The server's answer arrived broken. It is tried again.")) from None
    elif encoding not in ("", "identity"):
        raise Unreachable(tr("What answered does not speak as the server does."))
    if len(content) > most:
        raise Unreachable(tr("What answered sent far more than the server would."))
    return content
