"""Reading level of a text: Flesch-Kincaid in English, Fernandez-Huerta in Spanish; hard words and longest sentence.

What a form's author is held to. Sources: Kincaid et al., 1975 (grade); Fernandez Huerta, 1959 (ease, 0 to 100, where
70 and more is easy, about grade six).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import msgspec

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SPANISH_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?]+(?=\s|$)")
_HARD = 3  # syllables; from here on a word slows a reader down


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How a text reads. `grade` is a school year of the United States; `hard` are its words of three or more syllables."""

    grade: float
    words: int
    hard: tuple[str, ...]
    longest: str


def syllables(word: str) -> int:
    """Syllables of an English word, by its vowel groups; a closing silent e does not count."""
    bare = word.lower()
    groups = len(_VOWELS.findall(bare))
    if bare.endswith(("e", "es", "ed")) and not bare.endswith(("le", "les", "ted", "ded", "ses", "ces", "ges")):
        groups -= 1
    return max(1, groups)


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word: strong vowels each, a weak one with a strong one together unless it has an accent."""
    bare = unicodedata.normalize("NFC", word.lower()).replace("qu", "q").replace("gue", "ge").replace("gui", "gi")
    count, before = 0, ""
    for letter in bare:
        strong, weak, alone = letter in "aeoáéó", letter in "iuüy", letter in "íú"
        if not (strong or weak or alone):
            before = ""
        elif alone or not before or (strong and before == "strong"):
            count += 1
            # After an accented í or ú the next vowel begins anew.
            before = "" if alone else "strong" if strong else "weak"
        else:
            before = "strong" if strong or before == "strong" else "weak"
    return max(1, count)


def reading_grade(text: str) -> float:
    """School grade (United States) at which the text can be read; 0 for an empty text."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_ENDS.findall(text)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return round(max(0.0, grade), 1)


def spanish_ease(text: str) -> float:
    """Fernandez-Huerta reading ease of a Spanish text, 0 to 100, higher is easier; 100 for an empty text."""
    words = _SPANISH_WORD.findall(text)
    if not words:
        return 100.0
    sentences = max(1, len(_ENDS.findall(text)))
    ease = 206.84 - 60 * sum(map(spanish_syllables, words)) / len(words) - 1.02 * len(words) / sentences
    return round(min(100.0, max(0.0, ease)), 1)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    return tuple(part.strip() for part in re.split(r"(?<=[.!?])\s+", text) if part.strip())


def hard_words(text: str, count: Callable[[str], int] = syllables) -> tuple[str, ...]:
    """Its words of three or more syllables, the longest first, each once."""
    found = dict.fromkeys(word.lower() for word in _SPANISH_WORD.findall(text) if count(word) >= _HARD)
    return tuple(sorted(found, key=lambda word: (-count(word), word)))


def reading_of(text: str) -> Reading:
    """How an English text reads."""
    longest = max(sentences(text), key=lambda part: len(part.split()), default="")
    return Reading(grade=reading_grade(text), words=len(_WORD.findall(text)), hard=hard_words(text), longest=longest)
