"""What may be a passphrase, in plain words."""

from __future__ import annotations

import pytest

from liaison_desktop.security.passphrase import Level, suggest, weigh


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "At least 14 characters"),
        ("   ", "At least 14 characters"),
        ("short", "Too short: 5 of 14"),
        ("a b c d e f", "Too short"),
        ("aaaaaaaaaaaaaaaaaaa", "repeats itself"),
        ("abababababababab", "repeats itself"),
        ("wolf wolf wolf wolf", "repeats itself"),
        ("passwordpassword", "well-known"),
        ("correct horse battery staple", "well-known"),
        ("Anna Synthetic Anna", "your name"),
        ("x" * 2000, "Too long"),
    ],
)
def test_refused_with_the_reason(text: str, words: str) -> None:
    strength = weigh(text, known=("Anna", "Synthetic"))
    assert strength.level is Level.REFUSED
    assert words in strength.words
    assert not strength.accepted


@pytest.mark.parametrize("text", ["Tr4nsplant-12b", "owl rain tin cup", "grün·7·Bäche·x"])
def test_good(text: str) -> None:
    assert weigh(text).level is Level.GOOD


@pytest.mark.parametrize(
    "text", ["owl rain tin cup moss", "a long sentence about a lake", "密码很长而且没有人会猜到它是什么东西吧对不对"]
)
def test_strong(text: str) -> None:
    assert weigh(text).level is Level.STRONG


def test_suggested_ones_are_strong_and_differ() -> None:
    made = {suggest() for _ in range(50)}
    assert len(made) == 50
    assert all(weigh(text).level is Level.STRONG for text in made)
