"""The second reader of the radar: a sentence weighed as a whole, where the word lists know only their words.

Everything that is seen in a sentence has one weight: its words, their beginnings and endings, two words side by side,
and the signs that the lists and scopes give (somebody, our product, a denial, a question, what was marked and what silenced). The sum of the
weights is the log-odds that it is a report, logistic regression and nothing more; `weights` says which and from where.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

from liaison_desktop.policies.phrases import Token
from liaison_desktop.policies.weights import Weights

PRODUCT, NUMBER = "<product>", "<number>"
FULL_LENGTH = 30  # words from which on a sentence is long
_BEGINNINGS, _ENDINGS = (4, 5, 6), (2, 3, 4)  # letters
_INFLECTED = ("ing", "edly", "ed", "es", "s", "ly")
_SHORTEST_STEM = 3
_KEPT = 4_000  # words whose weight is remembered
_HUNDREDTHS = 100


def stem(word: str) -> str:
    """A word without its inflection, near enough."""
    for ending in _INFLECTED:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def beginnings(word: str) -> Iterator[str]:
    """The first letters of a word that is longer."""
    return (word[:size] for size in _BEGINNINGS if len(word) > size)


def endings(word: str) -> Iterator[str]:
    """The last letters of a word that is longer by two at least."""
    return (word[-size:] for size in _ENDINGS if len(word) > size + 1)


def pairs_of(words: Sequence[str]) -> dict[str, None]:
    """Two words side by side without their inflection, each pair once: "came on" is not "came" and "on"."""
    stems = [stem(word) for word in words]
    return dict.fromkeys(f"{one} {other}" for one, other in itertools.pairwise(stems))


def words_of(tokens: Sequence[Token], products: Iterable[tuple[int, int]]) -> list[str]:
    """The words of a sentence as they are weighed: products and numbers are all alike."""
    words = [NUMBER if token.word[0].isdecimal() else token.word for token in tokens]
    for start, end in products:
        words[start:end] = [PRODUCT] * (min(end, len(words)) - start)
    return words


class Weigher:
    """Weighs sentences. A word weighs the same each time, so that it is looked up once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._known: dict[str, int] = {}

    def of_word(self, word: str) -> int:
        """The weight of one word with its beginnings and endings, in hundredths."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            weights = self.weights
            found = weights.words.get(stem(word), 0)
            if word not in (PRODUCT, NUMBER):
                found += sum(weights.beginnings.get(part, 0) for part in beginnings(word))
                found += sum(weights.endings.get(part, 0) for part in endings(word))
            self._known[word] = found
        return found

    def chance(self, words: Sequence[str], signs: Iterable[str]) -> float:
        """How likely a sentence is a report, between 0 and 1. A word counts once, however often it stands there."""
        weights = self.weights
        total = weights.start + weights.length * min(len(words), FULL_LENGTH) / FULL_LENGTH
        total += sum(self.of_word(word) for word in dict.fromkeys(words))
        if weights.pairs:
            total += sum(weights.pairs.get(pair, 0) for pair in pairs_of(words))
        total += sum(weights.signs.get(sign, 0) for sign in signs)
        return 1 / (1 + math.exp(-max(min(total / _HUNDREDTHS, 30.0), -30.0)))

    def heaviest(self, words: Sequence[str]) -> tuple[int, int]:
        """The words side by side that together weigh most for a report: the first, and the one after the last."""
        best, begun, total, found = 0, 0, 0, (0, len(words))
        for place, word in enumerate(words):
            if total <= 0:
                begun, total = place, 0
            total += self.of_word(word)
            if total > best:
                best, found = total, (begun, place + 1)
        return found
