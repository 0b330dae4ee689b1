"""What a list of inquiries costs: `python -m tests.benchmarks.bench_inquiries`. Figures, never a test."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

INQUIRIES, REQUESTS = 1_000, 500


def main() -> None:
    """Fill a store with signed inquiries and standing requests; print medians of the list, the page and the paper."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import msgspec
    from PySide6.QtWidgets import QApplication

    from liaison_desktop.msl.inquiries import actions
    from liaison_desktop.msl.inquiries.document import evidence_pack, inquiry_document
    from liaison_desktop.msl.inquiries.page import InquiriesPage
    from liaison_desktop.msl.inquiries.queries import asked_before, inquiries, journal_of
    from liaison_desktop.msl.workspace import SCHEMA
    from liaison_desktop.records import new_id
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.jobs import Jobs
    from liaison_desktop.ui.theme import Theme
    from tests import builders
    from tests.fakes import Clock, FileDialogs, NoFrame, PaperTray
    from tests.msl.builders import a_world
    from tests.msl.inquiries.builders import signed

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        store = builders.a_store(Path(folder), SCHEMA, clock)
        world = a_world(store)
        one = signed(store, world)
        asked = actions.new_request(store, person_id=world.person.id, text="New data")
        request = actions.record_request(store, asked, topic_id=world.off_label.id)
        with store.transaction("benchmark") as transaction:
            for _ in range(INQUIRIES):
                transaction.save(msgspec.structs.replace(one, id=new_id(), version=None))
            for _ in range(REQUESTS):
                transaction.save(msgspec.structs.replace(request, id=new_id(), version=None))
        theme = Theme(app, accent="msl")
        desk = Desk(
            store, jobs=Jobs(), theme=theme, clock=clock, files=FileDialogs(), printer=PaperTray(), frame=NoFrame()
        )
        page = InquiriesPage(desk)
        lines, head = journal_of(store, one.id), store.lines(limit=1)[0]
        for what, act in (
            (f"list of {INQUIRIES:,} inquiries, read", lambda: inquiries(store)),
            (f"page with {INQUIRIES:,} inquiries and {REQUESTS:,} requests, filled", lambda: page._fill()),
            ("a page made anew, list and all", lambda: InquiriesPage(desk).deleteLater()),
            (f"asked before, among {INQUIRIES:,}", lambda: asked_before(store, "May Velacor be started below 25?")),
            ("one inquiry, opened", lambda: page.show_record(one.id)),
            ("document", lambda: inquiry_document(one)),
            ("evidence pack", lambda: evidence_pack(one, lines, head)),
        ):
            print(f"{what:60} {_median(act):7.1f} ms")
        store.close()


def _median(act: Callable[[], object], times: int = 9) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
