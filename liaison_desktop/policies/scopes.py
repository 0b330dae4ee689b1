"""One sentence taken apart: its clauses, who is in it, and what is denied, asked, past, or told from paper there."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from liaison_desktop.policies.lexicon import Lexicon, Phrases, Token

LITERATURE = "literature"
_ADJECTIVES = 2  # words between "one" and "patient"
_AFTER = 8  # how many words after a term may still deny it
_BEFORE_A_MONTH = ("in", "since", "until", "of", "last", "by")
_NEAR = 4  # how soon after "because" somebody has to stand


class Clause(msgspec.Struct, frozen=True):
    """A part of a sentence in which one denial or question holds: tokens from `start` up to `end`."""

    start: int
    end: int


class Sentence:
    """The tokens of a sentence and what was found in it. Every list is made once, so that looking is linear."""

    def __init__(
        self, text: str, tokens: Sequence[Token], asked: bool, lexicon: Lexicon, ours: Phrases, told: bool
    ) -> None:
        self.tokens, self.asked, self.lexicon = tokens, asked, lexicon
        self.marks = _marks_before(text, tokens)
        self.figures = _covered(lexicon.evidence["figures"], tokens)
        self.harmless = _covered(lexicon.scopes["not_negation"], tokens)
        self.subjects = _subjects(tokens, lexicon)
        self.ours = [*_starts(ours, tokens), *_starts(lexicon.evidence["ours"], tokens)]
        self.product = _starts(ours, tokens)
        self.others = _starts(lexicon.evidence["other_products"], tokens)
        self.happened = dict(lexicon.evidence["onset"].all(tokens))
        self.onset = list(self.happened)
        self.concrete = bool(self.subjects or self.ours) or told
        self.clauses = self._split()

    def clause_of(self, number: int) -> Clause:
        """The clause a token stands in."""
        return next(clause for clause in self.clauses if clause.start <= number < clause.end)

    def has(self, places: Sequence[int], clause: Clause) -> bool:
        """Whether one of these places lies in the clause."""
        return any(clause.start <= place < clause.end for place in places)

    def _split(self) -> list[Clause]:
        hard = {start for start, _end in self.lexicon.scopes["breaks"].all(self.tokens)}
        soft = {start for start, _end in self.lexicon.scopes["soft_breaks"].all(self.tokens)}
        soon = set(self.subjects) | set(self.product)
        cuts = [0]
        for number in range(1, len(self.tokens)):
            follows = any(place in soon for place in range(number, min(number + _NEAR, len(self.tokens))))
            if number in hard or (follows and (number in soft or self.marks[number])):
                cuts.append(number)
        return [
            Clause(start, end) for start, end in zip(cuts, [*cuts[1:], len(self.tokens)], strict=True) if start < end
        ]

    # -- what takes a term out of account: the name of the rule, empty for nothing -----------------------------------

    def silenced(self, start: int, end: int) -> str:
        """Why a term at these tokens is not marked: the name of its scope; empty if nothing stands against it."""
        clause = self.clause_of(start)
        somebody = any(clause.start <= place < clause.end for place in self.subjects)
        if any(place in self.figures for place in range(start, end)):
            return "figure of speech"
        if self._denied(clause, start, end):
            return "negation"
        if self._in_question(clause, start, end, somebody):
            return "hypothetical"
        if self._past(clause, start, end):
            return "history"
        if self.has(self.others, clause) and not self.has(self.ours, clause):
            return "another product"
        if not somebody and not self.has(self.onset_of_ours(), clause) and self._from_paper(clause):
            return LITERATURE
        return ""

    def onset_of_ours(self) -> Sequence[int]:
        """Where one of our own products is named."""
        return self.product

    def _denied(self, clause: Clause, start: int, end: int) -> bool:
        scopes, tokens, harmless = self.lexicon.scopes, self.tokens, self.harmless
        concrete = self.subjects_that_end(clause)
        number = start - 1
        while number >= clause.start:
            if number in concrete or (self.happened.get(number, start + 1) <= start and number not in harmless):
                break
            length = scopes["negation"].at(tokens, number)
            if length and number not in harmless:
                return True
            number -= 1
        for place in range(clause.start, start):
            # "None of her patients had", "nobody developed": a denied subject denies its verb.
            if self._denies_all(place) and place not in harmless:
                if not any(place < held < start for held in concrete):
                    return True
        for place in range(end, min(end + _AFTER, clause.end)):
            if scopes["negation_after"].at(tokens, place) and place not in harmless:
                return True
        return False

    def _denies_all(self, place: int) -> bool:
        word = self.tokens[place].word
        if word != "no":
            return word in ("none", "nobody", "neither", "never", "not")
        following = [one.word for one in self.tokens[place + 1 : place + 3]]
        return any(one in self.lexicon.people or one == "one" for one in following)

    def subjects_that_end(self, clause: Clause) -> frozenset[int]:
        """Somebody concrete who ends a denial: not the one who is denied, as in "none of her patients"."""
        tokens = self.tokens
        return frozenset(
            place
            for place in self.subjects
            if clause.start <= place < clause.end
            and not (place and tokens[place - 1].word in ("of", "no", "in", "any", "for", "not"))
        )

    def _in_question(self, clause: Clause, start: int, end: int, somebody: bool) -> bool:
        if self.asked and not (somebody and self.has(self.onset, clause)):
            return True
        cues = self.lexicon.scopes["hypothetical"]
        words = [one.word for one in self.tokens]
        for place in range(start - 1, clause.start - 1, -1):
            # "Asked about a man who had a seizure" tells of a man, whatever was asked.
            if somebody and words[place] in ("who", "whose", "why"):
                return False
            month = words[place] == "may" and place and words[place - 1] in _BEFORE_A_MONTH
            if cues.at(self.tokens, place) and not month:
                return True
        later = ("would", "might", "could", "should", "may")
        return not somebody and any(
            self.tokens[place].word in later for place in range(end, min(end + _AFTER, clause.end))
        )

    def _past(self, clause: Clause, start: int, end: int) -> bool:
        scopes, tokens = self.lexicon.scopes, self.tokens
        for place in range(start - 1, clause.start - 1, -1):
            if place in self.product:
                break
            if scopes["history"].at(tokens, place):
                return True
        return any(
            scopes["history_after"].at(tokens, place) or (place > start and scopes["history"].at(tokens, place))
            for place in range(end, clause.end)
        )

    def _from_paper(self, clause: Clause) -> bool:
        paper = self.lexicon.scopes["literature"]
        return any(
            paper.at(self.tokens, place) or self.tokens[place].word == "%" for place in range(clause.start, clause.end)
        )


def _starts(phrases: Phrases, tokens: Sequence[Token]) -> list[int]:
    return [start for start, _end in phrases.all(tokens)]


def _covered(phrases: Phrases, tokens: Sequence[Token]) -> frozenset[int]:
    return frozenset(place for start, end in phrases.all(tokens) for place in range(start, end))


def _marks_before(text: str, tokens: Sequence[Token]) -> list[str]:
    """The mark that stands before each token, empty for none."""
    marks, last = [], tokens[0].start if tokens else 0
    for token in tokens:
        between = text[last : token.start]
        marks.append(next((mark for mark in between if mark in ",:–—("), ""))
        last = token.end
    return marks


def _subjects(tokens: Sequence[Token], lexicon: Lexicon) -> list[int]:
    """Where somebody concrete begins: "one of her patients", "a 40-year-old man", "patient" at the beginning."""
    found = [start for start, _end in lexicon.evidence["alone"].all(tokens)]
    for number, token in enumerate(tokens):
        after = tokens[number + 1].word if number + 1 < len(tokens) else ""
        if token.word not in lexicon.people or (token.word == "case" and after in ("series", "report", "reports")):
            continue
        back = range(number - 1, max(number - 2 - _ADJECTIVES, -1), -1)
        count = next((place for place in back if _counts(tokens[place].word, lexicon, token.word)), None)
        if count is not None:
            found.append(count)
        elif number == 0 and token.word == "patient":
            found.append(0)
    return sorted(set(found))


def _counts(word: str, lexicon: Lexicon, people: str) -> bool:
    if people in ("patients", "cases", "men", "women", "children", "teenagers", "dropouts"):
        # "Her patients" are nobody in particular; "two patients" are.
        return word in ("two", "three", "four", "five", "six", "several", "some") or (word.isdecimal() and word < "10")
    return word in lexicon.counts
