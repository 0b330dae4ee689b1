"""The radar finds what has to be reported and stays silent on what only sounds like it; the corpus says how well."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.policies.identity import identities, reworded
from liaison_desktop.policies.lexicon import load_words
from liaison_desktop.policies.radar import COMPLAINT, SAFETY, scan
from tests.policies.corpus import PRODUCTS, labelled, sentences, unseen

RECALL, PRECISION = 0.95, 0.85


def figures(part: list[tuple[str, str, bool]]) -> tuple[float, float]:
    """Recall and precision."""
    marked = [(expected, bool(scan(text, products=PRODUCTS))) for _theme, text, expected in part]
    right = sum(expected and found for expected, found in marked)
    return right / sum(expected for expected, _found in marked), right / sum(found for _expected, found in marked)


def test_the_corpus_is_large_and_half_of_it_are_traps() -> None:
    every = labelled()
    assert len(every) >= 300
    assert len({text for _theme, text, _expected in every}) == len(every)
    assert 0.45 <= sum(not expected for _theme, _text, expected in every) / len(every) <= 0.55
    assert 0.28 <= sum(unseen(text) for _theme, text, _expected in every) / len(every) <= 0.40


@pytest.mark.parametrize("kept", [False, True], ids=["tuned on", "kept unseen"])
def test_recall_and_precision(kept: bool) -> None:
    recall, precision = figures([one for one in labelled() if unseen(one[1]) is kept])
    print(f"\n{'kept unseen' if kept else 'tuned on'}: recall {recall:.3f}, precision {precision:.3f}")
    assert recall >= RECALL
    assert precision >= PRECISION


def test_a_finding_says_where_what_and_why() -> None:
    text = "Sees about 40 patients. One on Velacor stopped after severe itching."
    (found,) = scan(text, products=PRODUCTS)
    assert found.words == text[found.start : found.end] == "stopped after severe itching"
    assert (found.kind, found.rule) == (SAFETY, "reaction")
    (broken,) = scan("One blister pack was empty.", products=PRODUCTS)
    assert broken.kind == COMPLAINT
    assert broken.why == "reads as a product complaint"


@pytest.mark.parametrize(
    "trap", ["No rash.", "Asked whether it causes nausea.", "History of hepatitis before the trial.", ""]
)
def test_the_named_traps_are_silent(trap: str) -> None:
    assert scan(trap, products=PRODUCTS) == ()


def test_the_word_lists_have_a_version() -> None:
    assert load_words("msl").version


def test_identity_is_found_and_what_looks_like_it_is_not() -> None:
    held = sentences("identity")
    for text in held["identity"]:
        assert [one.rule for one in identities(text)] == ["PHI-1"], text
    for text in held["rare"]:
        assert {one.rule for one in identities(text)} == {"PHI-2"}, text
    assert [text for text in held["no_identity"] if identities(text)] == []


def test_a_rewording_keeps_age_group_and_sex() -> None:
    text = "Mrs Jones stopped at 5 mg."
    (found,) = identities(text)
    assert reworded(text, found) == "an adult woman stopped at 5 mg."
    assert identities(reworded(text, found)) == ()
    assert reworded("changed meanwhile", found) == "changed meanwhile"


@settings(max_examples=300)
@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    for found in (*scan(text, products=PRODUCTS), *identities(text)):
        assert text[found.start : found.end] == found.words


WORDS = st.sampled_from(
    "one patient no not rash died asked whether if because , . ? Velacor OCA history before trial her % alt rose who may "
    "tablet broken the of in could would".split()
)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=60))
def test_no_order_of_its_own_words_makes_it_raise(words: list[str]) -> None:
    text = " ".join(words)
    for found in scan(text, products=PRODUCTS):
        assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    "piece",
    ["a", "rash ", "no ", "one patient ", "alt rose ", "patient ", "1 ", "Aa ", "1 Aa ", "Mrs ", "only patient ", ".", "no one patient because rash "],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    def seconds(letters: int) -> float:
        text = (piece * letters)[:letters]
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            scan(text, products=PRODUCTS)
            identities(text)
            best = min(best, time.process_time() - start)
        return best

    # Eight times the text may take some twenty times as long on a busy laptop, never the 64 of a square.
    assert seconds(32_000) < 24 * max(seconds(4_000), 0.002)
