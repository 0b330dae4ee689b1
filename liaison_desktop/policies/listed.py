"""What the word lists say of one sentence: what they mark, what they found and silenced, and the signs of all that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from liaison_desktop.policies.scopes import LITERATURE, Scopes
from liaison_desktop.policies.sentence import Sentence
from liaison_desktop.policies.told import has_it, says_more, told_of_ours

Span = tuple[int, int, str]  # the first token, the one after the last, and the rule

TELLS, ASKS = "tells", "asks"  # what a sentence does for the one after it
_RULES = ("serious", "reaction", "situation", "complaint", "stopping", "told")
_BESIDE = 6  # words between a value and its change
_HALVES = (
    "abilities",
    "works",
    "defects",
    "operations",
    "parts",
    "values",
    "benefits",
    "things",
    "conditions",
    "changes",
)
_GIVEN = frozenset("given gave injected swallowed took taken administered infused dosed".split())


class Outline(msgspec.Struct, frozen=True):
    """What a sentence is for its neighbours: it tells of somebody, or asks about an event; it speaks of our product."""

    does: str = ""
    ours: bool = False


class Around(msgspec.Struct, frozen=True):
    """The sentences before and after one."""

    before: Outline = Outline()
    after: Outline = Outline()


class Listed(msgspec.Struct, frozen=True):
    """What is marked in a sentence, every term in it, and why terms are not marked.

    `vague` says that nobody had a term that stands there, `told` that nothing else stands against it. `weighable` says
    that there is something to weigh: a term that no scope firmly took back, or more than who is on what.
    """

    marked: tuple[Span, ...]
    terms: tuple[Span, ...]
    silenced: frozenset[str]
    vague: bool
    told: bool
    weighable: bool


def outline(scopes: Scopes, terms: Sequence[Span]) -> Outline:
    """What follows a sentence about somebody is still about them; "his patient has one" answers a question."""
    sentence = scopes.sentence
    if sentence.asked:
        does = ASKS if sentence.at("reaction") or terms else ""
    else:
        does = TELLS if sentence.persons else ""
    return Outline(does, bool(scopes.ours))


def listed(scopes: Scopes, terms: Sequence[Span], around: Around) -> Listed:
    """What the lists say of a sentence among its neighbours."""
    sentence, before = scopes.sentence, around.before.does
    concrete = bool(sentence.persons or scopes.ours) or before == TELLS or scopes.many_tell or scopes.denies
    marked: dict[int, Span] = {}
    silenced: set[str] = set()
    vague = told_plainly = False
    # "It was given to the wrong man": what was given, in a note of ours, is ours.
    given = any(sentence.word(place) in _GIVEN for place in sentence.at("takings"))
    if not terms and (told := (has_it(sentence) if before == ASKS else None) or told_of_ours(scopes)):
        marked[told[0]] = (*told, "told")
    for start, end, rule in terms:
        if not (concrete or rule == "complaint" or (rule == "situation" and given)):
            vague = True
            told_plainly = told_plainly or not scopes.silence(start, end)
            continue
        clause = sentence.segment_of(sentence.number_of(start)).start
        held = marked.get(clause)
        if held is not None and start - held[1] > _BESIDE:
            continue
        silence = scopes.silence(start, end)
        # A label that is missing is a complaint, and no quotation of the label.
        if silence and not (silence == LITERATURE and rule == "complaint"):
            silenced.add(silence)
            continue
        if held is None:
            marked[clause] = (_with_lead(sentence, start, clause), end, rule)
        else:
            # "Stopped after severe itching" is one finding, called by what is worst in it.
            worst = min(held[2], rule, key=_RULES.index)
            marked[clause] = (held[0], max(held[1], end), worst)
    if marked:
        weighable = True
    elif terms:
        weighable = told_plainly or not silenced & sentence.lexicon.reader.respects
    else:
        # A heading weighs nothing, and is no report.
        weighable = bool(sentence.persons or scopes.ours) and says_more(sentence)
    return Listed(tuple(marked.values()), tuple(terms), frozenset(silenced), vague, told_plainly, weighable)


_ALONE = Around()


def signs(scopes: Scopes, around: Around, found: Listed) -> Iterator[str]:
    """What the lists and scopes saw in a sentence, each sign once and by name, for the second reader to weigh."""
    sentence, ours = scopes.sentence, scopes.ours
    for name in sentence.places:
        yield f"list {name}"
    if not found.terms:
        # What alone is a term only beside something else: "he could sleep", "the pen clicked".
        yield from (f"only {name}" for name in _HALVES if sentence.at(name))
    somebody = bool(sentence.persons)
    known = {
        "product": bool(sentence.product),
        "ours": bool(ours),
        "ours by name": any(ours.values()),
        "other product": bool(sentence.others),
        "paper": bool(sentence.paper),
        "question": sentence.asked,
        "denial": scopes.denies,
        "somebody": somebody,
        "somebody definite": any(sentence.persons.values()),
        "somebody and ours": somebody and bool(ours),
        "somebody or ours": somebody or bool(ours),
        "after a tale": around.before.does == TELLS,
        "after a question": around.before.does == ASKS,
        "before a tale": around.after.does == TELLS,
        "beside ours": around.before.ours or around.after.ours,
        "alone": around == _ALONE,
        "no term": not found.terms,
        "vague": found.vague,
        "vague but told": found.told,
        "vague but told beside ours": found.told and (around.before.ours or around.after.ours),
        "marked": bool(found.marked),
    }
    yield from (name for name, there in known.items() if there)
    yield from (f"term {rule}" for rule in dict.fromkeys(rule for _start, _end, rule in found.terms))
    yield from (f"mark {rule}" for rule in dict.fromkeys(rule for _start, _end, rule in found.marked))
    yield from (f"silence {name}" for name in sorted(found.silenced))


def _with_lead(sentence: Sentence, start: int, lowest: int) -> int:
    while start > lowest and sentence.word(start - 1) in sentence.lexicon.lead:
        start -= 1
    return start
