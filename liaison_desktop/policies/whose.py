"""Whose product a sentence is about: ours, taken and not merely talked of; another maker's; or nobody's on any product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liaison_desktop.policies.clauses import Clause
from liaison_desktop.policies.sentence import Sentence

# Before our product these say that somebody had it.
EXPOSED = frozenset("on taking took takes received after since with given injected swallowed had of".split())
_CAUSED_BY = frozenset("on with w to taking took of after since from under by".split())
_HIS_PATIENT = ("patient", "pt", "user", "case")
_ITSELF = frozenset(
    "no none nobody neither without free been be started start starting treated put given received receive yet one "
    "patient patients anyone those longer denies denied nothing never".split()
)
_ADDED = frozenset("added top joined introduced".split())
_NEVER = 8  # words from "had never been given" to what was never given
_TALKED_OF = ("re", "about", "regarding", "discussed")


def ours_in(sentence: Sentence, held: Sequence[Mapping[str, int]]) -> dict[int, bool]:
    """Where our product is meant, not denied and not merely planned; and whether by its name, or only plainly."""
    found: dict[int, bool] = {}
    theirs = {place for start, end in sentence.others.items() for place in range(start, end)}
    planned = {sentence.number_of(place) for place in sentence.at("not_yet")}
    for places, named in ((sentence.product, True), (sentence.at("ours"), False)):
        for place in places:
            if _denied(sentence, place, held[place]) or place in theirs or _only_a_topic(sentence, place):
                continue
            if planned and sentence.number_of(place) in planned:
                continue
            if sentence.word(place) == "lot" and sentence.word(place - 1) == "a":
                continue
            if not found.get(place):
                found[place] = named or sentence.word(place) in ("our", "ours", "your")
    return found


def _denied(sentence: Sentence, place: int, held: Mapping[str, int]) -> bool:
    """Whether our product is denied: "never on it", "not been on it"; not "the value did not stir on it"."""
    begun = held.get("negation")
    if begun is None:
        return False
    between = [sentence.word(one) for one in range(begun, place)]
    return not between or between[-1] not in _CAUSED_BY or len(between) < 3 or any(word in _ITSELF for word in between)


def _only_a_topic(sentence: Sentence, place: int) -> bool:
    """Whether our product is named for its data, price or session, and not as taken."""
    end = sentence.product.get(place)
    if end is None:
        return False
    if sentence.word(place - 1) in _TALKED_OF and not sentence.marks[place]:
        return True
    topics = (sentence.at("heads"), sentence.at("office"), sentence.at("literature"))
    return end < len(sentence.tokens) and not sentence.marks[end] and any(end in held for held in topics)


def of_others(sentence: Sentence, ours: Mapping[int, bool], number: int) -> bool:
    """Whether the medicine named nearest a clause is another maker's: in it, else before it, else after it."""
    if not sentence.others:
        return False
    first, clauses = min(sentence.others), sentence.clauses
    # "Bleeding on apixaban since ours was added": both are meant.
    if any(
        named and sentence.word(one) in _ADDED
        for place, named in ours.items()
        for one in range(place + 1, min(place + 5, sentence.clause_of(place).end))
    ):
        return False
    for clause in (clauses[number], *reversed(clauses[:number]), *clauses[number + 1 :]):
        inside = range(clause.start, clause.end)
        # "Every second infusion" is theirs, once theirs was named.
        if any(place in inside and (named or place < first) for place, named in ours.items()):
            return False
        # "Platelets 12, steroids given" names the remedy; a cause that follows is told by "on" or "with".
        after = clause.start > clauses[number].start
        if any(
            place in inside
            and not (after and sentence.word(place - 1) not in _CAUSED_BY and sentence.word(end) not in _HIS_PATIENT)
            for place, end in sentence.others.items()
        ):
            return True
    return False


def of_bystander(sentence: Sentence, ours: Mapping[int, bool], clause: Clause) -> bool:
    """Whether the liaison or somebody's family is meant, and nobody is told to have had our product."""
    inside, kin = range(clause.start, clause.end), sentence.covered("bystanders")
    if sentence.word(clause.start) == "and" and clause.start and not clause.parts:
        # "The secretary slipped and broke her wrist": the second verb is hers too.
        inside = range(sentence.clause_of(clause.start - 1).start, clause.end)
    if not any(place in inside for place in kin):
        return False
    if any(place in inside and not {place, place + 1} & kin for place in sentence.persons):
        return False
    return not any(place in inside or sentence.word(place - 1) in EXPOSED for place in ours)


def their_level(sentence: Sentence, ours: Mapping[int, bool], number: int, start: int) -> bool:
    """Whether the level of another medicine changed beside ours: that is an interaction of ours."""
    segment = sentence.segment_of(number)
    level = start in sentence.at("values") or (start - 1 in sentence.others and start in sentence.at("reaction"))
    return level and any(named and place in segment for place, named in ours.items())


def had_after_all(sentence: Sentence, ours: Mapping[int, bool]) -> bool:
    """Whether ours was had by somebody after all, where somebody else is said never to have had it."""
    return any(
        sentence.word(one - 1) in EXPOSED and not any(0 <= one - place < _NEVER for place in sentence.at("unexposed"))
        for one in ours
    )
