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


def labelled() -> list[tuple[str, str, bool]]:
    """Theme, sentence, and whether it holds something to report."""
    return [
        (theme, text, expected)
        for name, expected in (("reports", True), ("traps", False))
        for theme, held in sentences(name).items()
        for text in held
    ]
