"""Train the second reader of the safety radar, in plain Python: `python -m tests.policies.train_radar`.

    (nothing)         train on the open parts of every corpus and write resources/policies/radar-msl-weights.json
    --leave-one-out   train without one author, score that author, for each in turn; nothing is written

The lists were tuned on the very sentences it trains on, and would look faultless there. So each sentence is read with
lists that lack words drawn by a fixed hash, several draws after one another: as they stand before an author they have
never seen. What is kept back of a corpus is not looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from liaison_desktop.paths import resource
from liaison_desktop.policies.clauses import sentences
from liaison_desktop.policies.lexicon import Lexicon, Phrases, load_words, named_products
from liaison_desktop.policies.listed import Around, listed, signs
from liaison_desktop.policies.radar import Looked, look, neighbours, whole
from liaison_desktop.policies.weighing import (
    FULL_LENGTH,
    NUMBER,
    PRODUCT,
    Weigher,
    beginnings,
    endings,
    pairs_of,
    stem,
    words_of,
)
from liaison_desktop.policies.weights import Weights
from tests.policies.corpus import AUTHORS, FOURTH, PRODUCTS, TUNING, labelled, open_part

_NAMES = (*PRODUCTS, "HB-204", "Nefrelin")
_DRAWS, _JUDGES = (0, 1, 2, 3), (11, 12)  # seeds of the words that lack while training, and while an author is left out
_LACKING = {"terms": 0.3, "scopes": 0.2, "evidence": 0.2}  # shares of the phrases
_STAY = ("lead", "spelling", "counts")
_SENTENCES = 3  # a word in fewer has no weight of its own
_DECAY = 10.0  # how strongly weights are held down: the inverse of the C of other programs
_ROUNDS, _STEP = 30, 0.15
_CHANCES = (0.35, 0.4, 0.45, 0.5, 0.55)
_SPARED = (0.0, 0.15)
_BECAUSE = (
    "Logistic regression on the open parts of the corpora in tests/policies, by tests/policies/train_radar.py; "
    "left-out authors choose the limits of `reader` in radar-msl.toml."
)

Features = dict[str, float]


class Row(msgspec.Struct, frozen=True):
    """One sentence as it is weighed: whether it holds a report, whether the lists mark it, whether it may be weighed."""

    report: bool
    marked: bool
    weighed: bool
    terms: bool
    words: tuple[str, ...]
    signs: tuple[str, ...]


def lacking(seed: int) -> Lexicon:
    """The shipped lists without what a fixed hash draws from them."""
    parts = load_words("msl").parts

    def stays(name: str, phrase: str, share: float) -> bool:
        return hashlib.sha256(f"{seed}:{name}:{phrase}".encode()).digest()[0] / 256 >= share

    tables = {
        table: {
            name: tuple(one for one in held if name in _STAY or stays(name, one, share))
            for name, held in getattr(parts, table).items()
        }
        for table, share in _LACKING.items()
    }
    return Lexicon(msgspec.structs.replace(parts, **tables))


def rows(author: str, seeds: Sequence[int]) -> list[list[Row]]:
    """The sentences of an author's open part, text by text, once for each draw of lacking words, or with none.

    Every second draw sets a sentence that stands alone between two traps, as in a note: neighbours are no sign of harm.
    """
    part = labelled(TUNING) if author == TUNING else open_part(author)
    ours = named_products(_NAMES)
    found = []
    for seed in seeds or (None,):
        lexicon = load_words("msl") if seed is None else lacking(seed)
        texts = [_looked(text, lexicon, ours) for _theme, text, _expected in part]
        traps = [whole(looked[0]) for looked, (_theme, _text, report) in zip(texts, part, strict=True) if not report]
        for looked, (_theme, text, expected) in zip(texts, part, strict=True):
            outlines = [whole(one) for one in looked]
            if seed is not None and seed % 2 and len(outlines) == 1:
                place = int.from_bytes(hashlib.sha256(f"{seed}:{text}".encode()).digest()[:4], "big")
                outlines = [traps[place % len(traps)], *outlines, traps[place // 7 % len(traps)]]
                arounds = [*neighbours(outlines)][1:2]
            else:
                arounds = [*neighbours(outlines)]
            found.append([*_rows(looked, arounds, expected)])
    return found


def _looked(text: str, lexicon: Lexicon, ours: Phrases) -> list[Looked]:
    pieces = [(text[start:end], asked) for start, end, asked in sentences(text) if text[start:end].strip()]
    return [look(*piece, lexicon, ours) for piece in pieces]


def _rows(looked: Sequence[Looked], arounds: Sequence[Around], expected: bool) -> Iterator[Row]:
    for parts, around in zip(looked, arounds, strict=True):
        for scopes, terms in parts:
            sentence, said = scopes.sentence, listed(scopes, terms, around)
            words = tuple(words_of(sentence.tokens, sentence.product.items()))
            yield Row(
                expected, bool(said.marked), said.weighable, bool(terms), words, tuple(signs(scopes, around, said))
            )


def features(row: Row) -> Features:
    """What is weighed in a sentence, each with how often it counts."""
    found: Counter[str] = Counter(f"sign {sign}" for sign in row.signs)
    for word in dict.fromkeys(row.words):
        found[f"word {stem(word)}"] += 1
        if word not in (PRODUCT, NUMBER):
            found.update(f"beginning {part}" for part in beginnings(word))
            found.update(f"ending {part}" for part in endings(word))
    found.update(f"pair {pair}" for pair in pairs_of(row.words))
    return {**found, "length": min(len(row.words), FULL_LENGTH) / FULL_LENGTH}


def train(texts: Sequence[Sequence[Row]], draws: int) -> Weights:
    """The weights that tell reports from traps."""
    chosen = [row for text in texts for row in _meant(text)]
    every = [(features(row), row.report) for row in chosen]
    times = Counter(name for found, _report in every for name in found)
    known = {name for name, count in times.items() if count >= _SENTENCES * draws}
    samples = [([(name, value) for name, value in found.items() if name in known], report) for found, report in every]
    start, held = _descend(samples)
    return _as_file(start, held, len(chosen) // draws)


def _meant(text: Sequence[Row]) -> Sequence[Row]:
    """The sentences that make a text what it is; a report of several does not say which one, so its terms tell."""
    if len(text) == 1 or not text[0].report:
        return text
    return [row for row in text if row.marked] or [row for row in text if row.terms]


def _descend(samples: Sequence[tuple[Sequence[tuple[str, float]], bool]]) -> tuple[float, Mapping[str, float]]:
    """Stochastic gradient descent of the logistic loss with decay, in a fixed order."""
    decay = _DECAY / len(samples)
    order = sorted(range(len(samples)), key=lambda place: hashlib.sha256(str(place).encode()).digest())
    held: dict[str, float] = {name: 0.0 for found, _report in samples for name, _value in found}
    scale, start, step = 1.0, 0.0, 0
    for _round in range(_ROUNDS):
        for place in order:
            found, report = samples[place]
            rate = _STEP / (1 + _STEP * decay * step)
            step += 1
            total = start + scale * sum(held[name] * value for name, value in found)
            wrong = report - 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
            scale *= 1 - rate * decay
            for name, value in found:
                held[name] += rate * wrong * value / scale
            start += rate * wrong
    return start, {name: weight * scale for name, weight in held.items()}


def _as_file(start: float, held: Mapping[str, float], count: int) -> Weights:
    tables: dict[str, dict[str, int]] = {"sign": {}, "word": {}, "pair": {}, "beginning": {}, "ending": {}}
    for name, weight in sorted(held.items()):
        table, _, rest = name.partition(" ")
        if rest and (hundredths := round(weight * 100)):
            tables[table][rest] = hundredths
    return Weights(
        version=load_words("msl").version,
        because=_BECAUSE,
        trained_on=count,
        start=round(start * 100),
        length=round(held.get("length", 0.0) * 100),
        signs=tables["sign"],
        words=tables["word"],
        pairs=tables["pair"],
        beginnings=tables["beginning"],
        endings=tables["ending"],
    )


def scores(texts: Sequence[Sequence[Row]], weights: Weights | None) -> list[tuple[bool, list[tuple[bool, float]]]]:
    """Of each text whether it is a report; of each sentence whether the lists mark it, and its chance."""
    weigher = Weigher(weights) if weights else None
    found = []
    for text in texts:
        seen = []
        for row in text:
            neutral = 1.0 if row.marked else 0.0
            seen.append((row.marked, weigher.chance(row.words, row.signs) if weigher and row.weighed else neutral))
        found.append((text[0].report, seen))
    return found


def figures(
    held: Sequence[tuple[bool, list[tuple[bool, float]]]], marks_from: float, spares_below: float
) -> tuple[float, float]:
    """Recall and precision at an operating point."""
    judged = [
        (report, any(chance >= (spares_below if marked else marks_from) for marked, chance in seen))
        for report, seen in held
    ]
    right = sum(report and found for report, found in judged)
    return right / sum(report for report, _ in judged), right / max(1, sum(found for _, found in judged))


def leave_one_out() -> None:
    """Print what lists that lack words, and lists with the reader, find of an author neither has seen."""
    training = {author: rows(author, _DRAWS) for author in (*AUTHORS, TUNING)}
    tested = {}
    for left in AUTHORS:
        texts = [text for author, held in training.items() if author != left for text in held]
        weights = train(texts, len(_DRAWS))
        judges = rows(left, _JUDGES) if left != FOURTH else rows(left, ())
        tested[left] = scores(judges, weights)
        recall, precision = figures(scores(judges, None), 1.0, 0.0)
        print(f"{left or 'first'}: lists alone recall {recall:.3f}, precision {precision:.3f}", flush=True)
    for marks_from in _CHANCES:
        for spares_below in _SPARED:
            said = ("{:.3f}/{:.3f}".format(*figures(held, marks_from, spares_below)) for held in tested.values())
            print(f"marks from {marks_from}, spares below {spares_below}: {', '.join(said)}")


def main(arguments: Sequence[str]) -> int:
    """Train, or leave one author out."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--leave-one-out", action="store_true")
    if reading.parse_args(arguments).leave_one_out:
        leave_one_out()
        return 0
    texts = [text for author in (*AUTHORS, TUNING) for text in rows(author, _DRAWS)]
    weights = train(texts, len(_DRAWS))
    path = resource("policies", "radar-msl.toml").with_name("radar-msl-weights.json")
    path.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    tables = (weights.signs, weights.words, weights.pairs, weights.beginnings, weights.endings)
    count = sum(len(table) for table in tables)
    print(f"{count} weights from {weights.trained_on} sentences, {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
