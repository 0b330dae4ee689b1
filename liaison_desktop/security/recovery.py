"""The recovery key: 160 random bits as 40 characters a person can copy by hand, with a checksum against typing errors."""

from __future__ import annotations

import hashlib
import secrets

from liaison_desktop.errors import WrongPassphrase

RAW_BYTES = 20
GROUPS = 8
_GROUP = 5
_CHECK_BYTES = 5
# Crockford's base 32: no I, L, O or U, so that a printed key cannot be misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\n": "", "\t": "", "\u2010": "", "\u2013": ""}
)


class Mistyped(WrongPassphrase):
    """The text is not a recovery key: a character is missing, impossible or mistyped."""


def _checksum(raw: bytes) -> bytes:
    return hashlib.sha256(b"liaison-desktop/recovery-key/v1" + raw).digest()[:_CHECK_BYTES]


def new_recovery() -> bytes:
    """Twenty random bytes."""
    return secrets.token_bytes(RAW_BYTES)


def recovery_text(raw: bytes) -> str:
    """The key as printed: eight groups of five characters."""
    number = int.from_bytes(raw + _checksum(raw), "big")
    letters = "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(GROUPS * _GROUP)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def read_recovery(text: str) -> bytes:
    """The bytes of a typed key; case, spaces and hyphens do not matter, O reads as 0, I and L as 1. Raises Mistyped."""
    letters = text.strip().upper().translate(_MISREAD)
    if len(letters) != GROUPS * _GROUP:
        raise Mistyped(f"A recovery key has {GROUPS * _GROUP} characters; this has {len(letters)}.")
    if any(letter not in _ALPHABET for letter in letters):
        raise Mistyped("A recovery key has only digits and the letters A to Z without U. Check what you typed.")
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    whole = number.to_bytes(RAW_BYTES + _CHECK_BYTES, "big")
    if not secrets.compare_digest(_checksum(whole[:RAW_BYTES]), whole[RAW_BYTES:]):
        raise Mistyped("There is a typing error in the recovery key. Compare it with your printed copy.")
    return whole[:RAW_BYTES]


def groups_to_retype() -> tuple[int, int]:
    """Two different groups, counted from 1 and in order, that prove the key was written down."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), 2))
    return first, second


def group_matches(text: str, group: int, typed: str) -> bool:
    """Whether a person typed that group (counted from 1) of the recovery key."""
    wanted = text.split("-")[group - 1]
    return secrets.compare_digest(wanted, typed.strip().upper().translate(_MISREAD).encode("ascii", "ignore").decode())
