"""Process start to first paint of the unlock page, beside the same with everything imported first.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_startup.py [RUNS]

Each run is a new process over a home folder with one store. The time is taken from before the process is started until
the first paint event of the unlock page was handled. Target: below 250 ms offscreen.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EAGER = (
    "import sqlalchemy, alembic, sqlcipher3, reportlab.platypus, keyring, cryptography.hazmat.primitives.ciphers.aead\n"
)
_CHILD = """
import sys, time
from pathlib import Path
{first}
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from liaison_desktop.app import Application
qt = QApplication([])
app = Application(Path(sys.argv[1]))

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            watched.event(event)
            print(time.time_ns())
            sys.stdout.flush()
            import os
            os._exit(0)
        return False

seen = Painted()
app.start()
app.window.content.installEventFilter(seen)
heavy = [name for name in ("sqlalchemy", "cryptography", "keyring", "reportlab") if name in sys.modules]
assert {eager} or not heavy, heavy
qt.exec()
"""


def milliseconds(home: Path, *, eager: bool) -> float:
    """One start."""
    code = _CHILD.format(first=EAGER if eager else "", eager=eager)
    before = time.time_ns()
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    )
    return (int(done.stdout.split()[-1]) - before) / 1e6


def a_home(home: Path) -> None:
    """A home folder with the key slots of one person."""
    from liaison_desktop.records import new_id
    from liaison_desktop.security.os_keyring import OsKeyring
    from liaison_desktop.security.slot_file import Person
    from liaison_desktop.shell.places import Places

    places = Places(home, clock=lambda: dt.datetime.now().astimezone(), keyring=OsKeyring())
    place, _recovery = places.begin("msl", Person(id=new_id(), name="Amara Synthetic"), "kadu mosi tepa vilo runa")
    places.finished(place)


def main(runs: int) -> None:
    """Print median, best and worst of each variant, taken in turns."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        # As installed: compiled once. Some machines forbid that, and then every start compiles everything again.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        home = Path(folder) / "home"
        a_home(home)
        for eager in (False, True):
            milliseconds(home, eager=eager)  # once for the disk cache and the compiled files
        taken: dict[bool, list[float]] = {False: [], True: []}
        for _ in range(runs):
            for eager in taken:
                taken[eager].append(milliseconds(home, eager=eager))
    for eager, times in taken.items():
        name = "everything first" if eager else "as shipped"
        print(
            f"{name:17} median {statistics.median(times):4.0f} ms  best {min(times):4.0f}  worst {max(times):4.0f}  n={runs}"
        )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
