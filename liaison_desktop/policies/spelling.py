"""Long medical words as they are mistyped: one letter too many, too few, another, or two that changed places."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 8  # letters; shorter words have too many neighbours that are words too
_KEPT = 4_000  # words whose spelling is remembered


class Spelling:
    """Right spellings found by what is left of a word without one of its letters: a few look-ups for each new word."""

    def __init__(self, right: Iterable[str], known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._right: dict[str, str] = {}
        for word in right:
            for rest in (word, *_without_a_letter(word)):
                self._right.setdefault(rest, word)
        self._seen: dict[str, str] = {}

    def of(self, word: str) -> str:
        """The word as it was meant; the word itself where nothing else can have been."""
        if len(word) < _SHORTEST or word in self._known:
            return word
        meant = self._seen.get(word)
        if meant is None:
            if len(self._seen) > _KEPT:
                self._seen.clear()
            rests = (word, *_without_a_letter(word))
            meant = self._seen[word] = next((self._right[rest] for rest in rests if rest in self._right), word)
        return meant


def _without_a_letter(word: str) -> Iterable[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))
