"""Serves the application by uvicorn: over TLS, or in the clear to this machine alone."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import msgspec
import uvicorn

from liaison_desktop.errors import Fault, Refused, StoreMissing
from liaison_desktop.server.application import make_application
from liaison_desktop.server.database import Database


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where to listen, and the certificate and key (PEM) to do it with."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """How a laptop calls it."""
        scheme = "https" if self.certificate else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address. A name is not asked about: it may mean anything."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def settled(database: Database, address: Address) -> uvicorn.Server:
    """The server, ready to run. Raises Refused where it would listen to others without TLS, StoreMissing for its files."""
    if address.certificate is None and not is_loopback(address.host):
        words = "Health records travel over HTTPS only. Give --certificate and --key, or listen on 127.0.0.1 alone."
        raise Refused((Fault(field="certificate", message=words),))
    for path in (address.certificate, address.key):
        if path is not None and not path.is_file():
            raise StoreMissing(f"There is no file {path.name}.")
    return uvicorn.Server(
        uvicorn.Config(
            make_application(database),
            host=address.host,
            port=address.port,
            ssl_certfile=address.certificate,
            ssl_keyfile=address.key,
            # A line of access names records by their paths, and the organisation's journal knows it all anyway.
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            limit_concurrency=200,
            timeout_keep_alive=30,
            h11_max_incomplete_event_size=32 * 1024,
        )
    )
