"""The safety radar: what in a text may have to be reported, and why. Deterministic and offline, the same each time.

Terms, and the scopes that silence them (denied, asked, past, another product, told from paper), are data in
`resources/policies/radar-*.toml`; a second reader (`weighing`) marks what they do not know and spares what they mistake.
It never raises on any text and takes time in proportion to its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from liaison_desktop.policies.clauses import sentences
from liaison_desktop.policies.lexicon import Lexicon, Phrases, Token, load_words, named_products, tokens_of
from liaison_desktop.policies.listed import ASKS, TELLS, Listed, Span, listed, signs
from liaison_desktop.policies.scopes import Scopes
from liaison_desktop.policies.sentence import Sentence
from liaison_desktop.policies.weighing import words_of

SAFETY, COMPLAINT, IDENTITY, RARE = "safety", "complaint", "identity", "rare"

_MOST_WORDS = 80
_WHY = {
    "reaction": "reads as an adverse event",
    "serious": "reads as a serious adverse event",
    "situation": "reads as a special situation, which is reported too",
    "stopping": "treatment was stopped or lowered for a reason",
    "complaint": "reads as a product complaint",
    "told": "tells of somebody on our product: was it an event?",
    "weighed": "the word lists pass it over, but the sentence as a whole reads like a report; these words weigh most",
    "weighed complaint": "the word lists pass it over, but as a whole it reads like a complaint; these words weigh most",
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
    for scopes, told, said in read(piece, asked, before, words, ours):
        sentence = scopes.sentence
        found += (_finding(sentence.text, sentence.tokens, *one) for one in judged(scopes, told, said))
        before = does(sentence, said)
    return tuple(found), before


def read(piece: str, asked: bool, before: str, words: Lexicon, ours: Phrases) -> Iterator[tuple[Scopes, str, Listed]]:
    """A sentence with its scopes, what the one before did, and what the lists say; in pieces if it is very long."""
    whole = tokens_of(piece)
    # Nobody writes such a sentence; without a bound, a text without full stops would take more than its share.
    for first in range(0, len(whole), _MOST_WORDS):
        sentence = Sentence(piece, whole[first : first + _MOST_WORDS], asked, words, ours)
        scopes = Scopes(sentence)
        said = listed(scopes, before)
        yield scopes, before, said
        before = does(sentence, said)


def does(sentence: Sentence, said: Listed) -> str:
    """What a sentence does for the one after it: tells of somebody, asks about an event, or neither."""
    # What follows a sentence about somebody is still about them; "his patient has one" answers a question.
    if sentence.asked:
        return ASKS if sentence.at("reaction") or said.terms else ""
    return TELLS if sentence.persons else ""


def judged(scopes: Scopes, before: str, said: Listed) -> tuple[Span, ...]:
    """What is marked in a sentence after both have read it: the lists, and the reader who weighs the whole of it."""
    sentence = scopes.sentence
    reader, weigher = sentence.lexicon.reader, sentence.lexicon.weigher
    if not reader.on or not said.weighable:
        return said.marked
    words = words_of(sentence.tokens, sentence.product.items())
    chance = weigher.chance(words, signs(scopes, before, said))
    if said.marked:
        serious = any(rule == "serious" for _start, _end, rule in said.marked)
        return said.marked if serious or chance >= reader.spares_below else ()
    if chance < reader.marks_from:
        return ()
    complaint = any(rule == "complaint" for _start, _end, rule in said.terms) or sentence.at("defects")
    return ((*weigher.heaviest(words), "weighed complaint" if complaint else "weighed"),)


def _finding(text: str, tokens: Sequence[Token], start: int, end: int, rule: str) -> Finding:
    first, last = tokens[start].start, tokens[end - 1].end
    kind = COMPLAINT if rule.endswith("complaint") else SAFETY
    return Finding(first, last, text[first:last], kind, _WHY[rule], rule)
