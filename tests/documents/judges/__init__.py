"""Programs by other people that judge a document: `outloud` and `pdfua` from the development extra, and system tools.

qpdf, poppler-utils, and a Java with libpdfbox2-java, libfontbox2-java, libcommons-logging-java, libcommons-io-java,
libactivation-java and libjaxb-api-java (Debian's names) are used where they are; without them their tests are skipped.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest

_JARS = Path("/usr/share/java")
_NEEDED = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "commons-io",
    "jaxb-api",
    "javax.activation",
)
_SOURCE = Path(__file__).with_name("Preflight.java")


def heard(path: Path) -> list[str]:
    """What `outloud` finds wrong: errors and warnings, each with its evidence."""
    from outloud import check

    # TBL-010 guesses from more headings than cells that a heading was cut in pieces; each of our rows has a heading.
    result = check(str(path), skip=["TBL-010"])
    assert result.error is None
    wrong = [one for one in result.findings if one.severity != "info"]
    return [f"{one.severity} {one.rule} {one.message}: {one.evidence}" for one in wrong]


def ruled_out(path: Path) -> list[str]:
    """What `pdfua` finds wrong."""
    from pdfua import validate

    return [f"{one.rule_id} {one.message}" for one in validate(str(path)).findings]


def read_aloud(path: Path) -> list[str]:
    """The texts of the structure tree in reading order, by poppler's pdfinfo."""
    if not which("pdfinfo"):
        pytest.skip("pdfinfo is not here (Debian: poppler-utils)")
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True).stdout.decode()
    return [line.strip().strip('"').strip() for line in told.splitlines() if line.strip().startswith('"')]


def sound(path: Path) -> str:
    """What qpdf has to say against the file; nothing if it is sound."""
    if not which("qpdf"):
        pytest.skip("qpdf is not here (Debian: qpdf)")
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).decode()


def preflight(path: Path) -> list[str]:
    """What Apache PDFBox Preflight finds wrong with a PDF/A-1b file, by number."""
    missing = [name for name in _NEEDED if not (_JARS / f"{name}.jar").exists()]
    if missing or not which("java"):
        pytest.skip(f"Java or its {', '.join(missing)} is not here (Debian: libpdfbox2-java and what it needs)")
    jars = ":".join(str(_JARS / f"{name}.jar") for name in _NEEDED)
    done = subprocess.run(["java", "-cp", jars, _SOURCE, path], capture_output=True, check=False, timeout=50)
    lines = done.stdout.decode().splitlines()
    assert lines, done.stderr.decode()[-400:]
    return lines[1:] if lines[0] == "judged" else [done.stderr.decode()[-400:]]
