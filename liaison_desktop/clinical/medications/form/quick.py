"""Lines for typing a medicine fast: three letters, then Tab takes what the list offers first."""

from __future__ import annotations

from collections.abc import Sequence

from liaison_desktop.clinical.medications.queries import known_medicines
from liaison_desktop.clinical.medications.record import Frequency, HighAlert, Route
from liaison_desktop.clinical.people.record import Practitioner
from liaison_desktop.store import Store
from liaison_desktop.ui.suggest import ChoiceLine, Option, SuggestLine, matching

_LETTERS, _MOST = 3, 8

# What else nurses type for a route or a frequency. What is misread (QD, QOD, U) is not among them.
_ROUTES = {Route.PO: "mouth oral", Route.SC: "subcut sq sc", Route.TD: "td patch", Route.INH: "inh", Route.OPH: "eye"}
_TIMES = {
    Frequency.DAILY: "1x od", Frequency.BID: "2x", Frequency.TID: "3x", Frequency.QID: "4x", Frequency.BEDTIME: "qhs hs",
    Frequency.PRN: "needed prn", Frequency.MORNING: "am",
}  # fmt: skip


class TakingLine(SuggestLine):
    """Leaving with Tab takes the choice that is marked, so that nothing needs the mouse or Enter."""

    def focusNextPrevChild(self, next: bool) -> bool:
        """Take what is marked, then go on."""
        if self.is_open() and self._popup is not None and self._options and self.text().strip():
            self._take_number(self._popup.view.current_key())
        return super().focusNextPrevChild(next)


class NameLine(TakingLine):
    """The name of a medicine: from three letters on the small table offers; any other name may stand there too."""

    def __init__(self) -> None:
        super().__init__(_known, "Medicine: three letters, or any name", "Medicine", "pill")

    def value(self) -> str:
        """The name, taken from the table or typed."""
        return self.text().strip()

    def complaint(self) -> str:
        """Any name can be read."""
        return ""

    def set_value(self, value: str | None) -> None:
        """Show a name."""
        self.show_option(None)
        self.setText(value or "")

    def _show_matches(self, text: str) -> None:
        if len(text.strip()) < _LETTERS or not _known(text):
            self._options = ()
            self._close()
        else:
            super()._show_matches(text)

    def _open(self) -> None:
        if len(self.text().strip()) >= _LETTERS:
            super()._open()


def _known(text: str) -> Sequence[Option]:
    found = known_medicines().find(text)[:_MOST]
    return [
        Option(
            each.name,
            each.name,
            f"{each.family.label} · high alert" if each.family.alert is not HighAlert.NONE else each.family.label,
        )
        for each in found
    ]


class RouteLine(TakingLine, ChoiceLine):
    """The way in, by its letters: po, iv, subcut."""

    @property
    def options(self) -> Sequence[Option]:
        """All that can be chosen."""
        return self._all

    def __init__(self) -> None:
        options = [Option(route, route.label, _ROUTES.get(route, "")) for route in Route]
        ChoiceLine.__init__(self, options, "Route", "Route")
        self._look = lambda text: _by_letters(self._all, text)

    def reading(self) -> Route | None:
        """The route that was taken."""
        held = self.value()
        return held if isinstance(held, Route) else None


class TimesLine(TakingLine, ChoiceLine):
    """How often, by its letters: bid, q4h, daily. Anything else is kept in words."""

    @property
    def options(self) -> Sequence[Option]:
        """All that can be chosen."""
        return self._all

    def __init__(self) -> None:
        named = [each for each in Frequency if each is not Frequency.OTHER]
        options = [Option(each, each.label, _TIMES.get(each, "")) for each in named]
        ChoiceLine.__init__(self, options, "How often", "How often")
        self._look = lambda text: _by_letters(self._all, text)

    def reading(self) -> tuple[Frequency | None, str]:
        """The code, or other and the words that were typed."""
        held, words = self.value(), self.text().strip()
        if isinstance(held, Frequency):
            return held, ""
        return (Frequency.OTHER, words) if words else (None, "")

    def _show_matches(self, text: str) -> None:
        if text.strip() and not _by_letters(self._all, text):
            self._options = ()
            self._close()
        else:
            super()._show_matches(text)


def _by_letters(options: Sequence[Option], text: str) -> Sequence[Option]:
    """First what is called so, then what begins so, then where a word does."""
    typed = text.casefold().strip()
    if not typed:
        return options

    def rank(option: Option) -> int:
        words = (
            f"{option.title} {option.facts}".casefold().replace("(", " ").replace(")", " ").replace(",", " ").split()
        )
        code = str(option.value).casefold()
        if typed == code or typed in words:
            return 0
        if option.title.casefold().startswith(typed) or code.startswith(typed):
            return 1
        return 2 if any(word.startswith(typed) for word in words) else 3

    ranked = [(rank(option), option) for option in options]
    return [option for place, option in sorted(ranked, key=lambda each: each[0]) if place < 3]


class PrescriberLine(SuggestLine):
    """A prescriber's name: those of the care team are offered, and taken with Enter only; any other may stand there too."""

    def __init__(self, store: Store, name: str) -> None:
        self._names = tuple(
            Option(each.name, each.name, each.facts()) for each in store.all(Practitioner) if each.name.strip()
        )
        super().__init__(lambda text: matching(self._names, text), "Name", name)
        self.textEdited.connect(lambda _text: self.changed.emit(self.value()))

    def value(self) -> str:
        """The name, taken or typed."""
        return self.text().strip()

    def complaint(self) -> str:
        """Any name can be read."""
        return ""

    def set_value(self, value: str | None) -> None:
        """Show a name."""
        self.show_option(None)
        self.setText(value or "")

    def _show_matches(self, text: str) -> None:
        if text.strip() and not matching(self._names, text):
            self._options = ()
            self._close()
        else:
            super()._show_matches(text)
