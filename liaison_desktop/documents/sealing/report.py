"""The outcome of a check as plain lines, the same for the command line and the window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.sealing.findings import Checked, Verdict

# What the command line ends with: 0 good, 1 changed or of unknown origin, 2 not one of ours.
EXIT = {Verdict.GOOD: 0, Verdict.UNKNOWN: 1, Verdict.CHANGED: 1, Verdict.NOT_OURS: 2}
SAID = {
    Verdict.GOOD: "Genuine: as it was sealed, by a laptop that is trusted here.",
    Verdict.UNKNOWN: "Unchanged since it was sealed, but nobody here can say by whom. Do not rely on it yet.",
    Verdict.CHANGED: "Not as it was sealed. Do not rely on it.",
    Verdict.NOT_OURS: "Not a sealed document of this application.",
}
_MARKS = {True: "yes", False: "NO", None: "-"}


def facts(found: Checked) -> Iterator[tuple[str, str]]:
    """What the seal says of itself, by label; nothing for a file that has none."""
    if found.sealed_by:
        yield "Sealed by", found.sealed_by
    if found.sealed_at is not None:
        yield "Sealed on", f"{moment_text(found.sealed_at)}, by the clock of that laptop"
    if found.authority_sha256:
        yield "Authority (SHA-256)", grouped(found.authority_sha256)
    if found.fingerprint:
        yield "Fingerprint on the pages (SHA-256)", grouped(found.fingerprint)


def report(found: Checked) -> Iterator[str]:
    """One line for each thing that is known or was looked at, and the outcome as the last one."""
    for label, text in facts(found):
        yield f"{label}: {text}"
    for finding in found.findings:
        yield f"[{_MARKS[finding.good]:^3}] {finding.words}"
    yield SAID[found.verdict]


def main(arguments: Sequence[str]) -> int:
    """The command `verify`: one plain line for each finding. Raises Unreadable if an authority's file is none."""
    from liaison_desktop.documents.sealing.verifying import check
    from liaison_desktop.security.certificates.importing import read_authority

    parser = argparse.ArgumentParser(
        prog="liaison-desktop verify",
        description="Check a sealed PDF without a store. Ends with 0 if it is genuine, 1 if it was changed or nobody "
        "here knows who sealed it, 2 if it is no sealed document of this application.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the PDF")
    parser.add_argument(
        "--authority",
        type=Path,
        action="append",
        default=[],
        metavar="CERTIFICATE",
        help="the certificate (PEM or DER) of an authority you trust; may be given several times",
    )
    wanted = parser.parse_args(arguments)
    found = check(wanted.file.read_bytes(), tuple(read_authority(each.read_bytes()) for each in wanted.authority))
    for line in report(found):
        sys.stdout.write(f"{line}\n")
    return EXIT[found.verdict]
