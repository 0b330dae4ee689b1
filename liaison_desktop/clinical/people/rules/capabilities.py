"""What a house can take of what a patient needs, in sentences. It compares and counts nothing else: no score, no money."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.people.record import UNITS, Availability, Capability, CapabilityCode, Facility


class Need(msgspec.Struct, frozen=True):
    """What a patient needs; `amount` in the unit of the capability where it has one, such as 12 L/min."""

    code: CapabilityCode
    amount: float | None = None

    @property
    def words(self) -> str:
        """The need within a sentence: "high-flow oxygen 12 L/min"."""
        return f"{_within(self.code)} {_shown(self.amount)} {UNITS[self.code]}" if self._counted else _within(self.code)

    @property
    def _counted(self) -> bool:
        return self.amount is not None and self.code in UNITS


class Answer(msgspec.Struct, frozen=True):
    """What one facility says to all the needs; each part holds phrases for a sentence."""

    facility: Facility
    cannot: tuple[str, ...] = ()
    arranged: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it is known to take everything without asking."""
        return not (self.cannot or self.arranged or self.unknown)

    @property
    def by_arrangement(self) -> bool:
        """Whether it takes everything, some of it by arrangement."""
        return bool(self.arranged) and not (self.cannot or self.unknown)


def _within(code: CapabilityCode) -> str:
    """A label as it reads within a sentence: an abbreviation such as TPN or BiPAP stays as it is."""
    first = code.label.split()[0]
    return code.label if any(mark.isupper() for mark in first[1:]) else code.label[:1].lower() + code.label[1:]


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _row(facility: Facility, code: CapabilityCode, on: datetime.date) -> Capability | None:
    """The row that counts on that day; of several the one that began last."""
    held = [row for row in facility.capabilities if row.code is code and row.available and row.holds(on)]
    return max(held, key=lambda row: row.effective_from or datetime.date.min, default=None)


def in_words(facility: Facility, *, on: datetime.date) -> tuple[tuple[str, str], ...]:
    """What is recorded of a facility on a day, by answer: ("Takes", "high-flow oxygen up to 10 L/min, TPN")."""
    said: dict[Availability, list[str]] = {each: [] for each in Availability}
    for code in CapabilityCode:
        row = _row(facility, code, on)
        if row is not None and row.available is not None:
            limit = f" up to {_shown(row.most)} {UNITS[code]}" if code in UNITS and row.most is not None else ""
            said[row.available].append(f"{_within(code)}{limit}")
    words = {Availability.YES: "Takes", Availability.BY_ARRANGEMENT: "By arrangement", Availability.NO: "Cannot take"}
    return tuple((words[each], ", ".join(said[each])) for each in words if said[each])


def look(needs: Iterable[Need], facility: Facility, *, on: datetime.date) -> Answer:
    """What one facility can take of these needs on a day. What nobody recorded is unknown, never yes and never no."""
    cannot, arranged, unknown = [], [], []
    for need in needs:
        row = _row(facility, need.code, on)
        unit = UNITS.get(need.code, "")
        if row is None:
            unknown.append(need.words)
        elif row.available is Availability.NO:
            cannot.append(need.words)
        elif need.amount is not None and unit and row.most is None:
            unknown.append(f"{need.words}, no limit recorded")
        elif need.amount is not None and unit and row.most is not None and need.amount > row.most:
            cannot.append(f"{need.words}, takes up to {_shown(row.most)}")
        elif row.available is Availability.BY_ARRANGEMENT:
            arranged.append(need.words)
    return Answer(facility, tuple(cannot), tuple(arranged), tuple(unknown))


def explain(
    needs: Iterable[Need], facilities: Iterable[Facility], *, on: datetime.date, here: Facility | None = None
) -> tuple[str, ...]:
    """Sentences on what our facility (or `here`) cannot take, and which of the others would fit; the same each time.

    "Cannot take: high-flow oxygen 12 L/min, takes up to 10." "Would fit: Riverbend LTACH."
    """
    asked, houses = tuple(dict.fromkeys(needs)), tuple(facilities)
    ours = here or next((each for each in houses if each.own), None)
    if not asked or ours is None:
        return ()
    answer = look(asked, ours, on=on)
    if answer.fits:
        return ("Can take everything that is needed.",)
    found = [
        f"{words}: {'; '.join(held)}."
        for words, held in (
            ("Cannot take", answer.cannot),
            ("By arrangement", answer.arranged),
            ("Not recorded whether it takes", answer.unknown),
        )
        if held
    ]
    others = sorted(
        (look(asked, each, on=on) for each in houses if each.id != ours.id),
        key=lambda each: each.facility.name.casefold(),
    )
    for words, fitting in (
        ("Would fit", [each.facility.title() for each in others if each.fits]),
        ("Would fit by arrangement", [each.facility.title() for each in others if each.by_arrangement]),
    ):
        if fitting:
            found.append(f"{words}: {', '.join(fitting)}.")
    if answer.cannot and not any(each.fits or each.by_arrangement for each in others):
        found.append("No other facility recorded here is known to fit.")
    return tuple(found)
