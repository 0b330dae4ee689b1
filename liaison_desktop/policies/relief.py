"""What went well, as treatment should: it relieved what ailed somebody, who has it no longer, or it was simply done."""

from __future__ import annotations

from collections.abc import Mapping

from liaison_desktop.policies.clauses import Clause
from liaison_desktop.policies.sentence import Sentence

_BESIDE = 7  # words between what ails somebody and that it got better
_ENDED = ("longer", "stopped", "ceased", "quit")
_HELPED = frozenset("on since with to thanks under after by".split())


def relieved(sentence: Sentence, ours: Mapping[int, bool], clause: Clause, start: int, end: int) -> bool:
    """Whether what is treated got better: "itch much better on it"; not "a rash on it, now gone"."""
    if any(clause.start <= place < start for place in sentence.at("onset")) or sentence.at("unexpected"):
        return False
    near = range(max(start - 3, clause.start), min(end + _BESIDE, clause.end))
    at = next((place for place in sentence.at("relieved") if place in near), None)
    if at is None or at in range(start, end):
        return False
    # "Velacor took the pain away": it is said to have done so.
    if (
        sentence.word(at - 1) not in ("not", "no", "never")
        and clause.start in sentence.product
        and at < clause.start + 4
    ):
        return True
    return any(
        sentence.word(place - 1) in _HELPED and (place > max(at, start) or place < min(at, start))
        for place in ours
        if place in range(clause.start, clause.end + 3)
    )


def no_longer(sentence: Sentence, clause: Clause, start: int, end: int) -> bool:
    """Whether what ailed somebody does so no longer: "no longer bleeds", "the eczema no longer itches"."""
    if sentence.word(start - 1) == "longer":
        return start in sentence.at("reaction")
    if sentence.word(start - 1) in _ENDED and sentence.word(start).endswith("ing"):
        return True
    if start in sentence.at("parts") and any(
        sentence.word(place - 1) in _ENDED and (place in sentence.at("ailing") or place in sentence.at("reaction"))
        for place in range(start + 2, min(end + 1, clause.end))
    ):
        return True
    return start in sentence.at("conditions") and any(
        sentence.word(place) == "longer" and place + 1 in sentence.at("reaction")
        for place in range(start + 1, clause.end)
    )


def why_taken(sentence: Sentence, number: int, start: int, end: int) -> bool:
    """Whether a term is why our product is taken, or a treatment ended for money, a move, or because it was done."""
    if start in sentence.at("stopping"):
        if sentence.word(end).endswith("ing") and (end in sentence.at("ailing") or end in sentence.at("reaction")):
            return True
        return any(place in sentence.segment_of(number) for place in sentence.at("benign"))
    follows = sentence.clauses[number + 1].start if number + 1 < len(sentence.clauses) else len(sentence.tokens)
    return sentence.word(follows) == "for" and sentence.word(follows + 1) == "which"
