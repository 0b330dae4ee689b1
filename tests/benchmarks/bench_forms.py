"""Forms at speed: open 300 items, one answer to what it shows, a full validation. Prints medians in milliseconds.

Run `python -m tests.benchmarks.bench_forms`; the lower half drives real widgets over a real encrypted store. The budgets are 300 ms to open, 50 ms an answer, 20 ms to validate.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from liaison_desktop.questionnaires.library import newest
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate
from liaison_desktop.questionnaires.writing import canonical


def median(act: Callable[[], Any], rounds: int = 30) -> float:
    """The median milliseconds of the act."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Prints one line a measure."""
    definition = newest("pan")
    content = canonical(definition.raw)
    print(f"items                 {len(definition.index)}")
    print(f"read and parse        {median(lambda: parse(read_json(content))):8.2f} ms")
    print(f"open a blank sheet    {median(lambda: Sheet.blank(definition)):8.2f} ms")
    sheet = Sheet.blank(definition)
    node = sheet.nodes("ctx.procedure")[0]
    state = [False]

    def toggle() -> None:
        state[0] = not state[0]
        assert sheet.answer(node, ("valueBoolean", state[0]))

    print(f"answer, show and hide {median(toggle, 200):8.2f} ms")
    print(f"full validation       {median(lambda: validate(sheet)):8.2f} ms")
    print(f"write a draft         {median(lambda: canonical(sheet.write())):8.2f} ms")
    with_widgets()


def with_widgets() -> None:
    """The same on the screen and on the disk."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from liaison_desktop.clinical.checklists.actions import Planned, start_checklist
    from liaison_desktop.clinical.checklists.form import ChecklistForm
    from liaison_desktop.clinical.workspace import SCHEMA
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.jobs import Jobs
    from liaison_desktop.ui.theme import Theme
    from tests.builders import a_store
    from tests.clinical.checklists.filling import a_patient
    from tests.fakes import Clock, FileDialogs, PaperTray

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        store = a_store(Path(folder), SCHEMA, clock)
        theme = Theme(app, accent="clinical")
        desk = Desk(store, jobs=Jobs(), theme=theme, clock=clock, files=FileDialogs(), printer=PaperTray())
        checklist = start_checklist(store, store.save(a_patient()).id, Planned(procedure=True))
        held: list[ChecklistForm] = []

        def open_form() -> None:
            form = ChecklistForm(desk, checklist.id)
            form.resize(1310, 740)
            form.show()
            app.processEvents()
            held.append(form)

        print(f"open on the screen    {median(open_form, 8):8.2f} ms")
        form = held.pop()
        for old in held:
            old.hide()
            old.deleteLater()
        filler = form.filler
        filler.filling.answer(filler.sheet.nodes("A1")[0], [_first(filler.sheet, "A1")])
        for letter in "EHIL":
            print(f"enter section {letter}       {median(lambda at=letter: _enter(app, filler, at), 6):8.2f} ms")  # type: ignore[misc]
        filler.show_section("E")
        turn = [0]

        def answer() -> None:
            turn[0] += 1
            node = filler.sheet.nodes("E1")[0]
            option = node.item.options[2 if turn[0] % 2 else 0]
            filler.filling.answer(node, [(option.key, option.value)])
            app.processEvents()

        print(f"answer, shown, kept   {median(answer, 30):8.2f} ms")
        half, most = _kept(store, checklist, form)
        print(f"one answer durable    {half:8.2f} ms, 95 of 100 within {most:.2f} ms")
        form.hide()
        store.close()


def _kept(store: Any, checklist: Any, form: Any) -> tuple[float, float]:
    """Median and 95th percentile of 200 answers that each change: on disk with their lines, all 200 lines pending."""
    from liaison_desktop.clinical.checklists.actions import save_answer

    took = []
    node = form.filler.sheet.nodes("N5")[0]
    for number in range(200):
        form.filler.sheet.answer(node, ("valueString", f"Words number {number}"))
        start = time.perf_counter()
        save_answer(store, checklist, form.filler.sheet, section="N", focus=node.key, trail=form.trail)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return took[100], took[190]


def _first(sheet: Sheet, link_id: str) -> tuple[str, Any]:
    option = sheet.nodes(link_id)[0].item.options[0]
    return option.key, option.value


def _enter(app: Any, filler: Any, section: str) -> None:
    filler.show_section("M")
    filler.show_section(section)
    app.processEvents()


if __name__ == "__main__":
    main()
