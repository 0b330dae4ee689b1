"""What a consent summary costs: `python -m tests.benchmarks.bench_pdf`. Medians of one run, never a test."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from liaison_desktop.clinical.consents.document.check import expected_body, expected_footer
from liaison_desktop.clinical.consents.document.layout import lay_out
from liaison_desktop.clinical.consents.document.making import make_summary
from liaison_desktop.documents.reading import refuse_if_missing
from liaison_desktop.documents.styles import sheet
from tests.documents.samples import a_summary

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
    for name, milliseconds in figures.items():
        sys.stdout.write(f"{name:<28} {milliseconds:8.1f} ms\n")
    sys.stdout.write(f"{'size':<28} {len(made) / 1024:8.1f} KB\n")


def _render(content: bytes) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    document[0].render(scale=1.5)
    document.close()


if __name__ == "__main__":
    main()
