"""Who is about to sign, and what a turned screen says to them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

import msgspec

from liaison_desktop.signing import MEANINGS, Role

DECIDING = (Role.PATIENT, Role.REPRESENTATIVE)
TITLES: Mapping[Role, str] = {
    Role.WITNESS: "You are the witness",
    Role.SECOND_WITNESS: "You are the second witness",
    Role.INTERPRETER: "You interpreted the talk",
    Role.PRACTITIONER: "You explained the procedure",
    Role.PERSON_OBTAINING: "You took this consent",
    Role.RN_REVIEWER: "You reviewed this consent",
    Role.PHYSICIAN_CONCURRENCE: "You concur",
}


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who is about to sign in which role. `mark` for a mark in place of a name; `is_actor` for who is working.

    `adult` is the answer to whether a witness is 18 or older; None for who need not be asked.
    """

    role: Role
    name: str
    credential: str = ""
    relationship: str = ""
    person_id: uuid.UUID | None = None
    mark: bool = False
    is_actor: bool = False
    adult: bool | None = None

    @property
    def decides(self) -> bool:
        """Whether this is who agrees or not."""
        return self.role in DECIDING

    def words(self) -> str:
        """What the signature of somebody who does not decide says, and no more."""
        return f"{self.name}, with your signature you say: {MEANINGS[self.role]}. It says nothing more."


class Editions:
    """The document as it is shown: in usual letters, and made anew in large print when somebody asks for it."""

    def __init__(self, usual: bytes, large: Callable[[], bytes]) -> None:
        self._usual, self._make, self._large = usual, large, b""
        self.is_large = False

    def turn(self) -> None:
        """The other edition. Raises Unprintable if it cannot be made; then the edition stays."""
        if not self.is_large and not self._large:
            self._large = self._make()
        self.is_large = not self.is_large

    @property
    def shown(self) -> bytes:
        """The bytes on the screen now: what is signed is the hash of these."""
        return self._large if self.is_large else self._usual

    @property
    def name(self) -> str:
        """How it was shown."""
        return "Large print" if self.is_large else "Usual print"
