"""Whether the window stalls while documents are made: `python -m tests.benchmarks.bench_workshop [DOCUMENTS]`.

A timer of the window ticks every 16 ms; what counts is how late a tick is while consents are made and sealed, in this
process on another thread and in the process of its own. The machine should have nothing else to do.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from liaison_desktop.documents.styles import sheet
from liaison_desktop.documents.workshop.order import Order
from liaison_desktop.documents.workshop.warm import WarmWorkshop
from liaison_desktop.documents.workshop.workshop import Workshop
from tests.documents.samples import a_summary
from tests.documents.sealing.examples import a_sealing, the_identity

TICK = 16  # ms


def gaps(application: QApplication, work: Callable[[], object]) -> list[float]:
    """The time between ticks (ms) while `work` runs on a thread of its own."""
    found: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        found.append((now - last) * 1000)
        last = now
        if not thread.is_alive():
            application.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    thread = threading.Thread(target=work)
    timer.start(TICK)
    thread.start()
    application.exec()
    thread.join()
    return sorted(found)


def main() -> None:
    """Print one line for each way of making."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    application = QApplication([])
    order = Order(
        module="liaison_desktop.clinical.consents.document.making",
        maker="make_summary",
        of=(a_summary(), sheet("letter"), "Patient copy"),
    )
    warm, here = WarmWorkshop(), Workshop()

    def make(workshop: Workshop) -> None:
        for _ in range(count):
            workshop.make(order, a_sealing(), the_identity().sign_document)

    for workshop in (here, warm):  # the libraries are loaded before anything is measured
        workshop.make(order, a_sealing(), the_identity().sign_document)
    ways: tuple[tuple[str, Callable[[], object]], ...] = (
        ("nothing is made", lambda: time.sleep(3)),
        (f"{count} on a thread of the window's", lambda: make(here)),
        (f"{count} in a process of their own", lambda: make(warm)),
    )
    for name, work in ways:
        begin = time.perf_counter()
        found = gaps(application, work)
        took = time.perf_counter() - begin
        p50, p99 = found[len(found) // 2], found[int(len(found) * 0.99)]
        sys.stdout.write(f"{name:<36} tick p50 {p50:5.1f}  p99 {p99:6.1f}  max {found[-1]:6.1f} ms, {took:5.1f} s\n")
    warm.close()


if __name__ == "__main__":
    main()
