"""What a consent summary costs: `python -m tests.benchmarks.bench_pdf [--documents 1000]`. Medians, never a test.

With `--documents` so many are built, sealed and verified one after another, and memory is told before and after.
Other writers of the same words stand beside it where they are installed (`other_writers.py`).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from liaison_desktop.clinical.consents.document.check import expected_body, expected_footer
from liaison_desktop.clinical.consents.document.layout import lay_out
from liaison_desktop.clinical.consents.document.making import make_summary
from liaison_desktop.documents.reading import refuse_if_missing
from liaison_desktop.documents.sealing.seal import sealed
from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.documents.styles import sheet
from tests.benchmarks.other_writers import writers
from tests.documents.samples import a_summary
from tests.documents.sealing.examples import ROOTS, a_sealing, the_identity

ROUNDS = 40


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of so many runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print one line a figure."""
    content, paper, copy_for = a_summary(), sheet("letter"), "Patient copy"
    begin = time.perf_counter()
    made = make_summary(content, paper, copy_for).content
    first = (time.perf_counter() - begin) * 1000
    body, footer = expected_body(content), expected_footer(content, copy_for)
    figures = {
        "first of a run, with fonts": first,
        "laid out": median_ms(lambda: lay_out(content, paper, copy_for)),
        "read back and checked": median_ms(lambda: refuse_if_missing(made, paper.bottom - 1, body, footer)),
        "whole, letter": median_ms(lambda: make_summary(content, paper, copy_for)),
        "whole, large print": median_ms(lambda: make_summary(content, sheet("letter", large=True), copy_for)),
        "first page as an image": median_ms(lambda: _render(made)),
    }
    done = _seal(made)
    figures["sealed"] = median_ms(lambda: _seal(made))
    figures["seal verified"] = median_ms(lambda: check(done, ROOTS))
    for name, milliseconds in figures.items():
        sys.stdout.write(f"{name:<28} {milliseconds:8.1f} ms\n")
    sys.stdout.write(f"{'size':<28} {len(made) / 1024:8.1f} KB, sealed {len(done) / 1024:.1f} KB\n")
    pairs = [(text.label, text.text) for text in body]
    for name, write in writers().items():
        if write is None:
            sys.stdout.write(f"{name:<28} not installed, not compared\n")
        else:
            sys.stdout.write(f"{'same words, ' + name:<28} {median_ms(lambda w=write: w(pairs), 10):8.1f} ms\n")
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=0)
    count = parser.parse_args().documents
    if count:
        _many(count)


def _seal(content: bytes) -> bytes:
    return sealed(content, a_sealing(), the_identity().sign_document)


def _many(count: int) -> None:
    content, paper = a_summary(), sheet("letter")
    built, put_on, verified, before = 0.0, 0.0, 0.0, _resident()
    for _ in range(count):
        marks = [time.perf_counter()]
        made = make_summary(content, paper, "Patient copy").content
        marks.append(time.perf_counter())
        done = _seal(made)
        marks.append(time.perf_counter())
        if check(done, ROOTS).verdict is not Verdict.GOOD:
            raise SystemExit("a document did not verify")
        marks.append(time.perf_counter())
        built, put_on, verified = (
            built + marks[1] - marks[0],
            put_on + marks[2] - marks[1],
            verified + marks[3] - marks[2],
        )
    for name, seconds in (("built", built), ("sealed", put_on), ("verified", verified)):
        sys.stdout.write(f"{count} documents, {name:<15} {seconds / count * 1000:8.1f} ms each\n")
    sys.stdout.write(f"{count / (built + put_on + verified):.1f} documents a second; ")
    sys.stdout.write(f"memory {before:.0f} MB before, {_resident():.0f} MB at its highest\n")


def _resident() -> float:
    """The most memory this program ever held, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _render(content: bytes) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    document[0].render(scale=1.5)
    document.close()


if __name__ == "__main__":
    main()
