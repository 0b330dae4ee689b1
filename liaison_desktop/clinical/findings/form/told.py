"""What the typed numbers mean: kilograms large, both temperatures, the body mass index, the weight before."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.clinical.findings.record import TypedUnit, VitalSigns
from liaison_desktop.clinical.findings.rules import (
    Weighed,
    body_mass,
    fact_age,
    show_height,
    show_temperature,
    show_weight,
)
from liaison_desktop.ui.layout import column
from liaison_desktop.ui.text import label


class _Meaning(QWidget):
    """A caption over a value."""

    def __init__(self, caption: str, role: str) -> None:
        super().__init__()
        self.value, self.under = label("", role), label("", "cap", "ink3")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column(label(caption, "cap"), self.value, self.under, None, gap=2))

    def tell(self, value: str, under: str = "") -> None:
        """Show a value, or go away."""
        self.value.set_text(value)
        self.under.set_text(under)
        self.setAccessibleName(f"{value} {under}".strip())
        self.setVisible(bool(value))


class Told(QWidget):
    """One line under the numbers; it takes no room while there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = _Meaning("Weight", "clock")
        self.mass = _Meaning("Body mass index", "number")
        self.warm = _Meaning("Temperature", "number")
        self.tall = _Meaning("Height", "number")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(32)
        for part in (self.weight, self.mass, self.warm, self.tall):
            layout.addWidget(part)
            part.hide()
        layout.addStretch(1)

    def show_set(self, signs: VitalSigns, last: Weighed | None, now: dt.datetime) -> None:
        """Show what this set means."""
        before = ""
        if last is not None:
            how = last.how.label.lower() if last.how is not None else ""
            before = f"before: {last.kg:g} kg, {fact_age(how, last.at, now)}"
        self.weight.tell(show_weight(signs.weight, signs.weight_unit) if signs.weight is not None else "", before)
        mass = body_mass(signs.weight, signs.height)
        self.mass.tell(f"{mass:g}" if mass is not None else "", "kg/m²")
        both = signs.temperature is not None and signs.temperature_unit is TypedUnit.F
        self.warm.tell(show_temperature(signs.temperature or 0.0, signs.temperature_unit) if both else "")
        inches = signs.height is not None and signs.height_unit is TypedUnit.IN
        self.tall.tell(show_height(signs.height or 0.0, signs.height_unit) if inches else "")
        self.setVisible(any(not part.isHidden() for part in (self.weight, self.mass, self.warm, self.tall)))
