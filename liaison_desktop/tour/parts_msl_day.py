"""The liaison's day: a visit in one line, the brief before the next one, and what is stored about a doctor."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from liaison_desktop.msl.report.page import StoredPage
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.tour.hand import NotSo, find, key, press, until, write
from liaison_desktop.tour.parts import Part, Stage
from liaison_desktop.tour.parts_msl_asked import asked_parts

CONTROL = Qt.KeyboardModifier.ControlModifier
NOTE = "liked the poster"


def day_parts(stage: Stage) -> tuple[Part, ...]:
    """What follows the first submitted visit."""

    def one_line() -> None:
        stage.go("today")
        before = len(stage.store.all(Visit))
        key(Qt.Key.Key_K, CONTROL, on=stage.frame)
        line = find(QLineEdit, "Command bar")
        write(line, f"v vanc 30m phone #itch {NOTE}")
        offered = stage.frame.search.bar.model.items
        stage.so("the bar says what it understood", any("Note" in str(one) for one in offered))
        stage.so("and nothing is saved yet", len(stage.store.all(Visit)) == before)
        stage.pictures("one-line")
        key(Qt.Key.Key_Return, on=line)
        until(lambda: stage.frame.page_key == "visits", "the visit is open")
        made = stage.store.all(Visit)[-1]
        stage.so("one line is a visit", len(stage.store.all(Visit)) == before + 1 and made.duration_min == 30)
        stage.so("the words nobody understood are its note", made.notes == NOTE)
        stage.pictures("one-line-visit")

    def brief() -> None:
        stage.go("visits")
        page = stage.frame.page
        if not isinstance(page, VisitsPage):
            raise NotSo("the page of visits is open")
        first = next(visit for visit in stage.store.all(Visit) if visit.locked)
        page.show_record(first.id)
        printed = len(stage.papers.printed)
        key(Qt.Key.Key_Space, on=page.list.view)
        shown = page.reading.view.shown
        stage.so("Space shows the brief", shown is not None and page.reading.view.isVisible())
        stage.so("with what was promised", shown is not None and len(shown.promises) == 1)
        stage.pictures("brief")
        key(Qt.Key.Key_F9, on=page.list.view)
        stage.so("F9 prints it", len(stage.papers.printed) == printed + 1)
        stage.so(
            "and the journal says so", any(line.reason.startswith("brief:") for line in stage.store.lines(limit=5))
        )
        key(Qt.Key.Key_Space, on=page.list.view)
        stage.so("Space puts it away", not page.reading.view.isVisible())

    def stored() -> None:
        stage.frame.open("stored", stage.store.search("okonkwo", "person")[0].id)
        page = stage.frame.page
        if not isinstance(page, StoredPage):
            raise NotSo("the page of what is stored is open")
        until(lambda: page.paper.page_count >= 1, "the page is put together")
        stage.so("what is stored about a doctor is a document", page.paper.page_count >= 1)
        press("Anonymise…")
        stage.so("taking her out is shown before it is done", page.plan is not None and page.plan.changes)
        stage.pictures("what-we-store")
        press("Cancel")

    return (
        ("visit by one line", one_line),
        *asked_parts(stage),
        ("brief before a visit", brief),
        ("what we store about a doctor", stored),
    )
