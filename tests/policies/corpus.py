"""The labelled corpora: sentences with something to report, and traps. A fixed hash keeps a third of each unseen."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

FOLDER = Path(__file__).with_name("corpus")
PRODUCTS = ("Velacor", "Orivant")

# Each corpus draws its unseen third with a word of its own, so that a sentence two authors might share is not tied to
# one draw.
FIRST, SECOND, THIRD, FOURTH = "", "second", "third", "fourth"
AUTHORS = (FIRST, SECOND, THIRD, FOURTH)
TUNING = "tuning"  # the folder of what was written while tuning


def drawn(text: str, corpus: str = FIRST) -> bool:
    """Whether a sentence of a corpus belongs to its unseen third; the first corpus has no word in front."""
    seed = f"{corpus}:{text}" if corpus else text
    return hashlib.sha256(seed.encode()).digest()[0] % 3 == 0


def unseen(text: str) -> bool:
    """Whether a sentence belongs to the third that nobody looks at while the lists are tuned."""
    return drawn(text)


def held_back(text: str) -> bool:
    """The same for the second corpus: another draw than the first corpus's."""
    return drawn(text, SECOND)


def held_back_third(text: str) -> bool:
    """The same for the third corpus."""
    return drawn(text, THIRD)


def sentences(name: str) -> dict[str, list[str]]:
    """The sentences of a file by theme."""
    return dict(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def labelled(folder: str = FIRST) -> list[tuple[str, str, bool]]:
    """Theme, sentence, and whether it holds something to report; of the corpus in a folder, or of the first."""
    return [
        (theme, text, expected)
        for name, expected in (("reports", True), ("traps", False))
        for theme, held in sentences(f"{folder}/{name}" if folder else name).items()
        for text in held
    ]


def second() -> list[tuple[str, str, bool]]:
    """The same of the second corpus, whose author had seen neither the lists nor the first corpus."""
    return labelled(SECOND)


def third() -> list[tuple[str, str, bool]]:
    """The same of the third corpus, whose author had seen neither the lists nor the sentences of the other two."""
    return labelled(THIRD)


def open_part(folder: str) -> list[tuple[str, str, bool]]:
    """What of a corpus anybody may look at and tune on."""
    return [one for one in labelled(folder) if not drawn(one[1], folder)]
