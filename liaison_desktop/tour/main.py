"""The command `tour OUT [--keep]`: makes a home of its own, performs every part, says what was not so."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Perform the tour; 0 if everything was so, 1 on the first thing that was not, 2 if OUT cannot be written."""
    parser = argparse.ArgumentParser(
        prog="liaison-desktop tour",
        description="Perform the main job on synthetic people, without a screen, and leave pictures and papers in OUT.",
    )
    parser.add_argument(
        "out", type=Path, help="folder for screenshots, consent-summary.pdf, consent-record.json and tour.json"
    )
    parser.add_argument("--keep", action="store_true", help="leave the stores in OUT, their passphrase in tour.json")
    wanted = parser.parse_args(arguments)
    try:
        wanted.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(f"liaison-desktop tour: the folder cannot be made: {error.strerror}\n")
        return 2
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from liaison_desktop.tour.stage import perform

    if wanted.keep:
        home = wanted.out / "home" / "data"  # so that LIAISON_HOME=OUT/home opens it
        if home.exists() and any(home.iterdir()):
            sys.stderr.write("liaison-desktop tour: OUT holds kept stores already; choose an empty folder\n")
            return 2
        return perform(wanted.out, home, keep=True)
    with tempfile.TemporaryDirectory(prefix="liaison-tour-") as folder:
        return perform(wanted.out, Path(folder), keep=False)
