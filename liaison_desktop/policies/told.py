"""Somebody on our product of whom something is told in words of no list: everyday talk of harm has no end of them.

Only where nothing else was found to judge, and nothing says that it went well, is asked, planned, or from paper.
"""

from __future__ import annotations

from liaison_desktop.policies.measured import healthy
from liaison_desktop.policies.scopes import Scopes
from liaison_desktop.policies.sentence import Sentence
from liaison_desktop.policies.whose import EXPOSED

# One of these anywhere in the sentence, and it tells of no event, or of one that is not to be guessed at.
_AGAINST = (
    "good", "benefits", "normal", "relieved", "topical", "hypothetical", "doubtful", "practice", "not_yet",
    "figures", "literature", "indication", "benign", "bystanders",
)  # fmt: skip
_SINCE = frozenset(("since", "after", "following", "ever"))
_INTO = ("into", "of", "on")
_TIMES = frozenset("day days week weeks wk wks month months year years cycle cycles".split())
_HAVING = EXPOSED | {"from", "under", "through", "upon", "w", "takes", "starting"}
_UNABLE = frozenset("cannot can't couldn't won't never wouldn't cant couldnt wont".split())
_TELLERS = frozenset("i we he she they".split())
_TAKING = frozenset("on taking takes took under".split())
_SOMEBODY = frozenset("she he her him his they them".split())
_ABLE = frozenset("could can able to again now".split())
_ENOUGH = 2  # words that neither name anybody nor say merely that a treatment goes on


def told_of_ours(scopes: Scopes) -> tuple[int, int] | None:
    """The words that tell it: the first token and the one after the last; None where there is nothing of the kind."""
    sentence = scopes.sentence
    if sentence.asked or sentence.others or sentence.paper or _against(sentence):
        return None
    had = _exposure(scopes)
    if had is None or _denied(sentence):
        return None
    place, since = had
    if not since and not sentence.persons and not _taken_by_somebody(sentence, place):
        return None
    segment = sentence.segment_of(sentence.number_of(place))
    left = left_of(sentence, segment)
    return (left[0], left[-1] + 1) if len(left) >= _ENOUGH else None


def left_of(sentence: Sentence, places: range) -> list[int]:
    """Where words stand that neither name anybody or our product nor say merely that a treatment goes on.

    A value of the laboratory with a figure of health says no more than that.
    """
    covered = {one for name in ("plain", "ours", "alone", "people", "many") for one in sentence.covered(name)}
    named = {**sentence.product, **healthy(sentence)}
    covered.update(one for start, end in named.items() for one in range(start, end))
    return [one for one in places if one not in covered and not sentence.word(one)[0].isdecimal()]


def says_more(sentence: Sentence) -> bool:
    """Whether a sentence says more than who is on what, and that somebody can, or something works: nothing denies it."""
    able = {one for name in ("abilities", "operations", "works", "things") for one in sentence.covered(name)}
    left = left_of(sentence, range(len(sentence.tokens)))
    return any(one not in able and sentence.word(one) not in _ABLE for one in left)


def _against(sentence: Sentence) -> bool:
    if any(sentence.at(name) for name in _AGAINST):
        return True
    real = sentence.covered("not_supposed")
    return any(place not in real for place in sentence.at("supposed"))


def _exposure(scopes: Scopes) -> tuple[int, bool] | None:
    """Where our product is said to have been had, and whether what is told came since."""
    sentence, found = scopes.sentence, None
    for place in sorted(scopes.ours):
        words = {sentence.word(one) for one in range(max(place - 2, 0), place + 1)}
        # "Two days into it", "14 months of it" date what is told as "since" does.
        dated = sentence.word(place - 1) in _INTO and words | {sentence.word(place - 3)}
        if words & _SINCE or (dated and dated & _TIMES):
            return place, True
        if found is None and (words & _HAVING or _noted(sentence, place)):
            found = (place, False)
    return found


def _noted(sentence: Sentence, place: int) -> bool:
    """Whether our product stands alone between two marks, as in a note: "he saw green frogs, Velacor week 5"."""
    end = sentence.product.get(place)
    clause = sentence.clause_of(place)
    plain = sentence.covered("plain")
    return end is not None and all(
        one in plain or place <= one < end or sentence.word(one)[0].isdecimal()
        for one in range(clause.start, clause.end)
    )


def _taken_by_somebody(sentence: Sentence, place: int) -> bool:
    """Whether "she" or "he" is on our product, and not merely keen on it, or speaking on it."""
    taken = sentence.word(place - 1) in _TAKING or sentence.word(place) in _TAKING or _noted(sentence, place)
    return taken and any(sentence.word(one) in _SOMEBODY for one in range(len(sentence.tokens)))


def _denied(sentence: Sentence) -> bool:
    """Whether anything is denied, except what somebody could not do."""
    return any(
        sentence.word(place) not in _UNABLE and sentence.word(place - 1) not in ("could", "can", "would", "will")
        for place in sentence.at("negation")
    )


def has_it(sentence: Sentence) -> tuple[int, int] | None:
    """Where somebody is said to have what was asked about in the sentence before: "Is gout listed? He has two cases." """
    for start, end in sentence.at("likewise").items():
        if not _denied(sentence) and (sentence.persons or sentence.word(start - 1) in _TELLERS):
            return start, end
    return None
