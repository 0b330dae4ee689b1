"""A PIN: not too easy, never kept, told apart from every other."""

from __future__ import annotations

import pytest

from liaison_desktop.errors import Damaged
from liaison_desktop.security.pin import pin_fits, pin_verifier, weigh_pin


@pytest.mark.parametrize("pin", ["", "12a456", "12345", "123456", "654321", "111111", "121212", "1" * 13, "٤٨٢٩١٥"])
def test_what_is_no_pin(pin: str) -> None:
    assert weigh_pin(pin)


def test_it_is_known_again_and_not_kept() -> None:
    assert weigh_pin("482915") == ""
    kept = pin_verifier("482915")
    assert "482915" not in kept
    assert kept != pin_verifier("482915")
    assert pin_fits("482915", kept)
    assert not pin_fits("482916", kept)
    with pytest.raises(Damaged):
        pin_fits("482915", "{}")
