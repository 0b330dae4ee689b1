"""The recovery key can be copied by hand and read back."""

from __future__ import annotations

import pytest

from liaison_desktop.security.recovery import (
    GROUPS,
    Mistyped,
    group_matches,
    groups_to_retype,
    new_recovery,
    read_recovery,
    recovery_text,
)


def test_text_and_back() -> None:
    for _ in range(50):
        raw = new_recovery()
        text = recovery_text(raw)
        assert [len(group) for group in text.split("-")] == [5] * GROUPS
        assert read_recovery(f"  {text.lower().replace('-', '')}\n") == raw


def test_every_single_typing_error_is_found() -> None:
    text = recovery_text(bytes(range(20)))
    for place, letter in enumerate(text):
        if letter != "-":
            wrong = text[:place] + ("7" if letter != "7" else "8") + text[place + 1 :]
            with pytest.raises(Mistyped, match="typing error"):
                read_recovery(wrong)


@pytest.mark.parametrize("text", ["", "ABC", "U" * 40, "\u202e" + "A" * 39, "A" * 41, "A" * 100_000, "٣" * 40])
def test_other_text_is_not_a_recovery_key(text: str) -> None:
    with pytest.raises(Mistyped):
        read_recovery(text)


def test_two_groups_are_typed_again() -> None:
    text = recovery_text(bytes(range(20)))
    seen = set()
    for _ in range(200):
        first, second = groups_to_retype()
        assert 1 <= first < second <= GROUPS
        seen |= {first, second}
    assert seen == set(range(1, GROUPS + 1))
    assert group_matches(text, 3, f" {text.split('-')[2].lower()} ")
    assert not group_matches(text, 3, text.split("-")[3])
    assert not group_matches(text, 3, "é")
