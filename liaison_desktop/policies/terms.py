"""What in a sentence may have to be reported: single terms, and pairs of words that say it only together."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.policies.measured import SHORT, figure_of, healthy
from liaison_desktop.policies.sentence import Sentence

TERMS = ("serious", "situation", "stopping", "reaction", "unable", "efficacy", "faulty", "frames")
# The rule that a list is reported under.
RULE = {"unable": "reaction", "frames": "reaction", "efficacy": "situation", "faulty": "complaint"}
_BESIDE = 6  # words between a value and its change, a part of the body and what ails it
_DENIED = 4  # words between a denial and what it denies
_BEYOND = ("twice", "times", "x", "above", "over", "below", "than", "not", "never", "upper", "far", "from")
_SIDE = ("side", "adverse", "ill", "untoward")
_COULD = frozenset("could couldn't can can't cannot couldnt cant unable".split())


def terms_of(sentence: Sentence) -> list[tuple[int, int, str]]:
    """First token, the one after the last, and the rule, in their order."""
    found = [
        *_single(sentence),
        *_values(sentence),
        *_parts(sentence),
        *_denied(sentence),
        *_defects(sentence),
        *_benefits(sentence),
    ]
    return sorted(set(found))


def _single(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    harmless = sentence.covered("not_reaction")
    for name in TERMS:
        for start, end in sentence.at(name).items():
            if start in harmless and name in ("reaction", "unable"):
                continue
            if name == "reaction" and start in sentence.at("conditions") and not _happening(sentence, start):
                continue
            if name == "frames" and _of_the_office(sentence, end):
                continue
            yield start, end, RULE.get(name, name)
    repeats = sentence.at("repeats")
    for start in sentence.at("takings"):
        for place in range(start + 1, min(start + _BESIDE, sentence.clause_of(start).end)):
            if place in repeats and sentence.word(repeats[place]) not in (
                "a",
                "daily",
                "per",
                "every",
                "each",
                "weekly",
                "of",
            ):
                yield start, repeats[place], "situation"
                break


def _of_the_office(sentence: Sentence, end: int) -> bool:
    """Whether what was "developed" or "suffered" is a plan, a paper, a good mood."""
    near = range(end, min(end + 5, len(sentence.tokens)))
    return any(place in sentence.at(name) for name in ("office", "heads", "benefits", "normal") for place in near)


def _happening(sentence: Sentence, start: int) -> bool:
    """Whether a long-standing illness is said to have come, come back or grown worse, or stands behind our product."""
    clause = sentence.clause_of(start)
    of_many = sentence.word(start - 1) in ("with", "w") and (
        start - 2 in sentence.at("many") or start - 2 in sentence.at("people")
    )
    if not of_many and any(clause.start <= place < start for place in (*sentence.product, *sentence.at("ours"))):
        return True
    if any(clause.start <= place < clause.end for place in sentence.at("good")):
        return False
    # "Migraine since starting it": the clause that follows begins with the word. "Urticaria, 2 h after it": a mere name.
    last = clause.end + _BESIDE if clause.end - clause.start <= 2 else clause.end
    return any(clause.start <= place <= last for place in sentence.at("happening"))


def _values(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    changes, normal, well = sentence.at("changes"), sentence.at("normal"), healthy(sentence)
    for start, end in sentence.at("values").items():
        if any(start in range(first, last) for first, last in sentence.product.items()):
            continue
        clause = sentence.clause_of(start)
        if any(clause.start <= place < clause.end and sentence.word(place - 1) not in _BEYOND for place in normal):
            continue
        reach = 1 if sentence.word(start) in SHORT else _BESIDE
        near = [
            *range(end, min(end + reach, len(sentence.tokens))),
            *range(start - 1, max(start - 1 - min(reach, 4), -1), -1),
        ]
        change = next((place for place in near if place in changes), None)
        if change is not None:
            yield min(start, change), max(end, changes[change]), "reaction"
        elif start not in well and (figure := figure_of(sentence, start, end)) is not None:
            yield start, figure + 1, "reaction"


def _parts(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    ailing = sentence.at("ailing")
    for start, end in sentence.at("parts").items():
        clause = sentence.clause_of(start)
        near = [*range(end, min(end + 5, clause.end)), *range(start - 1, max(start - 5, clause.start - 1), -1)]
        beside = next((place for place in near if place in ailing), None)
        if beside is not None:
            yield min(start, beside), max(end, ailing[beside]), "reaction"


def _denied(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """What a denial reports: it did not help, she could not walk, it would not click."""
    works, abilities, operations = (sentence.at(name) for name in ("works", "abilities", "operations"))
    for start, end in (*sentence.at("denials").items(), *sentence.at("difficulties").items()):
        clause = sentence.clause_of(start)
        could = start in sentence.at("difficulties") or bool({sentence.word(start), sentence.word(start - 1)} & _COULD)
        for place in range(end, min(end + _DENIED, clause.end)):
            if place in operations and sentence.word(start) not in ("no", "without") and _thing(sentence, start):
                yield start, operations[place], "complaint"
                break
            if place in works and start in sentence.at("denials") and sentence.word(place - 1) not in _SIDE:
                yield start, works[place], "situation"
                break
            if place in abilities and (could or sentence.word(start).endswith(("n't", "not"))):
                yield start, abilities[place], "reaction"
                break


def _thing(sentence: Sentence, place: int) -> bool:
    segment = sentence.segment_of(sentence.number_of(place))
    return any(one in segment for held in (sentence.at("things"), _as_thing(sentence)) for one in held)


def _as_thing(sentence: Sentence) -> list[int]:
    """Where our product is named for itself; not for its slides, its poster, its users."""
    others = [sentence.at(name) for name in ("heads", "office", "literature", "people", "many")]
    return [place for place, end in sentence.product.items() if not any(end in held for held in others)]


def _defects(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    things, lay, ours = sentence.at("things"), sentence.at("lay"), _as_thing(sentence)
    for start, end in sentence.at("defects").items():
        clause = sentence.clause_of(start)
        if (
            (start not in lay and any(max(start - 4, clause.start) <= place < start for place in ours))
            or any(clause.start <= place < clause.end and place != start for place in things)
            or (_thing(sentence, start) and any(abs(place - start) <= _BESIDE for place in things))
        ):
            yield start, end, "complaint"


def _benefits(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Something else got better, to somebody's surprise."""
    unexpected = sentence.at("unexpected")
    if not unexpected:
        return
    for start, end in sentence.at("benefits").items():
        if any(place < start or place >= end for place in unexpected) and (
            sentence.at("conditions") or sentence.at("reaction") or sentence.at("parts") or sentence.persons
        ):
            yield start, end, "situation"
