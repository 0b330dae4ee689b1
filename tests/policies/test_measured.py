"""A figure of health beside a value of the laboratory is no event; one outside, or one that changed, is."""

from __future__ import annotations

import pytest

from liaison_desktop.policies.lexicon import load_words
from liaison_desktop.policies.own_radar import own_lexicon
from liaison_desktop.policies.radar import scan

WELL = (
    "ALT 22 in her patient on Velacor at week 6.",
    "Patient on Velacor, K 4.1, Na 140.",
    "Patient on Velacor, creatinine 88 umol/l.",
    "Patient on Velacor, creatinine of 0.9 mg/dL.",
    "Patient on Velacor: Hb 14,2.",
    "Her patient takes Velacor 200 mg, platelets 220.",
)
NOT_WELL = (
    "ALT 240 in her patient on Velacor at week 6.",
    "Patient on Velacor, K 6.1, Na 140.",
    "Patient on Velacor, K 4.1, Na 118.",
    "Patient on Velacor: ALT 22, on Monday 240.",
    "ALT 18 x ULN in his patient on Velacor.",
    "Patient on Velacor: Hb 9.1.",
    "Her patient takes Velacor 200 mg, platelets 22.",
    "Patient on Velacor, ALT rose to 40.",
    "Patient on Velacor, ALT six times normal.",
    "ALT 22 in her patient on Velacor, who had a seizure.",
    "ALT 22 and AST 310 in her patient on Velacor.",
)


@pytest.mark.parametrize("text", WELL)
def test_a_figure_of_health_is_silent(text: str) -> None:
    assert scan(text, products=("Velacor",)) == ()


@pytest.mark.parametrize("text", NOT_WELL)
def test_a_figure_outside_of_health_is_marked(text: str) -> None:
    assert scan(text, products=("Velacor",))


@pytest.mark.parametrize("figure", ["14.2.3", "1,2,3", "²", "٤", "13,", "9" * 400])
def test_no_figure_makes_it_raise(figure: str) -> None:
    scan(f"Hb {figure} in her patient on Velacor, HB-204 K {figure}", products=("Velacor", "HB-204"))


def test_each_range_has_a_low_and_a_high_end_and_is_of_a_value_that_is_looked_for() -> None:
    words = load_words("msl")
    values = {name for phrase in words.lists["values"] for name in (phrase, phrase.replace("|", " "))}
    for name, spans in words.normal.items():
        assert all(low < high for low, high in spans)
        assert scan(f"{name} 99999 in her patient on Velacor", products=("Velacor",)), name
    assert "alt" in values


def test_a_facility_with_words_of_its_own_keeps_the_ranges() -> None:
    own = own_lexicon({"terms": {"reaction": {"add": ["marble skin"]}}}, load_words("msl"), "own")
    assert own.normal == load_words("msl").normal
