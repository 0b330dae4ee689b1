"""What the tour leaves behind: one line a step, numbered screenshots, and `tour.json`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.tour.hand import NotSo, settle


class Step(msgspec.Struct, kw_only=True):
    """One step: its name, what was seen to be so, how long it took, and its picture."""

    name: str
    asserted: list[str] = []
    milliseconds: int = 0
    screenshots: list[str] = []
    failed: str = ""


class Log:
    """Runs steps and keeps the record of them."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.steps: list[Step] = []
        self.more: dict[str, Any] = {}
        self._pictures = 0
        out.mkdir(parents=True, exist_ok=True)

    def run(self, name: str, work: Callable[[], None]) -> bool:
        """Do one step and print its line; False if something was not so."""
        step = Step(name=name)
        self.steps.append(step)
        begin = time.perf_counter()
        try:
            work()
        except (NotSo, LiaisonError) as error:
            step.failed = str(error) or type(error).__name__
            self.picture("failed")
        step.milliseconds = round((time.perf_counter() - begin) * 1000)
        outcome = f"NOT SO: {step.failed}" if step.failed else "; ".join(step.asserted)
        sys.stdout.write(f"{len(self.steps):2d} {name:<34} {step.milliseconds:6d} ms  {outcome}\n")
        sys.stdout.flush()
        self.write()
        return not step.failed

    def so(self, what: str, fact: bool) -> None:
        """Something that must be so. Raises NotSo if it is not."""
        if not fact:
            raise NotSo(what)
        self.steps[-1].asserted.append(what)

    def picture(self, name: str, window: QWidget | None = None) -> None:
        """A numbered screenshot of the window in front."""
        settle()
        seen = window or QApplication.activeWindow()
        if seen is None:
            seen = next((top for top in QApplication.topLevelWidgets() if top.isVisible()), None)
        if seen is None:
            raise NotSo("there is no window to take a picture of")
        self._pictures += 1
        file = f"{self._pictures:02d}-{name}.png"
        seen.grab().save(str(self.out / file))
        self.steps[-1].screenshots.append(file)

    def write(self) -> None:
        """Write `tour.json` as it stands."""
        content = {"steps": self.steps, "passed": not any(step.failed for step in self.steps), **self.more}
        encoded = msgspec.json.format(msgspec.json.encode(content), indent=2)
        (self.out / "tour.json").write_bytes(encoded)
