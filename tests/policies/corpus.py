"""The labelled corpus: sentences with something to report, and traps. A fixed hash keeps a third of them unseen."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

FOLDER = Path(__file__).with_name("corpus")
PRODUCTS = ("Velacor", "Orivant")


def unseen(text: str) -> bool:
    """Whether a sentence belongs to the third that nobody looks at while the lists are tuned."""
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


def sentences(name: str) -> dict[str, list[str]]:
    """The sentences of a file by theme."""
    return dict(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def labelled(folder: str = "") -> list[tuple[str, str, bool]]:
    """Theme, sentence, and whether it holds something to report."""
    return [
        (theme, text, expected)
        for name, expected in (("reports", True), ("traps", False))
        for theme, held in sentences(f"{folder}{name}").items()
        for text in held
    ]


def second() -> list[tuple[str, str, bool]]:
    """The same of the second corpus, whose author had seen neither the lists nor the first corpus."""
    return labelled("second/")


def held_back(text: str) -> bool:
    """Whether a sentence of the second corpus belongs to its unseen third: another draw than the first corpus's."""
    return hashlib.sha256(f"second:{text}".encode()).digest()[0] % 3 == 0
