"""What was signed stays as it was: asked by every kind that holds signatures over its own content."""

from __future__ import annotations

from collections.abc import Set
from typing import ClassVar, Protocol

from liaison_desktop.errors import Fault
from liaison_desktop.signing import Signature


class Signed(Protocol):
    """A record with signatures."""

    __struct_fields__: ClassVar[tuple[str, ...]]

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """In the order they were given."""
        ...


def sealing_faults(previous: Signed, now: Signed, free: Set[str]) -> tuple[Fault, ...]:
    """Refuse any change outside the `free` fields, and any signature taken out or put before another."""
    kept = now.signatures[: len(previous.signatures)] == previous.signatures
    changed = [
        name for name in now.__struct_fields__ if name not in free and getattr(now, name) != getattr(previous, name)
    ]
    if kept and not changed:
        return ()
    message = "This consent is signed. Nothing in it can change; a withdrawal is recorded beside it."
    return (Fault(field=changed[0] if changed else "signatures", message=message, rule="SEAL"),)
