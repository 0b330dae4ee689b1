"""How hard a sentence is to read: the Flesch-Kincaid grade, by counting syllables with a few rules of English spelling."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^dt]ed|[^lraeiouy]e)\Z")
_APART = re.compile(r"ia[^l]|io[^nu]|eo|ua[^r]|uou|iu|[^aeiou]ying|creat")


def syllables(word: str) -> int:
    """How many syllables a word has, about; short words have one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    said = _SILENT.sub("", letters).removeprefix("y")
    return max(1, len(re.findall(r"[aeiouy]+", said)) + len(_APART.findall(letters)))


def grade(text: str) -> float:
    """The school grade that reads this easily; 0 for what holds no words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, sum(bool(_WORD.search(one)) for one in _SENTENCE.split(text)))
    spoken = sum(map(syllables, words))
    return round(max(0.0, 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59), 1)
