"""The safety radar: what in a text may have to be reported, and why. Deterministic and offline, the same each time.

Terms, and the scopes that silence them (denied, asked, past, another product, told from paper), are data in
`resources/policies/radar-*.toml`. It never raises on any text and takes time in proportion to its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from liaison_desktop.policies.clauses import sentences
from liaison_desktop.policies.lexicon import Lexicon, Phrases, Token, load_words, named_products, tokens_of
from liaison_desktop.policies.scopes import LITERATURE, Scopes
from liaison_desktop.policies.sentence import Sentence
from liaison_desktop.policies.terms import terms_of
from liaison_desktop.policies.told import has_it, told_of_ours

SAFETY, COMPLAINT, IDENTITY, RARE = "safety", "complaint", "identity", "rare"

_RULES = ("serious", "reaction", "situation", "complaint", "stopping", "told")
_BESIDE = 6  # words between a value and its change
_MOST_WORDS = 80
_GIVEN = frozenset("given gave injected swallowed took taken administered infused dosed".split())
_WHY = {
    "reaction": "reads as an adverse event",
    "serious": "reads as a serious adverse event",
    "situation": "reads as a special situation, which is reported too",
    "stopping": "treatment was stopped or lowered for a reason",
    "complaint": "reads as a product complaint",
    "told": "tells of somebody on our product: was it an event?",
}


class Finding(msgspec.Struct, frozen=True):
    """A marked span of a text. `rule` is the list that found it; `why` is said to the person; `proposal` rewords it."""

    start: int
    end: int
    words: str
    kind: str
    why: str
    rule: str
    proposal: str = ""


# A sentence, whether it is a question and what the one before did: what stands in it, where from its beginning, and
# what it does itself: it tells of somebody, or asks about an event.
Known = dict[tuple[str, bool, str], tuple[tuple[Finding, ...], str]]
_TELLS, _ASKS = "tells", "asks"


def scan(
    text: str, lexicon: Lexicon | None = None, *, products: Iterable[str] = (), known: Known | None = None
) -> tuple[Finding, ...]:
    """What in a text may be an adverse event, a special situation or a product complaint, in its order.

    `products` are the names of our products. At most one finding for each clause of the text. Whoever reads a text again
    and again while it is typed keeps `known` for one lexicon and one set of products: only sentences that changed are
    looked at, and what no longer stands in the text is forgotten.
    """
    words, ours = lexicon or load_words("msl"), named_products(tuple(products))
    found: list[Finding] = []
    fresh: Known = {}
    told = ""
    for start, end, asked in sentences(text):
        key = (text[start:end], asked, told)
        held = known.get(key) if known is not None else None
        fresh[key] = held = held if held is not None else _look(*key, words, ours)
        found += (msgspec.structs.replace(one, start=one.start + start, end=one.end + start) for one in held[0])
        told = held[1]
    if known is not None:
        known.clear()
        known.update(fresh)
    return tuple(found)


def _look(piece: str, asked: bool, before: str, words: Lexicon, ours: Phrases) -> tuple[tuple[Finding, ...], str]:
    found: list[Finding] = []
    whole = tokens_of(piece)
    # Nobody writes such a sentence; without a bound, a text without full stops would take more than its share.
    for first in range(0, len(whole), _MOST_WORDS):
        sentence = Sentence(piece, whole[first : first + _MOST_WORDS], asked, words, ours)
        scopes = Scopes(sentence)
        concrete = bool(sentence.persons or scopes.ours) or before == _TELLS or scopes.many_tell or scopes.denies
        found += _of_sentence(scopes, concrete, before == _ASKS)
        # What follows a sentence about somebody is still about them; "his patient has one" answers a question.
        if sentence.asked:
            before = _ASKS if sentence.at("reaction") or terms_of(sentence) else ""
        else:
            before = _TELLS if sentence.persons else ""
    return tuple(found), before


def _of_sentence(scopes: Scopes, concrete: bool, was_asked: bool) -> Iterator[Finding]:
    sentence = scopes.sentence
    marked: dict[int, tuple[int, int, str]] = {}
    terms = terms_of(sentence)
    # "It was given to the wrong man": what was given, in a note of ours, is ours.
    given = any(sentence.word(place) in _GIVEN for place in sentence.at("takings"))
    if not terms and (told := (has_it(sentence) if was_asked else None) or told_of_ours(scopes)):
        marked[told[0]] = (*told, "told")
    for start, end, rule in terms:
        if not (concrete or rule == "complaint" or (rule == "situation" and given)):
            continue
        clause = sentence.segment_of(sentence.number_of(start)).start
        held = marked.get(clause)
        if held is not None and start - held[1] > _BESIDE:
            continue
        silence = scopes.silence(start, end)
        # A label that is missing is a complaint, and no quotation of the label.
        if silence and not (silence == LITERATURE and rule == "complaint"):
            continue
        if held is None:
            marked[clause] = (_with_lead(sentence, start, clause), end, rule)
        else:
            # "Stopped after severe itching" is one finding, called by what is worst in it.
            worst = min(held[2], rule, key=_RULES.index)
            marked[clause] = (held[0], max(held[1], end), worst)
    for start, end, rule in marked.values():
        yield _finding(sentence.text, sentence.tokens, start, end, rule)


def _with_lead(sentence: Sentence, start: int, lowest: int) -> int:
    while start > lowest and sentence.word(start - 1) in sentence.lexicon.lead:
        start -= 1
    return start


def _finding(text: str, tokens: Sequence[Token], start: int, end: int, rule: str) -> Finding:
    first, last = tokens[start].start, tokens[end - 1].end
    kind = COMPLAINT if rule == "complaint" else SAFETY
    return Finding(first, last, text[first:last], kind, _WHY[rule], rule)
