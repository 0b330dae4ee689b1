"""The one place that speaks HTTP. Everything else sees requests and replies as values."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

import msgspec

from liaison_desktop.errors import Fault, Refused, Unreachable
from liaison_desktop.i18n import tr

CONNECT_S, READ_S = 5.0, 30.0
MOST_BYTES = 16 * 1024 * 1024  # of one reply, before it is unpacked
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Reply(msgspec.Struct, frozen=True):
    """What came back: status, headers by their lower-case names, body as it travelled."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Transport(Protocol):
    """Sends one request. Raises Unreachable if there was no reply."""

    host: str

    def send(self, method: str, target: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        """One request to path and query `target`, and its reply."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


def is_installed() -> bool:
    """Whether the extra `sync` came with this installation."""
    return all(importlib.util.find_spec(name) is not None for name in ("httpx2", "zstandard"))


def checked_address(text: str) -> str:
    """The address of a server as it is kept. Raises Refused unless it is HTTPS, or HTTP on this very machine."""
    address = text.strip().rstrip("/")
    if address and "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.username or parts.query or parts.fragment or parts.path:
        raise Refused((Fault(field="server", message=tr("This is not the address of a server.")),))
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        message = tr("Records travel over HTTPS alone. The address must begin with https://.")
        raise Refused((Fault(field="server", message=message),))
    return address


def is_on_this_machine(address: str) -> bool:
    """Whether a checked address is that of a server on this very machine."""
    return urlsplit(address).hostname in _LOOPBACK


class HttpTransport:
    """One server over HTTP/1.1, kept alive between requests. The client library is loaded at the first request."""

    def __init__(self, address: str) -> None:
        self._address = checked_address(address)
        self.host = urlsplit(self._address).netloc
        self._client: Any = None

    def send(self, method: str, target: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        """One request; redirects are not followed, because whoever redirects is not the server. Raises Unreachable."""
        import httpx2

        if self._client is None:
            timeout = httpx2.Timeout(READ_S, connect=CONNECT_S)
            self._client = httpx2.Client(base_url=self._address, timeout=timeout, follow_redirects=False)
        try:
            with self._client.stream(method, target, content=content, headers=dict(headers)) as answer:
                parts, size = [], 0
                for part in answer.iter_raw():
                    size += len(part)
                    if size > MOST_BYTES:
                        raise Unreachable(tr("What answered sent far more than the server would."))
                    parts.append(part)
                named = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status_code, named, b"".join(parts))
        except httpx2.HTTPError:
            raise Unreachable(tr("The server cannot be reached. Records wait here and are sent later.")) from None

    def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None
