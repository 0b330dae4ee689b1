"""Reading level of a text, Flesch-Kincaid grade: what a template's author is held to."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Syllables of an English word, by its vowel groups; a closing silent e does not count."""
    bare = word.lower()
    groups = len(_VOWELS.findall(bare))
    if bare.endswith(("e", "es", "ed")) and not bare.endswith(("le", "les", "ted", "ded", "ses", "ces", "ges")):
        groups -= 1
    return max(1, groups)


def reading_grade(text: str) -> float:
    """School grade (United States) at which the text can be read; 0 for an empty text."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?]+(?=\s|$)", text)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return round(max(0.0, grade), 1)
