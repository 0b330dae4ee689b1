"""Phrases of the word lists, found among the words of a text in one pass over all lists at once.

How a phrase is written: words; `rash*` for any ending; `*itis` for any beginning; `*` for any one word; `#` for a number;
`a|b` for either; `a|` for a word that may be missing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

# Numbers, words with an apostrophe, and the signs a clinical note uses as words. No nesting, so it is linear on any text.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%↑↓]")
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty".split())
_PARTS = re.compile(r"[^\s/-]+")
_POSSESSIVE = re.compile(r"['’]s$")
_MOST = 2_000  # phrases that one line stands for
_KEPT = 4_000  # words whose beginnings are remembered
_SIGNS = re.compile(r"[*#|]")


class Token(msgspec.Struct, frozen=True):
    """One word: as it is looked up, and where it stands."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text. What a hyphen or a stroke joins is two words."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group().casefold()
        if "'" in word or "’" in word:
            word = _POSSESSIVE.sub("", word).replace("’", "'")
        found.append(Token(word, match.start(), match.end()))
    return found


class _Node:
    """A place in the tree of phrases: what may follow, and which lists a phrase that ends here belongs to."""

    __slots__ = ("any", "endings", "exact", "further", "labels", "number", "stems")

    def __init__(self) -> None:
        self.exact: dict[str, _Node] = {}
        self.stems: dict[int, dict[str, _Node]] = {}  # by the length of the stem
        self.endings: dict[int, dict[str, _Node]] = {}
        self.any: _Node | None = None
        self.number: _Node | None = None
        self.labels: tuple[str, ...] = ()
        self.further = False  # whether any phrase goes on from here

    def child(self, word: str) -> _Node:
        """The place that a word of a phrase leads to, made if it is new."""
        self.further = True
        if word == "*":
            self.any = self.any or _Node()
            return self.any
        if word == "#":
            self.number = self.number or _Node()
            return self.number
        if word.endswith("*"):
            return self.stems.setdefault(len(word) - 1, {}).setdefault(word[:-1], _Node())
        if word.startswith("*"):
            return self.endings.setdefault(len(word) - 1, {}).setdefault(word[1:], _Node())
        return self.exact.setdefault(word, _Node())

    def after(self, word: str) -> list[_Node]:
        """The places a word of a text leads to."""
        found = [self.exact[word]] if word in self.exact else []
        length = len(word)
        for size, held in self.stems.items():
            if size <= length and (node := held.get(word[:size])) is not None:
                found.append(node)
        for size, held in self.endings.items():
            if size < length and (node := held.get(word[-size:])) is not None:
                found.append(node)
        if self.number is not None and (word[0].isdecimal() or word in _NUMBERS):
            found.append(self.number)
        if self.any is not None:
            found.append(self.any)
        return found


class PhraseTree:
    """Lists of phrases by name. Looking is linear: word by word down one tree, a few words deep at most."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        self._first: dict[str, list[_Node]] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                for words in _written_out(phrase):
                    self._add(words, name)

    def _add(self, words: Sequence[str], name: str) -> None:
        node = self._root
        for word in words:
            node = node.child(word)
        if words and name not in node.labels:
            node.labels = (*node.labels, name)

    def all(self, tokens: Sequence[Token], skip: Collection[int] = ()) -> Iterator[tuple[str, int, int]]:
        """Every place where a phrase stands: its list, the first token and the one after the last; the longest only.

        Tokens at the places of `skip` may stand inside of a phrase: "shares her Velacor pens".
        """
        first = self._first
        for number, token in enumerate(tokens):
            nodes = first.get(token.word)
            if nodes is None:
                # A text says "the" and "patient" again and again.
                if len(first) > _KEPT:
                    first.clear()
                nodes = first[token.word] = self._root.after(token.word)
            if nodes:
                for name, end in self._down(tokens, number, nodes, skip).items():
                    yield name, number, end

    def at(self, tokens: Sequence[Token], number: int) -> dict[str, int]:
        """The lists that have a phrase beginning at this token, with the end of the longest."""
        return self._down(tokens, number, self._root.after(tokens[number].word), ())

    @staticmethod
    def _down(tokens: Sequence[Token], number: int, nodes: list[_Node], skip: Collection[int]) -> dict[str, int]:
        best: dict[str, int] = {}
        end, last = number + 1, len(tokens)
        while nodes:
            for node in nodes:
                for name in node.labels:
                    best[name] = end
            while end in skip:
                end += 1
            if end >= last:
                break
            word = tokens[end].word
            nodes = [far for node in nodes if node.further for far in node.after(word)]
            end += 1
        return best


def _written_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """A phrase with alternatives as the phrases it stands for, in the words a text is taken apart into."""
    choices = [part.split("|") for part in phrase.casefold().split()]
    # A facility may write its own; alternatives multiply, so that there has to be an end.
    for chosen in itertools.islice(itertools.product(*choices), _MOST):
        yield tuple(word for part in chosen for word in _words(part))


def _words(part: str) -> Iterator[str]:
    if _SIGNS.search(part):
        yield from _PARTS.findall(part)
    else:
        yield from (token.word for token in tokens_of(part))
