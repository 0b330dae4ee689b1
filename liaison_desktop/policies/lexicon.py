"""The word lists of the radar as they stand in their file, and phrases found in a text in one pass."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from liaison_desktop.paths import resource

# Letters, digits and what joins them inside a word. No nesting, so it is linear on any text.
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|%")
_POSSESSIVE = re.compile(r"['’]s$")
_MOST_WORDS = 6


class Token(msgspec.Struct, frozen=True):
    """One word: as it is looked up, and where it stands."""

    word: str
    start: int
    end: int


class Parts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The word lists as they stand in their file, in four tables."""

    version: str
    terms: dict[str, tuple[str, ...]] = {}
    scopes: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    identity: dict[str, tuple[str, ...]] = {}


class Phrases:
    """Phrases to be found among tokens. Looking is linear: by first word, then word by word, a few words at most."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._exact: dict[str, list[tuple[str, ...]]] = {}
        self._stems: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(phrase.casefold().split())
            if not words:
                continue
            first = words[0]
            # A stem is filed under its first three letters, so that a word asks a handful of them.
            place, key = (self._stems, first[:3]) if first.endswith("*") else (self._exact, first)
            place.setdefault(key, []).append(words)

    def at(self, tokens: Sequence[Token], number: int) -> int:
        """How many tokens the longest phrase beginning at this one has; 0 for none."""
        word = tokens[number].word
        exact, stems = self._exact.get(word), self._stems.get(word[:3])
        if exact is None and stems is None:
            return 0
        best = 0
        for words in (*(exact or ()), *(stems or ())):
            if len(words) > best and number + len(words) <= len(tokens):
                if all(_fits(want, tokens[number + step].word) for step, want in enumerate(words)):
                    best = len(words)
        return best

    def all(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Every place where a phrase stands: the first token and the one after the last."""
        exact, stems, at = self._exact, self._stems, self.at
        for number, token in enumerate(tokens):
            word = token.word
            # Most words begin no phrase; asking here saves a call for each of them.
            if (word in exact or word[:3] in stems) and (length := at(tokens, number)):
                yield number, number + length


def _fits(want: str, word: str) -> bool:
    if want.endswith("*"):
        return word.startswith(want[:-1])
    return want == word


def tokens_of(text: str) -> list[Token]:
    """The words of a text."""
    return [
        Token(_POSSESSIVE.sub("", found.group().casefold()).replace("’", "'"), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    ]


class Lexicon:
    """The word lists in force, ready to be looked up. `version` is kept with every decision."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.version = parts, parts.version
        self.terms = {name: Phrases(words) for name, words in parts.terms.items()}
        self.scopes = {name: Phrases(words) for name, words in parts.scopes.items()}
        self.evidence = {name: Phrases(words) for name, words in parts.evidence.items()}
        self.counts = frozenset(parts.evidence.get("counts", ()))
        self.people = frozenset(parts.evidence.get("people", ()))
        self.lead = frozenset(parts.evidence.get("lead", ()))
        self.identity = parts.identity


@functools.cache
def load_words(name: str) -> Lexicon:
    """The shipped word lists of a workspace, read once; empty for one that has none.

    Raises msgspec.ValidationError if the file is not sound.
    """
    import tomllib

    path = resource("policies", f"radar-{name}.toml")
    if not path.is_file():
        return Lexicon(Parts(version=""))
    return Lexicon(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=Parts))


@functools.lru_cache(maxsize=32)
def named_products(names: tuple[str, ...]) -> Phrases:
    """The names of our products as phrases."""
    return Phrases(" ".join(token.word for token in tokens_of(name)) for name in names)
