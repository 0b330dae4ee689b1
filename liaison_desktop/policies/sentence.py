"""One sentence as the radar sees it: the words of each list in it, who is in it, whose product, and its clauses."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import cached_property

from liaison_desktop.policies.clauses import Clause, marks_before, split
from liaison_desktop.policies.lexicon import Lexicon, Phrases, Token

_ADJECTIVES = 3  # words between "one" and "patient"
_NEAR = 4  # how soon after "because" somebody has to stand
_FEW = 20  # patients that can be counted at a desk; more are a study
# The code of a product under trial: HB-204.
_CODE = re.compile(r"\b[A-Z]{2,4}-?\d{3,6}\b")
# Somebody definite; "a patient" may be any.
_ANY = frozenset(("a", "an", "any", "each", "every", "some"))
_NOT_AFTER = frozenset(("of", "no", "in", "any", "for", "not", "among"))
_BEFORE_A_NAME = frozenset(("on", "with", "w", "to", "taking", "took", "of", "after", "since", "from", "under", "by"))
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december easter christmas english german french spanish italian dr prof mr mrs".split()
)
_ADJECTIVE = (
    "ed",
    "ing",
    "al",
    "y",
    "s",
    "ic",
    "ous",
    "en",
    "er",
    "or",
    "ist",
    "ant",
    "ent",
    "able",
    "full",
    "ful",
    "less",
)
_PATIENT = frozenset("patient participant subject pt".split())
_GOES_ON = frozenset("with w on in at who had has developed is was got".split())
_NONE: dict[int, int] = {}
_NOWHERE: frozenset[int] = frozenset()
_SHARES = ("second", "third", "fourth", "fifth", "tenth", "half")
_WHEN = ("when", "whenever", "if", "how", "what", "which", "whether")
_ASKING = ("does", "do", "can", "could", "would", "should")
_BEING = ("be", "have", "not", "well")
_FALSE = frozenset("fake counterfeit falsified forged bogus".split())
_USERS = frozenset(
    "patient patients pt pts user users pen pens tablets tablet syringe syringes batch box pack packs vial vials lot device".split()
)
_CAUSING = frozenset("caused causes gave gives induced".split())
_HAD = ("had", "has", "was", "is", "did", "does", "made")
_NUMBERED = frozenset("another two three four five six second third fourth".split())
_COUNTED = frozenset(
    "grade week phase g day table slide section page chapter question figure gr stage month cycle type".split()
)
_TREATED = frozenset(
    "given needed needs got plus and required requires treated started prescribed for added using + to".split()
)


class Sentence:
    """The tokens of a sentence and what was found in it. Every list is made once, so that looking is linear."""

    def __init__(self, text: str, tokens: Sequence[Token], asked: bool, lexicon: Lexicon, products: Phrases) -> None:
        self.text, self.lexicon = text, lexicon
        self.tokens = [lexicon.spelled(token) for token in tokens]
        self.marks = marks_before(text, self.tokens)
        self.product = self._products(products)
        named = {place for start, end in self.product.items() for place in range(start, end)}
        self.places: dict[str, dict[int, int]] = {}
        for name, start, end in lexicon.words.all(self.tokens, named):
            self.places.setdefault(name, {})[start] = end
        self.paper = self._paper()
        self.others = self._others()
        self.persons = self._persons()
        self.asked = (asked or (self.word(0) in _ASKING and self.word(1) not in _BEING)) and bool(
            self.at("interrogatives")
        )
        self.clauses = self._split()
        self._starts = [clause.start for clause in self.clauses]

    def at(self, name: str) -> dict[int, int]:
        """Where phrases of a list begin, and where each ends."""
        return self.places.get(name, _NONE)

    def covered(self, name: str) -> frozenset[int]:
        """Every token that a phrase of a list covers."""
        if name not in self.places:
            return _NOWHERE
        return frozenset(place for start, end in self.at(name).items() for place in range(start, end))

    def number_of(self, place: int) -> int:
        """Which clause a token stands in."""
        return bisect.bisect_right(self._starts, place) - 1

    def clause_of(self, place: int) -> Clause:
        """The clause a token stands in."""
        return self.clauses[self.number_of(place)]

    def segment_of(self, number: int) -> range:
        """The tokens around a clause up to the next turning word on either side."""
        first = last = number
        while first and not self.clauses[first].parts:
            first -= 1
        while last + 1 < len(self.clauses) and not self.clauses[last + 1].parts:
            last += 1
        return range(self.clauses[first].start, self.clauses[last].end)

    def word(self, place: int) -> str:
        """The word at a place; empty outside of the sentence."""
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def supposes(self, clause: Clause) -> bool:
        """Whether a clause puts a case, and names nobody definite: "when a patient vomits"."""
        inside = range(clause.start, clause.end)
        return self.word(clause.start) in _WHEN and not any(
            definite and place in inside for place, definite in self.persons.items()
        )

    @cached_property
    def figures(self) -> frozenset[int]:
        """Tokens of figures of speech."""
        return self.covered("figures")

    @cached_property
    def harmless(self) -> frozenset[int]:
        """Tokens that look like a denial and are none."""
        return self.covered("not_negation")

    def _products(self, products: Phrases) -> dict[int, int]:
        found = dict(products.all(self.tokens))
        if not self.tokens:
            return found
        begin = self.tokens[0].start
        starts = {token.start: number for number, token in enumerate(self.tokens)}
        for match in _CODE.finditer(self.text, begin, self.tokens[-1].end):
            number = starts.get(match.start())
            if number is not None:
                found[number] = number + 2
        return found

    def _others(self) -> dict[int, int]:
        """Medicines of other makers: from the list, and capital words after "on" and the like that are not ours."""
        found = {
            start: end
            for start, end in self.at("other_products").items()
            if not (self.word(start - 1) in _TREATED or start in self.product)
        }
        for number, token in enumerate(self.tokens):
            if self.word(number - 1) in _BEFORE_A_NAME and number not in self.product and len(token.word) > 5:
                written = self.text[token.start : token.end]
                if written[0].isupper() and written[1:].islower() and token.word not in _DAYS:
                    found[number] = number + 1
            elif number not in self.product and (self._foreign(number, token.word) or self._of_a_maker(number)):
                found[number] = number + 1
        return found

    def _of_a_maker(self, number: int) -> bool:
        """Whether a capital word within a sentence names a product: "fake Nexiplan", "a Nexiplan patient"."""
        token = self.tokens[number]
        written = self.text[token.start : token.end]
        if not number or len(written) < 6 or not (written[0].isupper() and written[1:].islower()):
            return False
        if token.word in _DAYS or any(number in held for held in self.places.values()):
            return False
        return self.word(number - 1) in _FALSE or self.word(number + 1) in _USERS

    def _foreign(self, number: int, word: str) -> bool:
        """Whether a word at the beginning reads as a name: "Nexiplan caused", "Nexiplan pens"."""
        if number or len(word) < 6 or not word.isalpha() or not self.text[self.tokens[0].start].isupper():
            return False
        if word.endswith(_ADJECTIVE) or any(0 in held for held in self.places.values()):
            return False
        somebody = self.at("people") or self.at("many")
        return self.word(1) in _CAUSING or 1 in self.at("things") or (self.word(1) in _HAD and not somebody)

    def _paper(self) -> list[int]:
        """Where a sentence quotes from paper: its words, an arm of a trial, and percentages that are no value."""
        off, values = self.covered("not_literature"), self.at("values")
        # "41 percent" of an ejection fraction is a value, as 41% is.
        found = [
            place
            for place in self.at("literature")
            if place not in off
            and not (
                self.word(place) in ("percent", "per") and any(one in values for one in range(max(place - 8, 0), place))
            )
        ]
        for number, token in enumerate(self.tokens):
            if token.word in ("arm", "arms") and any(number == end for end in self.product.values()):
                found.append(number)
            elif number == 0 and token.word in ("in", "with") and 1 in self.at("conditions") and not self.at("many"):
                # "In lupus the kidneys are hit": of the illness.
                found.append(number)
            elif token.word == "%" and not any(place in values for place in range(max(number - 6, 0), number)):
                if self.word(number + 1) != "of" or self.word(number + 2) in (
                    "patients",
                    "pts",
                    "people",
                    "cases",
                    "subjects",
                ):
                    found.append(number)
        return found

    def _persons(self) -> dict[int, bool]:
        """Where somebody concrete begins, and whether it is somebody definite."""
        quoted = self.at("literature")
        # "One of the new studies" is nobody, and "a third with" is a share.
        found = {
            start: self.word(start) not in _ANY
            for start, end in self.at("alone").items()
            if not any(place in quoted for place in range(end - 1, end + 2))
            and self.word(end) != "%"
            and not (self.word(start) in _SHARES and self.word(start - 1) in ("a", "every", "each"))
        }
        for number in self.at("people"):
            after = self.word(number + 1)
            if self.word(number) == "case" and after in ("series", "report", "reports", "study", "studies"):
                continue
            count = self._counted(number, self.lexicon.counts)
            if count is not None:
                found[count] = self.word(count) not in _ANY
            elif number == 0 or self.marks[number]:
                found[number] = True
            elif after in _GOES_ON and self.word(number) in _PATIENT:
                # "EAP patient with": whatever stands before.
                found[number] = False
        for number in self.at("values"):
            if self.word(number - 1) in ("her", "his"):
                found[number - 1] = True
        for number in (*self.at("reaction"), *self.at("serious")):
            # "Another hepatitis", "two fractures"; not "grade 2 rash".
            before = self.word(number - 1)
            if before in _NUMBERED or (
                before.isdecimal()
                and before in "23456789"
                and self.word(number - 2) not in _COUNTED
                and self.text[max(self.tokens[number - 1].start - 1, 0)] != "-"
            ):
                found[number - 1] = True
        for number in self.at("many"):
            count = self._few(number)
            if count is not None:
                found[count] = True
        return found

    def _counted(self, number: int, counts: frozenset[str]) -> int | None:
        for place in range(number - 1, max(number - 2 - _ADJECTIVES, -1), -1):
            if self.marks[place + 1]:
                return None
            if self.word(place) in counts:
                # "Every second patient" is a share.
                return None if self.word(place) in _SHARES and self.word(place - 1) in ("every", "each") else place
        return None

    def _few(self, number: int) -> int | None:
        # "Her patients" are nobody in particular; "two patients" are.
        for place in range(number - 1, max(number - 2 - _ADJECTIVES, -1), -1):
            word = self.word(place)
            if word == "%":
                return None
            if word in ("two", "three", "four", "five", "six", "several", "some", "both", "few", "couple"):
                return place
            if word[0].isdecimal():
                return place if word.isascii() and len(word) < 3 and int(word) < _FEW else None
        return None

    def _split(self) -> list[Clause]:
        soft, soon = self.at("soft_breaks"), {*self.persons, *self.product}
        opening = {
            number
            for number in soft
            if any(place in soon for place in range(number, min(number + _NEAR, len(self.tokens))))
        }
        return split(self.marks, self.at("breaks"), self.at("half_breaks"), opening)
