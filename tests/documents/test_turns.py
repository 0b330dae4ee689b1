"""Documents made at the same moment on several threads are those each would have been alone."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from liaison_desktop.clinical.consents.document.making import make_summary
from liaison_desktop.documents.styles import sheet
from tests.documents.samples import a_summary


def test_threads_take_turns_with_the_fonts() -> None:
    """The layout engine keeps the glyphs it is cutting down in common; two at once would end in an index error."""
    alone = {name: make_summary(a_summary(), sheet(name), "Chart copy") for name in ("letter", "a4")}
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads that change places often meet in the wrong place soon
    try:
        with ThreadPoolExecutor(4) as threads:
            jobs = [
                threads.submit(make_summary, a_summary(), sheet(name), "Chart copy") for name in ("letter", "a4") * 8
            ]
            made = [job.result() for job in jobs]
    finally:
        sys.setswitchinterval(before)
    assert made == [alone["letter"], alone["a4"]] * 8
