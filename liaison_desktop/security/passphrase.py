"""What a passphrase must be, how strong it is in plain words, and how it becomes a key."""

from __future__ import annotations

import enum
import secrets
import unicodedata

import msgspec

from liaison_desktop.errors import Damaged
from liaison_desktop.security.keys import KEY_BYTES, stretch, wipe

MIN_CHARACTERS = 14
MIN_WORDS = 4
_WORD_LETTERS = 3
_FEWEST_DIFFERENT = 6
_STRONG_CHARACTERS = 20
_MOST_CHARACTERS = 1024
_KNOWN = ("password", "passphrase", "qwertyuiop", "1234567890", "abcdefghij", "letmein", "correct horse battery staple")
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"

SALT_BYTES = 16
MEMORY_KIB = 64 * 1024
# A hostile slot file must not be able to ask for a terabyte, nor to make guessing cheap.
_MEMORY_KIB_RANGE = range(19 * 1024, 1024 * 1024 + 1)
_PASSES_RANGE = range(1, 21)
_LANES_RANGE = range(1, 9)


class Level(enum.Enum):
    """How a passphrase is judged; only `REFUSED` stops it."""

    REFUSED = "refused"
    GOOD = "good"
    STRONG = "strong"


class Strength(msgspec.Struct, frozen=True):
    """The judgement and the sentence a person reads beside the field."""

    level: Level
    words: str

    @property
    def accepted(self) -> bool:
        """Whether this passphrase may be used."""
        return self.level is not Level.REFUSED


class Cost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one guess costs under Argon2id. The defaults are the second choice of RFC 9106, about 0.2 s."""

    memory_kib: int = MEMORY_KIB
    passes: int = 3
    lanes: int = 4

    def check(self) -> None:
        """Raises Damaged when the parameters lie outside what we ever write."""
        asked = ((self.memory_kib, _MEMORY_KIB_RANGE), (self.passes, _PASSES_RANGE), (self.lanes, _LANES_RANGE))
        if any(value not in allowed for value, allowed in asked):
            raise Damaged(
                "The key file of this store is damaged: it asks for an impossible amount of work. "
                "Your records were not touched."
            )


def normal(text: str) -> str:
    """The passphrase as it is hashed: NFKC, so that an umlaut typed as one or as two characters is the same."""
    return unicodedata.normalize("NFKC", text)


def _words(text: str) -> list[str]:
    return [word for word in text.split() if len(word) >= _WORD_LETTERS]


def weigh(text: str, *, known: tuple[str, ...] = ()) -> Strength:
    """Judge a passphrase; `known` are words about the person, such as the name, that alone do not make a secret."""
    plain = normal(text)
    words, length = _words(plain), len(plain)
    if not plain.strip():
        return Strength(Level.REFUSED, f"At least {MIN_CHARACTERS} characters, or {MIN_WORDS} words.")
    if length > _MOST_CHARACTERS:
        return Strength(Level.REFUSED, f"Too long: the most is {_MOST_CHARACTERS:,} characters.")
    if length < MIN_CHARACTERS and len(words) < MIN_WORDS:
        return Strength(
            Level.REFUSED, f"Too short: {length} of {MIN_CHARACTERS} characters. Or use {MIN_WORDS} words with spaces."
        )
    if len(set(plain.casefold())) < _FEWEST_DIFFERENT or (len(words) >= MIN_WORDS > len(set(words))):
        return Strength(Level.REFUSED, "Too easy to guess: it repeats itself.")
    rest = plain.casefold()
    for word in (*_KNOWN, *(normal(name).casefold() for name in known if len(name) >= _WORD_LETTERS)):
        rest = rest.replace(word, "")
    if len(rest.replace(" ", "")) < MIN_CHARACTERS // 2:
        return Strength(Level.REFUSED, "Too easy to guess: it is made of well-known words or of your name.")
    if len(words) > MIN_WORDS or length >= _STRONG_CHARACTERS:
        return Strength(Level.STRONG, "Strong.")
    return Strength(Level.GOOD, "Good. One more word would make it strong.")


def suggest(words: int = 5) -> str:
    """A random passphrase of pronounceable made-up words, about 12 bits each."""

    def word() -> str:
        return "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(2))

    return " ".join(word() for _ in range(words))


def passphrase_key(text: str, salt: bytes, cost: Cost) -> bytearray:
    """The 32-byte key of a passphrase by Argon2id; takes about 0.2 s, so never on the window's thread."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    cost.check()
    raw = bytearray(KEY_BYTES)
    Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive_into(normal(text).encode("utf-8", "surrogatepass"), raw)
    try:
        return stretch(raw, "liaison-desktop/slot/passphrase/v1")
    finally:
        wipe(raw)
