"""What a doctor is shown beside the request: the name, the place, and the statement in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.signing import MEANINGS, Signature

if TYPE_CHECKING:
    from liaison_desktop.policies import Policy
    from liaison_desktop.store import Store


def name_shown(person: Person | None) -> str:
    """The name with the letters after it."""
    if person is None:
        return ""
    letters = ", ".join(one.label for one in person.credential)
    return ", ".join(part for part in (person.title(), letters) if part)


def place_shown(place: Institution | None) -> str:
    """The place of work with its town."""
    if place is None:
        return ""
    return ", ".join(part for part in (place.name, place.city, place.region) if part.strip())


def statement_words(policy: Policy, name: str, *, email: bool) -> tuple[str, str]:
    """Version and paragraphs of a statement of the policy; `email` adds the consent that the same signature gives."""
    parts = (*policy.words(name), *(policy.words("email_consent") if email else ()))
    return " ".join(policy.words(f"{name}_version")), "\n\n".join(parts)


def dated(store: Store, signature: Signature) -> Signature:
    """The signature with moment, zone, device and the meaning of its role: set here and never by who signs."""
    now = store.clock()
    return msgspec.structs.replace(
        signature,
        signed_at=now,
        zone=now.tzname() or "",
        device=store.device.name,
        meaning=MEANINGS[signature.role],
    )
