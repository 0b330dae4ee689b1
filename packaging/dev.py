"""One command line for a checkout: `python3 packaging/dev.py run`, `... test`. Only the standard library is needed.

It sets up what is missing (system libraries, the `.venv` folder, the locked packages) and then does what was asked:

    run                   the application
    test [--no-check] ... the quick gate, then the tests; what follows goes to pytest
    server ...            a central server on this machine alone, to practise with; prints a code for each workspace
    check                 the quick gate alone: format, lint, types, architecture
    tour OUT ...          perform the main job without a screen; pictures and PDF go to the folder OUT
    revision WORKSPACE .. make the database revision after a record changed (msl or clinical)
    wire [--freeze]       write the wire catalogue after a record changed (`revision` does so by itself)
    forms                 compile resources/questionnaires after a checklist changed
    lock [--upgrade]      write packaging/requirements.lock again, from pyproject.toml
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = ENV / "set-up-from.txt"
OLDEST, TOO_NEW = (3, 11), (3, 15)

# Library to load -> Debian package that brings it. The first list is needed by Qt always, the second by its windows.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
CHECKS = (
    ("format", ["ruff", "format", "--check", "--quiet", "."], "to mend it: .venv/bin/ruff format ."),
    ("lint", ["ruff", "check", "--quiet", "."], "some are mended by: .venv/bin/ruff check --fix ."),
    ("types", ["mypy", "--no-error-summary"], "every function says what it takes and gives"),
    ("architecture", ["lint-imports", "--no-logo"], "an import goes up, or a file stands in no room: see README"),
)


class Stop(Exception):
    """The set-up cannot go on; the text says why and what to do."""


# -- the machine ------------------------------------------------------------------------------------------------------


def check_python() -> None:
    """Refuse a Python that the locked packages do not know."""
    here = sys.version_info[:2]
    if here < OLDEST or here >= TOO_NEW:
        wanted = f"{OLDEST[0]}.{OLDEST[1]} to {TOO_NEW[0]}.{TOO_NEW[1] - 1}"
        raise Stop(f"Python {wanted} is needed; this is {here[0]}.{here[1]} ({sys.executable}).")


def can_load(library: str) -> bool:
    """Whether the system's loader finds it, which is the only question that counts."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(with_window: bool) -> list[str]:
    """The Debian packages whose libraries, or whose part of Python, are not on this machine."""
    wanted = {**LIBRARIES, **(WINDOW_LIBRARIES if with_window else {})}
    missing = sorted({package for library, package in wanted.items() if not can_load(library)})
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    return missing


