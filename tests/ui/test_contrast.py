"""Every text can be read on what it stands on."""

from __future__ import annotations

import pytest

from liaison_desktop.ui.contrast import LEAST, PAIRS, contrast
from liaison_desktop.ui.tokens import ACCENTS, STRIPES, TYPE, Mode, colours

SHOWN = [mode for mode in Mode if mode is not Mode.SYSTEM]


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("mode", SHOWN)
def test_every_text_pair_can_be_read(mode: Mode, accent: str) -> None:
    held = colours(mode, accent)
    faint = {pair: round(contrast(held[pair[0]], held[pair[1]]), 2) for pair in PAIRS}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < LEAST}


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("mode", SHOWN)
def test_edges_of_controls_can_be_seen(mode: Mode, accent: str) -> None:
    held = colours(mode, accent)
    assert contrast(held["edge"], held["surface"]) >= 3  # WCAG 2.2, 1.4.11
    assert contrast(held["accent"], held["surface"]) >= 3


def test_ratios_are_those_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_every_mode_has_the_same_tokens() -> None:
    names = {frozenset(colours(mode, accent)) for mode in SHOWN for accent in ACCENTS}
    assert len(names) == 1


def test_a_patients_stripe_has_no_colour_with_a_meaning() -> None:
    held = colours(Mode.LIGHT, "msl")
    assert not set(STRIPES) & {held[f"{tone}_fill"] for tone in ("red", "amber", "green")}


def test_no_text_is_smaller_than_twelve_but_the_key_caps() -> None:
    assert {role for role, style in TYPE.items() if style.size < 12} == {"key"}
    assert all(style.size >= 20 for role, style in TYPE.items() if role.startswith("patient"))
