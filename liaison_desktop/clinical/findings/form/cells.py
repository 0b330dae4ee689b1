"""Fields of the vital signs form: what is typed, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from liaison_desktop.clinical.findings.rules import read_height, read_pressure, read_temperature, read_weight
from liaison_desktop.ui.inputs import LineEdit

_WHOLE = "Write a whole number."


def read_whole(text: str) -> int | None:
    """A whole number."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 5 else None


def read_decimal(text: str) -> float | None:
    """A number; a comma is taken for a decimal point."""
    plain = text.strip().replace(",", ".")
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit() or len(plain) > 7:
        return None
    return float(plain)


class Cell(LineEdit):
    """One line that is read as a whole: `read` gives None where it cannot be, and `wanted` says how it is written."""

    changed = Signal(object)

    def __init__(self, name: str, read: Callable[[str], Any], wanted: str, placeholder: str = "") -> None:
        super().__init__(name=name, placeholder=placeholder)
        self.setAccessibleName(name)
        self._read, self._wanted = read, wanted
        self.textEdited.connect(lambda _text: self.changed.emit(self.value()))

    def value(self) -> Any:
        """What was typed as it is meant; None where nothing was, or nothing that can be read."""
        return self._read(self.text()) if self.text().strip() else None

    def complaint(self) -> str:
        """How it is written, where what was typed cannot be read."""
        return self._wanted if self.text().strip() and self.value() is None else ""


def measure_cells() -> dict[str, Cell]:
    """The cells of a set of vital signs, by name."""
    return {
        "pressure": Cell("Blood pressure", read_pressure, "Write it as 120/80; 90/p if it was only felt.", "120/80"),
        "pulse": Cell("Pulse", read_whole, _WHOLE),
        "respirations": Cell("Breaths a minute", read_whole, _WHOLE),
        "temperature": Cell("Temperature", read_temperature, "Write it as 37.2 or 98.9 F.", "37.2 or 98.9 F"),
        "spo2": Cell("Oxygen saturation, %", read_whole, _WHOLE),
        "oxygen": Cell("Oxygen, L/min", read_decimal, "Write litres a minute, such as 2."),
        "pain": Cell("Pain, 0 to 10", read_whole, _WHOLE),
        "weight": Cell("Weight", read_weight, "Write the unit too: 82 kg or 180 lb.", "82 kg or 180 lb"),
        "height": Cell("Height", read_height, "Write the unit too: 178 cm or 70 in.", "178 cm or 70 in"),
        "glucose": Cell("Glucose, mg/dL", read_whole, _WHOLE),
    }
