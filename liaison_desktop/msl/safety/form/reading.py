"""What the radar and the identity guard see in one text; a text that did not change is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from liaison_desktop.msl.safety.record import About
from liaison_desktop.policies.identity import identities
from liaison_desktop.policies.lexicon import Lexicon
from liaison_desktop.policies.radar import Finding, Known, scan
from liaison_desktop.ui.free_text import FreeTextEditor

_MOST = 64  # texts that are remembered


class Seen(msgspec.Struct, frozen=True):
    """What one editor holds: what may have to be reported, and what may identify a patient."""

    editor: FreeTextEditor
    text: str
    safety: tuple[Finding, ...]
    identity: tuple[Finding, ...]


class Reader:
    """Reads texts with the words in force and the names of our products."""

    def __init__(self, lexicon: Lexicon, products: Callable[[], Iterable[str]]) -> None:
        self._lexicon, self._products = lexicon, products
        self._names: tuple[str, ...] = ()
        self._texts: dict[str, tuple[tuple[Finding, ...], tuple[Finding, ...]]] = {}
        self._sentences: dict[int, Known] = {}  # of the texts that are typed, by the place of their field

    def read(
        self, editors: Iterable[FreeTextEditor], about: About, silent: Callable[[str, Finding], bool]
    ) -> list[Seen]:
        """Each editor that holds something, in its order; `silent` says what was answered already."""
        names = tuple(sorted(self._products()))
        if names != self._names:
            self._names = names
            self._texts.clear()
            self._sentences.clear()
        found = []
        for place, editor in enumerate(editors):
            text = editor.text()
            safety, identity = self._of(text, place)
            open_ones = () if about.reported else tuple(one for one in safety if not silent(text, one))
            found.append(Seen(editor, text, open_ones, identity))
        return found

    def product_in(self, text: str) -> str:
        """The first of our products that is named in a text."""
        lowered = text.casefold()
        return next((name for name in self._names if name.casefold() in lowered), "")

    def _of(self, text: str, place: int) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        if not text.strip():
            return (), ()
        held = self._texts.pop(text, None)
        if held is None:
            known = self._sentences.setdefault(place, {})
            held = scan(text, self._lexicon, products=self._names, known=known), identities(text, self._lexicon)
        self._texts[text] = held
        while len(self._texts) > _MOST:
            self._texts.pop(next(iter(self._texts)))
        return held


def sentence_of(text: str, found: Finding) -> str:
    """The sentence a finding stands in."""
    ends = ".!?\n"
    start = max(text.rfind(end, 0, found.start) for end in ends) + 1
    stops = [place for end in ends if (place := text.find(end, found.end)) >= 0]
    return text[start : min(stops, default=len(text) - 1) + 1].strip()
