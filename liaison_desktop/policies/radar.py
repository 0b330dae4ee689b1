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
from liaison_desktop.policies.listed import Around, Listed, Outline, Span, listed, outline, signs
from liaison_desktop.policies.scopes import Scopes
from liaison_desktop.policies.sentence import Sentence
from liaison_desktop.policies.terms import terms_of
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


class Held(msgspec.Struct):
    """What is known of one sentence: what it is for its neighbours, and its findings among those it had."""

    outline: Outline
    found: dict[Around, tuple[Finding, ...]]


# By the sentence, and whether a question mark ends it; where from its beginning.
Known = dict[tuple[str, bool], Held]
Looked = list[tuple[Scopes, list[Span]]]  # the pieces of a sentence with their terms; one, if it is not very long


def scan(
    text: str, lexicon: Lexicon | None = None, *, products: Iterable[str] = (), known: Known | None = None
) -> tuple[Finding, ...]:
    """What in a text may be an adverse event, a special situation or a product complaint, in its order.

    `products` are the names of our products. At most one finding for each clause of the text. Whoever reads a text again
    and again while it is typed keeps `known` for one lexicon and one set of products: only sentences that changed are
    looked at, and their neighbours; what no longer stands in the text is forgotten.
    """
    words, ours = lexicon or load_words("msl"), named_products(tuple(products))
    fresh: Known = {}
    looked: dict[tuple[str, bool], Looked] = {}
    places: list[tuple[int, tuple[str, bool]]] = []
    for start, end, asked in sentences(text):
        key = (text[start:end], asked)
        if not key[0].strip():
            continue
        held = fresh.get(key) or (known.get(key) if known else None)
        if held is None:
            looked[key] = look(*key, words, ours)
            held = Held(whole(looked[key]), {})
        fresh[key] = held
        places.append((start, key))
    found: list[Finding] = []
    for (start, key), around in zip(places, neighbours([fresh[key].outline for _start, key in places]), strict=True):
        held = fresh[key]
        if around not in held.found:
            held.found[around] = tuple(_findings(looked.get(key) or look(*key, words, ours), around))
        found += (
            msgspec.structs.replace(one, start=one.start + start, end=one.end + start) for one in held.found[around]
        )
    if known is not None:
        known.clear()
        known.update(fresh)
    return tuple(found)


def look(piece: str, asked: bool, words: Lexicon, ours: Phrases) -> Looked:
    """The scopes and terms of a sentence."""
    tokens = tokens_of(piece)
    # Nobody writes such a sentence; without a bound, a text without full stops would take more than its share.
    pieces = [
        Scopes(Sentence(piece, tokens[first : first + _MOST_WORDS], asked, words, ours))
        for first in range(0, len(tokens), _MOST_WORDS)
    ]
    return [(scopes, terms_of(scopes.sentence)) for scopes in pieces]


def whole(looked: Looked) -> Outline:
    """What a sentence is for its neighbours; a very long one is what its last piece is."""
    return outline(*looked[-1]) if looked else Outline()


def neighbours(outlines: Sequence[Outline]) -> Iterator[Around]:
    """What stands around each sentence."""
    padded = [Outline(), *outlines, Outline()]
    return (Around(before, after) for before, after in zip(padded, padded[2:], strict=False))


def _findings(looked: Looked, around: Around) -> Iterator[Finding]:
    for scopes, terms in looked:
        for one in judged(scopes, around, listed(scopes, terms, around)):
            yield _finding(scopes.sentence.text, scopes.sentence.tokens, *one)


def judged(scopes: Scopes, around: Around, said: Listed) -> tuple[Span, ...]:
    """What is marked in a sentence after both have read it: the lists, and the reader who weighs the whole of it."""
    sentence = scopes.sentence
    reader, weigher = sentence.lexicon.reader, sentence.lexicon.weigher
    if not reader.on or not said.weighable:
        return said.marked
    words = words_of(sentence.tokens, sentence.product.items())
    chance = weigher.chance(words, signs(scopes, around, said))
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
