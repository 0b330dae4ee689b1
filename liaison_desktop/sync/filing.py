"""Files in pieces of at most 1 MiB: only what the other side lacks travels, and a torn transfer goes on where it tore."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from liaison_desktop.errors import Missing, Unreachable
from liaison_desktop.i18n import tr
from liaison_desktop.store.store import Store
from liaison_desktop.sync import wire
from liaison_desktop.sync.conversation import Conversation, Objection

if TYPE_CHECKING:
    from liaison_desktop.sync.round import Step


def send_files(store: Store, conversation: Conversation, told: Step) -> None:
    """Send the files that the server said it lacks."""
    names = store.central.files("up")
    for number, name in enumerate(names):
        told(number, len(names))
        try:
            content = store.attachments.get(name)
        except Missing:
            content = b""
        if content:
            _send(conversation, name, content)
        with store.central.receiving() as receiving:
            receiving.file_done(name, "up")


def _send(conversation: Conversation, name: str, content: bytes) -> None:
    size = wire.LIMITS.chunk
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    hashes = tuple(hashlib.sha256(piece).hexdigest() for piece in pieces)
    offer = wire.FileOffer(sha256=name, size=len(content), pieces=hashes)
    wanted = conversation.post(f"{wire.ROOT}/files", offer, wire.FileWanted)
    for number in wanted.missing:
        conversation.put_bytes(f"{wire.ROOT}/files/{name}/{number}", pieces[number])
    if not wanted.complete:
        conversation.post(f"{wire.ROOT}/files/{name}/commit", wire.Empty(), wire.FileWanted)


def receive_files(store: Store, conversation: Conversation, told: Step) -> None:
    """Fetch the files that records from elsewhere refer to. One that its author has not sent yet is asked for again later."""
    names = store.central.files("down")
    for number, name in enumerate(names):
        told(number, len(names))
        try:
            content = conversation.get_bytes(f"{wire.ROOT}/files/{name}", wire.LIMITS.file)
        except Objection as problem:
            if problem.told.code in (wire.ProblemCode.NOT_FOUND, wire.ProblemCode.MISSING):
                continue
            raise
        if hashlib.sha256(content).hexdigest() != name:
            raise Unreachable(tr("A file arrived broken. It is fetched again."))
        with store.central.receiving() as receiving:
            receiving.file_done(name, "down", content)
