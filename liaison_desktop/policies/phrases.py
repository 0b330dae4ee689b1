"""Phrases of the word lists, found among the words of a text in one pass over all lists at once.

How a phrase is written: words; `rash*` for any ending; `*itis` for any beginning; `*` for any one word; `#` for a number;
`a|b` for either; `a|` for a word that may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

# Numbers, words with an apostrophe, and the signs a clinical note uses as words. No nesting, so it is linear on any text.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%↑↓]")
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty".split())
_PARTS = re.compile(r"[^\s/-]+")
_POSSESSIVE = re.compile(r"['’]s$")
_LONGEST = 20  # words of one phrase
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
    """A place on the way through the phrases: what may follow, and which lists a phrase that ends here belongs to."""

    __slots__ = ("endings", "exact", "further", "labels", "sole", "stems", "wild")

    def __init__(self) -> None:
        self.exact: dict[str, list[_Node]] = {}
        self.stems: dict[int, dict[str, list[_Node]]] = {}  # by the length of the stem
        self.endings: dict[int, dict[str, list[_Node]]] = {}
        self.wild: dict[str, list[_Node]] = {}  # any word, and any number
        self.sole: dict[str, _Node] = {}  # the places that only this one word leads to; phrases share them
        self.labels: tuple[str, ...] = ()
        self.further = False  # whether any phrase goes on from here

    def lead(self, word: str, to: _Node) -> None:
        """Let a word of a phrase lead to a place."""
        self.further = True
        if word in ("*", "#"):
            held, key = self.wild, word
        elif word.endswith("*"):
            held, key = self.stems.setdefault(len(word) - 1, {}), word[:-1]
        elif word.startswith("*"):
            held, key = self.endings.setdefault(len(word) - 1, {}), word[1:]
        else:
            held, key = self.exact, word
        held.setdefault(key, []).append(to)

    def alone(self, word: str) -> _Node:
        """The place that this word alone leads to, made if it is new."""
        found = self.sole.get(word)
        if found is None:
            found = self.sole[word] = _Node()
            self.lead(word, found)
        return found

    def after(self, word: str) -> list[_Node]:
        """The places a word of a text leads to."""
        return [*self.exact.get(word, ()), *self.loosely(word)]

    def loosely(self, word: str) -> list[_Node]:
        """The same without the phrases that want exactly this word."""
        found: list[_Node] = []
        length = len(word)
        for size, held in self.stems.items():
            if size <= length:
                found += held.get(word[:size], ())
        for size, held in self.endings.items():
            if size < length:
                found += held.get(word[-size:], ())
        if self.wild:
            found += self.wild.get("*", ())
            if word[0].isdecimal() or word in _NUMBERS:
                found += self.wild.get("#", ())
        return found


class PhraseTree:
    """Lists of phrases by name. Looking is linear: word by word along the phrases, a few words deep at most.

    The alternatives of a place lead to one place, so that they never multiply, however many a phrase has.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        self._first: dict[str, _Beginning] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                self._add(phrase, name)

    def _add(self, phrase: str, name: str) -> None:
        nodes = [self._root]
        for part in phrase.casefold().split():
            choices = [list(_words(one)) for one in part.split("|")]
            if len(choices) == 1 and len(nodes) == 1:
                for word in choices[0]:
                    nodes = [nodes[0].alone(word)]
                continue
            to = _Node()
            for words in choices:
                for node in nodes:
                    _lead(node, words, to)
            # A word that may be missing leaves the places where they are.
            nodes = [to, *nodes] if [] in choices else [to]
        for node in nodes:
            if node is not self._root and name not in node.labels:
                node.labels = (*node.labels, name)

    def all(self, tokens: Sequence[Token], skip: Collection[int] = ()) -> Iterator[tuple[str, int, int]]:
        """Every place where a phrase stands: its list, the first token and the one after the last; the longest only.

        Tokens at the places of `skip` may stand inside of a phrase: "shares her Velacor pens".
        """
        words = [token.word for token in tokens]
        for number, word in enumerate(words):
            begun = self._first.get(word) or self._begin(word)
            if not begun.goes_on or number + 1 == len(words):
                for name in begun.labels:
                    yield name, number, number + 1
            else:
                for name, end in _along(words, number, begun, skip).items():
                    yield name, number, end

    def at(self, tokens: Sequence[Token], number: int) -> dict[str, int]:
        """The lists that have a phrase beginning at this token, with the end of the longest."""
        words = [token.word for token in tokens[number : number + _LONGEST]]
        found = _along(words, 0, self._first.get(words[0]) or self._begin(words[0]), ())
        return {name: number + end for name, end in found.items()}

    def _begin(self, word: str) -> _Beginning:
        # A text says "the" and "patient" again and again.
        if len(self._first) > _KEPT:
            self._first.clear()
        found = self._first[word] = _Beginning(self._root.after(word))
        return found


class _Beginning:
    """Where the first word of a phrase leads: the lists it satisfies alone, and all that may follow, put together."""

    __slots__ = ("exact", "goes_on", "labels", "loose")

    def __init__(self, nodes: list[_Node]) -> None:
        self.labels = tuple(dict.fromkeys(name for node in nodes for name in node.labels))
        self.exact: dict[str, list[_Node]] = {}
        for node in nodes:
            for word, far in node.exact.items():
                self.exact.setdefault(word, []).extend(far)
        # These ask more of the next word than to be the same.
        self.loose = [node for node in nodes if node.stems or node.endings or node.wild]
        self.goes_on = bool(self.exact or self.loose)

    def after(self, word: str) -> list[_Node]:
        """The places that a second word leads to."""
        found = self.exact.get(word, [])
        return [*found, *(far for node in self.loose for far in node.loosely(word))] if self.loose else found


def _along(words: Sequence[str], number: int, begun: _Beginning, skip: Collection[int]) -> dict[str, int]:
    """The lists that have a phrase beginning at a word, with the end of the longest."""
    end, last = number + 1, len(words)
    best = dict.fromkeys(begun.labels, end)
    while end in skip:
        end += 1
    nodes = begun.after(words[end]) if end < last else []
    while nodes:
        end += 1
        for node in nodes:
            for name in node.labels:
                best[name] = end
        while end in skip:
            end += 1
        if end >= last:
            break
        nodes = [far for node in nodes if node.further for far in node.after(words[end])]
    return best


def _lead(node: _Node, words: Sequence[str], to: _Node) -> None:
    for word in words[:-1]:
        node = node.alone(word)
    if words:
        node.lead(words[-1], to)


def _words(part: str) -> Iterator[str]:
    if part.isalpha():
        yield part
    elif _SIGNS.search(part):
        yield from _PARTS.findall(part)
    else:
        yield from (token.word for token in tokens_of(part))
