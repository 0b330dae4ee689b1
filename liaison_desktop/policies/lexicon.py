"""The word lists of the radar as they stand in their file, and phrases found in a text in one pass."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from liaison_desktop.paths import resource
from liaison_desktop.policies.phrases import PhraseTree, Token, tokens_of
from liaison_desktop.policies.spelling import Spelling
from liaison_desktop.policies.weighing import Weigher
from liaison_desktop.policies.weights import NO_WEIGHTS, Weights, load_weights

__all__ = ["Lexicon", "Phrases", "Token", "load_words", "named_products", "tokens_of"]


_SPLIT = re.compile(r"[\s|*]+")
_DIGITS = "zero one two three four five six seven eight nine".split()


class ReaderSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The second reader: whether it reads at all, and how likely a report has to be.

    It marks what the lists passed over from `marks_from` on, and spares below `spares_below` what they marked. What the
    scopes of `respects` took back stays so, however it reads.
    """

    on: bool = False
    marks_from: float = 1.0
    spares_below: float = 0.0
    respects: frozenset[str] = frozenset()


class Parts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The word lists as they stand in their file, in four tables, and how the second reader is set.

    `normal_ranges` are values of the laboratory, their names parted by strokes, with the lowest and highest figure of health
    in each unit that is in use.
    """

    version: str
    terms: dict[str, tuple[str, ...]] = {}
    scopes: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    identity: dict[str, tuple[str, ...]] = {}
    reader: ReaderSettings = ReaderSettings()
    normal_ranges: dict[str, tuple[tuple[float, float], ...]] = {}


class Phrases:
    """One list of phrases to be found among tokens; looking is linear."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._tree = PhraseTree({"": phrases})

    def at(self, tokens: Sequence[Token], number: int) -> int:
        """How many tokens the longest phrase beginning at this one has; 0 for none."""
        return self._tree.at(tokens, number).get("", number) - number

    def all(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Every place where a phrase stands: the first token and the one after the last."""
        for _name, start, end in self._tree.all(tokens):
            yield start, end


class Lexicon:
    """The word lists in force, ready to be looked up. `version` is kept with every decision."""

    def __init__(self, parts: Parts, weights: Weights = NO_WEIGHTS) -> None:
        self.parts, self.version = parts, parts.version
        self.reader = parts.reader
        self.weigher = Weigher(weights)
        every = {**parts.terms, **parts.scopes, **parts.evidence}
        self.lists = {name: held for name, held in every.items() if name not in ("lead", "counts", "spelling")}
        self.words = PhraseTree(self.lists)
        self.counts = frozenset(parts.evidence.get("counts", ()))
        self.lead = frozenset(parts.evidence.get("lead", ()))
        self.identity = parts.identity
        self.normal = {name: spans for names, spans in parts.normal_ranges.items() for name in names.split("|")}
        words = {word for held in every.values() for phrase in held for word in _SPLIT.split(phrase) if word.isalpha()}
        self._spelling = Spelling(parts.evidence.get("spelling", ()), words)

    def spelled(self, token: Token) -> Token:
        """The same word, in the right spelling of the long words of `spelling`."""
        meant = self._spelling.of(token.word)
        return token if meant == token.word else Token(meant, token.start, token.end)


@functools.cache
def load_words(name: str) -> Lexicon:
    """The shipped word lists of a workspace, read once; empty for one that has none.

    Raises msgspec.ValidationError if the file is not sound.
    """
    import tomllib

    path = resource("policies", f"radar-{name}.toml")
    if not path.is_file():
        return Lexicon(Parts(version=""))
    parts = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=Parts)
    return Lexicon(parts, load_weights(name))


@functools.lru_cache(maxsize=32)
def named_products(names: tuple[str, ...]) -> Phrases:
    """The names of our products as phrases."""
    return Phrases(" ".join(_spoken(token.word) for token in tokens_of(name)) for name in names)


def _spoken(word: str) -> str:
    """A word of a name as it may be written; a number also as it is dictated: 204 is "two oh four"."""
    if not word.isdecimal() or not word.isascii():
        return word
    return f"{word}|{'-'.join('oh' if one == '0' else _DIGITS[int(one)] for one in word)}"
