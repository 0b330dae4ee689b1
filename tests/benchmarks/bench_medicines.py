"""What the tab of medicines costs with thirty of them: `python -m tests.benchmarks.bench_medicines`. Figures, never a test."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtWidgets import QApplication

from liaison_desktop.clinical.medications.actions import history_for, save_history, standing_of
from liaison_desktop.clinical.medications.form import MedicinesPane
from liaison_desktop.clinical.medications.queries import known_medicines
from liaison_desktop.clinical.medications.record import Frequency, Route, Source
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.jobs import Jobs
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Mode
from tests import builders
from tests.clinical.medications.examples import a_medicine, a_stay, says
from tests.fakes import Clock, FileDialogs, NoFrame, PaperTray

MEDICINES, ROUNDS = 30, 9
_SAYS = tuple(
    says(source, "5 mg", route=Route.PO, frequency=Frequency.BID)
    for source in (Source.PATIENT, Source.PHARMACY, Source.RECORD)
)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """The quickest of some rounds, in ms: on the clock of the wall, and of the processor alone."""
    walls, processor = [], []
    for _ in range(ROUNDS):
        wall, own = time.perf_counter(), time.process_time()
        act()
        walls.append((time.perf_counter() - wall) * 1000)
        processor.append((time.process_time() - own) * 1000)
    return min(walls), min(processor)


def main() -> None:
    """Thirty medicines with three sources each; the tab is opened again and again."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        store = builders.a_store(Path(folder) / "clinical", SCHEMA, Clock())
        desk = Desk(
            store,
            jobs=Jobs(),
            theme=Theme(app, mode=Mode.LIGHT, accent="clinical"),
            clock=Clock(),
            files=FileDialogs(),
            printer=PaperTray(),
            frame=NoFrame(),
        )
        stay = a_stay(store)
        save_history(store, msgspec.structs.replace(history_for(store, stay), open_question=True))
        names = [each.name for each in known_medicines().find("a")[:MEDICINES]]
        for name in names:
            store.save(a_medicine(name, "5 mg", patient=stay.patient, episode=stay.id, says=_SAYS))
        patient = store.get(Patient, stay.patient)  # type: ignore[arg-type]

        def opens() -> None:
            pane = MedicinesPane(desk, patient)
            pane.resize(1190, 600)
            pane.show()
            app.processEvents()
            pane.hide()
            pane.deleteLater()

        print(f"{len(names)} medicines, three sources each; quickest of {ROUNDS}, wall and processor")
        for what, act in (("open the tab", opens), ("work out how they stand", lambda: standing_of(store, stay.id))):
            print(f"{what:28} {timed(act)[0]:7.1f} ms {timed(act)[1]:7.1f} ms")
        store.close()


if __name__ == "__main__":
    main()
