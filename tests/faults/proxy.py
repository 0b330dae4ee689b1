"""A line that cuts, delays, doubles and swaps requests at random bytes, in a process of its own.

It reads a request whole, so that it can do to it what a bad network and a middlebox do: tear it, tear the reply, lose the
reply of what was done, deliver it twice, deliver it after later ones. Every choice comes from a seed.
"""

from __future__ import annotations

import asyncio
import random
import re
import socket
from multiprocessing.synchronize import Event

_LENGTH = re.compile(rb"^content-length: *(\d+)\r?$", re.IGNORECASE | re.MULTILINE)
Address = tuple[str, int]
FAULTS = ("tear the request", "tear the reply", "lose the reply", "twice", "late", "slow")


class Proxy:
    """Passes requests on to a server. `bad` says whether it does harm now; `often` is the share of requests it harms."""

    def __init__(self, target: Address, seed: int, bad: Event, often: float = 0.25) -> None:
        self._target, self._chance, self._bad, self._often = target, random.Random(seed), bad, often
        self._late: list[bytes] = []

    async def serve(self, listening: socket.socket) -> None:
        """Serve for ever."""
        server = await asyncio.start_server(self._connected, sock=listening, limit=1 << 25)
        async with server:
            await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await message(reader):
                if not await self._pass_on(request, writer):
                    break
        except (OSError, EOFError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def _pass_on(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """One request; whether the line goes on afterwards."""
        chance = self._chance
        fault = chance.choice(FAULTS) if self._bad.is_set() and chance.random() < self._often else ""
        if fault == "tear the request":
            await self._ask(request[: chance.randrange(1, len(request))], waits=False)
            return False
        if fault == "late":
            self._late.append(request)  # it arrives after later ones, when nobody waits for its reply
            return False
        if fault == "slow":
            await asyncio.sleep(chance.uniform(0.001, 0.03))
        if fault == "twice":
            await self._ask(request)
        reply = await self._ask(request)
        while self._late and chance.random() < 0.5:
            await self._ask(self._late.pop(chance.randrange(len(self._late))))
        if not reply or fault == "lose the reply":
            return False
        whole = fault != "tear the reply"
        writer.write(reply if whole else reply[: chance.randrange(len(reply))])
        await writer.drain()
        return whole

    async def _ask(self, request: bytes, *, waits: bool = True) -> bytes:
        reader, writer = await asyncio.open_connection(*self._target, limit=1 << 25)
        try:
            writer.write(request)
            await writer.drain()
            return await message(reader) if waits else b""
        except (OSError, EOFError):
            return b""
        finally:
            writer.close()


async def message(reader: asyncio.StreamReader) -> bytes:
    """A whole request or reply of HTTP/1.1 with a known length; empty at the end of the line. Raises EOFError if torn."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return b""
    found = _LENGTH.search(head)
    return head + (await reader.readexactly(int(found[1])) if found else b"")


def run(listening: socket.socket, target: Address, seed: int, bad: Event) -> None:
    """What the process of a proxy does."""
    asyncio.run(Proxy(target, seed, bad).serve(listening))
