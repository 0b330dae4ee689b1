"""A PIN by which somebody approves something on a colleague's open screen. It opens no store: the passphrase does.

Whoever can read the verifier has the open store already, so its cost only has to slow guessing at the keyboard; the
throttle does the rest.
"""

from __future__ import annotations

import binascii
import hmac
import itertools
import secrets

import msgspec

from liaison_desktop.errors import Damaged
from liaison_desktop.security.keys import wipe
from liaison_desktop.security.passphrase import SALT_BYTES, Cost, passphrase_key

LEAST, MOST = 6, 12  # digits
_COST = Cost(memory_kib=19 * 1024, passes=2, lanes=1)  # OWASP's floor for Argon2id; about 30 ms


class _Verifier(msgspec.Struct, frozen=True):
    salt: bytes
    key: bytes
    cost: Cost


def weigh_pin(pin: str) -> str:
    """What is wrong with a PIN, as a sentence; empty if it may be used."""
    if not (pin.isascii() and pin.isdigit()):
        return "A PIN has digits only."
    if not LEAST <= len(pin) <= MOST:
        return f"A PIN has {LEAST} to {MOST} digits."
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    if len(set(pin)) < 3 or steps in ({1}, {-1}):
        return "This PIN is too easy to guess."
    return ""


def pin_verifier(pin: str) -> str:
    """What is kept in place of a PIN."""
    salt = secrets.token_bytes(SALT_BYTES)
    key = passphrase_key(pin, salt, _COST)
    try:
        return msgspec.json.encode(_Verifier(salt, bytes(key), _COST)).decode()
    finally:
        wipe(key)


def pin_fits(pin: str, verifier: str) -> bool:
    """Whether it is the PIN of this verifier; takes about 30 ms. Raises Damaged if the verifier cannot be read."""
    try:
        kept = msgspec.json.decode(verifier, type=_Verifier)
    except (msgspec.MsgspecError, binascii.Error):
        raise Damaged("The PIN kept for this person cannot be read. Set a new one.") from None
    key = passphrase_key(pin, kept.salt, kept.cost)
    try:
        return hmac.compare_digest(bytes(key), kept.key)
    finally:
        wipe(key)