def provide_libraries(with_window: bool) -> None:
    """On Linux, install the system packages that are missing, or say exactly how to."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(with_window)
    if not missing:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None:
        raise Stop(f"Some system libraries are missing. Debian calls them: {' '.join(missing)}. Install your system's.")
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise Stop("Some system packages are missing. Install them with:\n  sudo " + " ".join(line))
    say("installing system packages: " + " ".join(missing))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    attempt("apt-get update", ["apt-get", "update", "-qq"], env=quiet)
    attempt("apt-get install", [*line, "-qq", "-o=Dpkg::Use-Pty=0"], env=quiet)
    still = missing_packages(with_window)
    if still and still != ["python3-venv"]:  # this process cannot see a part of Python that came just now
        raise Stop(f"These packages were installed, and their libraries still do not load: {' '.join(still)}.")


# -- .venv ------------------------------------------------------------------------------------------------------------


def wanted_stamp() -> str:
    """What the folder `.venv` has to be made of: this lock, for this Python."""
    return hashlib.sha256(LOCK.read_bytes() + f"{sys.version}|{sys.platform}|{ROOT}".encode()).hexdigest()


def provide_environment() -> None:
    """Make `.venv` from the lock, unless it was made from this very lock already."""
    if not LOCK.exists():
        raise Stop(f"{LOCK.relative_to(ROOT)} is missing.")
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted_stamp() and PYTHON.exists():
        return
    began = time.monotonic()
    say("making .venv from packaging/requirements.lock; this needs a network, once")
    make_environment(ENV)
    # pip compiles bytecode as it installs, whatever the environment says; uncompiled, every start would be slower.
    install = ["install", "--quiet", "--compile", "--require-hashes", "--requirement", str(LOCK)]
    attempt("installing the locked packages", [*pip_of(PYTHON), *install])
    STAMP.write_text(wanted_stamp(), encoding="ascii")
    say(f".venv is ready ({time.monotonic() - began:.0f} s)")


def make_environment(folder: Path) -> None:
    """An empty environment with pip in it."""
    try:
        if Path(sys.prefix).resolve() == folder.resolve():
            raise Stop("This Python lives in the .venv that has to be made again. Run the system's own Python.")
        subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        if importlib.util.find_spec("ensurepip") is None or "ensurepip" in (error.stdout or "") + (error.stderr or ""):
            raise Stop(
                "This Python cannot make environments. Install its part for that:\n  sudo apt-get install -y python3-venv"
            ) from None
        raise Stop(f"making {folder.name} failed:\n{error.stderr or error.stdout}") from None


def pip_of(python: Path) -> list[str]:
    """The command for the pip of that environment."""
    return [str(python), "-m", "pip", "--disable-pip-version-check"]


# -- saying and doing -------------------------------------------------------------------------------------------------


def say(text: str) -> None:
    """One line for the person, at once."""
    print(f"[dev] {text}", flush=True)


def attempt(what: str, command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a step of the set-up. When it fails, show what it said and stop with one line that names it."""
    done = subprocess.run(
        command, env=env, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        raise Stop(f"{what} failed; what it said is above.")


def surroundings(**more: str) -> dict[str, str]:
    """The environment of what we start: this checkout importable, its bytecode kept."""
    env = dict(os.environ, PYTHONPATH=str(ROOT))
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for name, value in more.items():
        env.setdefault(name, value)
    return env


def without_screen() -> dict[str, str]:
    """Surroundings in which Qt draws into memory and every locale knows UTF-8."""
    env = surroundings(QT_QPA_PLATFORM="offscreen")
    env["LC_ALL"] = "C.UTF-8"
    return env


# -- verbs ------------------------------------------------------------------------------------------------------------


def run(rest: list[str]) -> int:
    """Start the application."""
    return subprocess.run([str(PYTHON), "-m", "liaison_desktop", *rest], env=surroundings(), check=False).returncode


def tour(rest: list[str]) -> int:
    """Perform the main job without a screen."""
    if not rest:
        raise Stop("Say where the pictures go: python3 packaging/dev.py tour OUT")
    command = [str(PYTHON), "-m", "liaison_desktop", "tour", *rest]
    return subprocess.run(command, env=without_screen(), check=False).returncode


def server(rest: list[str]) -> int:
    """Serve on this machine alone, from a folder of the checkout, with fresh codes."""
    command = [str(PYTHON), "-m", "liaison_desktop", "server", "--folder", str(ROOT / "build" / "server")]
    try:
        return subprocess.run([*command, "serve", "--practice", *rest], env=surroundings(), check=False).returncode
    except KeyboardInterrupt:
        return 0


def check(rest: list[str]) -> int:
    """The quick gate: format, lint, types, architecture. All are tried; one line for each."""
    failed = []
    for name, (tool, *options), advice in CHECKS:
        began = time.monotonic()
        good = (
            subprocess.run([str(BIN / tool), *options, *rest], cwd=ROOT, env=surroundings(), check=False).returncode
            == 0
        )
        say(f"{name:<13} {'good' if good else 'FAILED: ' + advice} ({time.monotonic() - began:.1f} s)")
        if not good:
            failed.append(name)
    return 1 if failed else 0


def test(rest: list[str]) -> int:
    """The quick gate, then the tests. `--no-check` leaves the gate out, for trying one test again and again."""
    if "--no-check" in rest:
        rest = [word for word in rest if word != "--no-check"]
    elif check([]) != 0:
        say("the tests were not run, because the gate above is shut")
        return 1
    # The whole suite in as many processes as there are cores, each file in one of them; a part of it as it is asked for.
    spread = [] if rest else ["-n", "auto", "--dist", "loadfile"]
    command = [str(PYTHON), "-m", "pytest", *spread, *rest]
    return subprocess.run(command, cwd=ROOT, env=without_screen(), check=False).returncode


def revision(rest: list[str]) -> int:
    """Write the database revision that a changed record needs."""
    command = [str(PYTHON), "-m", "liaison_desktop.store.migrations.revise", *rest]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode
    return done or wire([])


def wire(rest: list[str]) -> int:
    """Write what the server knows of the records; `--freeze` keeps it as that of a release."""
    command = [str(PYTHON), "-m", "liaison_desktop.sync.cataloguing", *rest, "msl", "clinical"]
    return subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode


def forms(rest: list[str]) -> int:
    """Compile the checklists of resources/questionnaires, and write down their fingerprints."""
    command = [str(PYTHON), "-m", "liaison_desktop.questionnaires.library", *rest]
    return subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode


def lock(rest: list[str]) -> int:
    """Write the lock again: every package of every system with its hashes, and no address."""
    with tempfile.TemporaryDirectory() as folder:
        tools, written = Path(folder) / "tools", Path(folder) / "requirements.lock"
        uv = shutil.which("uv")
        if uv is None:
            make_environment(tools)
            attempt("installing uv", [*pip_of(tools / BIN.name / PYTHON.name), "install", "--quiet", "uv"])
            uv = str(tools / BIN.name / ("uv.exe" if os.name == "nt" else "uv"))
        if LOCK.exists():
            shutil.copy(LOCK, written)  # so that what need not change does not
        oldest = f"{OLDEST[0]}.{OLDEST[1]}"
        options = ["--quiet", "--universal", "--generate-hashes", "--no-header", "--python-version", oldest]
        command = [
            uv,
            "pip",
            "compile",
            *options,
            "--extra",
            "dev",
            "--extra",
            "sync",
            "--extra",
            "server",
            *rest,
            "pyproject.toml",
            "-o",
            str(written),
        ]
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            raise Stop("uv could not settle the versions; the lock is as it was.")
        text = written.read_text(encoding="utf-8")
    if "://" in text or " @ " in text:
        raise Stop("The new lock names an address; the lock is as it was.")
    LOCK.write_bytes(text.encode())
    say(
        f"{LOCK.relative_to(ROOT)} holds {sum(line[:1].isalnum() for line in text.splitlines())} packages; run the tests before you commit it"
    )
    return 0


VERBS = {
    "run": run,
    "test": test,
    "check": check,
    "tour": tour,
    "server": server,
    "revision": revision,
    "wire": wire,
    "forms": forms,
    "lock": lock,
}


def main(words: list[str]) -> int:
    """Set up what is missing, then do what was asked. Returns the exit status."""
    if not words or words[0] not in VERBS:
        print(__doc__)
        return 0 if words[:1] in (["-h"], ["--help"]) else 2
    verb, rest = words[0], words[1:]
    try:
        check_python()
        if verb != "lock":
            provide_libraries(with_window=verb == "run")
            provide_environment()
        return VERBS[verb](rest)
    except Stop as reason:
        print(f"[dev] {reason}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
