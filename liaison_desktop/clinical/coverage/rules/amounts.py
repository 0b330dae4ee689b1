"""Money in whole cents: what is left of a deductible or limit, and what the patient may have to pay. Never floats."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.coverage.record import CopayPer, CoverageVerification
from liaison_desktop.clinical.coverage.record.verification import WHOLE


class Part(msgspec.Struct, frozen=True):
    """One line of an estimate: its words and its whole cents."""

    words: str
    cents: int


class Estimate(msgspec.Struct, frozen=True):
    """What the patient may have to pay, in whole cents, and how it comes about. It is no guarantee (V34)."""

    cents: int
    parts: tuple[Part, ...]
    capped: bool = False
    without: tuple[str, ...] = ()

    @property
    def unknown(self) -> str:
        """What is not in it because nobody said it; empty if nothing is missing."""
        return f"Not in it, because it is not known: {' and '.join(self.without)}." if self.without else ""


def remaining(total: int | None, met: int | None) -> int | None:
    """What is left, in whole cents or days: total less met, never below zero. None while either is not known."""
    if total is None or met is None:
        return None
    return max(0, total - met)


def money_text(cents: int) -> str:
    """An amount as a person reads it: "$1,250.00"."""
    return f"${cents // 100:,}.{cents % 100:02d}"


def share_text(coinsurance: int) -> str:
    """A share in hundredths of a percent as a person reads it: "12.5 %"."""
    part = f"{coinsurance % 100:02d}".rstrip("0")
    return f"{coinsurance // 100}{'.' if part else ''}{part} %"


def share(cents: int, coinsurance: int) -> int:
    """The part of an amount that a coinsurance in hundredths of a percent takes, rounded half up to a cent."""
    return (cents * coinsurance + WHOLE // 2) // WHOLE


def estimate_of(said: CoverageVerification) -> Estimate | None:
    """What the patient may pay, from what the payer said; None until there is something to work with.

    The rest of the deductible comes first, then the coinsurance on what is over it, then copays; together no more than
    is left of the out-of-pocket limit, and no more than the allowed amount where copays do not come on top.
    """
    copay = _copay(said)
    if said.allowed is None and copay is None:
        return None
    parts: list[Part] = []
    without: list[str] = []
    left = remaining(said.deductible_total, said.deductible_met)
    if said.allowed is not None:
        if left is None and said.coinsurance is None and copay is None:
            return None
        first = min(left or 0, said.allowed)
        if first:
            parts.append(Part("Rest of the deductible", first))
        if left is None:
            without.append("the deductible")
        if said.coinsurance is None and copay is None:
            without.append("coinsurance and copay")
        if said.coinsurance:
            parts.append(Part("Coinsurance on the rest", share(said.allowed - first, said.coinsurance)))
    if copay:
        parts.append(Part("Copays", copay))
    cents = sum(part.cents for part in parts)
    most = remaining(said.limit_total, said.limit_met)
    if most is not None and cents > most:
        return Estimate(most, tuple(parts), capped=True, without=tuple(without))
    return Estimate(cents, tuple(parts), without=tuple(without))


def _copay(said: CoverageVerification) -> int | None:
    if said.copay is None:
        return None
    if said.copay_per in (CopayPer.DAY, CopayPer.VISIT):
        return None if said.expected_units is None else said.copay * said.expected_units
    return said.copay
