"""The labelled corpora themselves: no sentence counts twice, both labels are held in strength, a third stays unseen."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.policies.corpus import AUTHORS, FOURTH, THIRD, drawn, labelled


def plain(text: str) -> str:
    """A sentence without what does not make it another one: case, stops, blanks."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def test_no_sentence_counts_twice() -> None:
    """Counts alone are compared, so that a failure does not show the unseen sentences to whoever tunes the lists."""
    times = Counter(plain(text) for author in AUTHORS for _theme, text, _expected in labelled(author))
    assert sum(count > 1 for count in times.values()) == 0


@pytest.mark.parametrize("author", [THIRD, FOURTH])
def test_a_corpus_is_half_reports_and_half_traps(author: str) -> None:
    """A score over lopsided labels would flatter a radar that always, or never, marks."""
    labels = Counter(expected for _theme, _text, expected in labelled(author))
    assert min(labels.values()) >= 240
    assert max(labels.values()) <= 1.1 * min(labels.values())


def test_about_a_third_of_every_corpus_and_label_stays_unseen() -> None:
    """The share may wander by chance, but neither label may lack unseen sentences."""
    for author in AUTHORS:
        for label in (True, False):
            kept = [drawn(text, author) for _theme, text, expected in labelled(author) if expected is label]
            assert 0.22 < sum(kept) / len(kept) < 0.45
