"""What can be said of signatures without knowing the document: same person, possible times."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable

from liaison_desktop.signing.values import Method, Signature

# Letters after a name that say nothing about who it is.
_CREDENTIALS = frozenset(
    [
        "rn",
        "lpn",
        "lvn",
        "aprn",
        "cm",
        "sw",
        "pt",
        "ot",
        "slp",
        "md",
        "do",
        "np",
        "pa",
        "phd",
        "bsn",
        "msn",
        "crna",
        "dnp",
        "facs",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "nurse",
    ]
)


def name_key(name: str) -> tuple[str, ...]:
    """A name as sorted bare words: accents, case, order, initials' dots, titles and credentials are left out."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return tuple(sorted(word for word in re.findall(r"[^\W_]+", letters) if word not in _CREDENTIALS))


def same_person(one: str, other: str) -> bool:
    """Whether two printed names are the same person's, as far as names can tell; blank names are nobody's."""
    left, right = name_key(one), name_key(other)
    return bool(left) and left == right


def signs_as(typed: str, printed: str) -> bool:
    """Whether a typed name signs for the printed one: at least two of its words and no other, or exactly its words."""
    left, right = set(name_key(typed)), set(name_key(printed))
    return bool(left) and left <= right and (len(left) > 1 or left == right)


def is_complete(signature: Signature) -> bool:
    """Whether name, time and meaning are part of a signature, and something was given as one (21 CFR 11.50)."""
    said = signature.name_printed.strip() and signature.meaning.strip()
    return bool(not what_is_missing(signature)[1] and said and signature.signed_at is not None)


def what_is_missing(signature: Signature) -> tuple[str, str]:
    """The field and the sentence of what this way of signing still lacks; both empty if it is whole."""
    asked: dict[Method, tuple[tuple[bool, str, str], ...]] = {
        Method.DRAWN: ((signature.is_drawn(), "strokes", "Nothing is drawn yet."),),
        Method.MARK_X: ((signature.is_drawn(), "strokes", "The mark is not made yet."),),
        Method.WET_INK: (
            (bool(signature.scan), "scan", "Attach the scan of the signed page."),
            (signature.given_at is not None, "given_at", "Say when it was signed."),
        ),
        Method.VERBAL_WITNESSED: (
            (bool(signature.spoken.strip()), "spoken", "Write what was said."),
            (signature.spoken_how is not None, "spoken_how", "Say how it was heard."),
            (signature.given_at is not None, "given_at", "Say when it was said."),
        ),
    }
    return next(((field, words) for there, field, words in asked.get(signature.method, ()) if not there), ("", ""))


def clock_faults(signatures: Iterable[Signature], now: datetime.datetime) -> tuple[str, ...]:
    """Sentences on signature times that cannot be: without a moment, in the future, or before the one before it."""
    found: list[str] = []
    last: datetime.datetime | None = None
    for signature in signatures:
        at = signature.signed_at
        if at is None:
            found.append(f"The {signature.role.label.lower()}'s signature has no time.")
            continue
        if at > now:
            found.append(f"The {signature.role.label.lower()}'s signature lies in the future.")
        if last is not None and at < last:
            found.append(f"The {signature.role.label.lower()}'s signature lies before the one before it.")
        last = at
    return tuple(found)
