"""A file that somebody gave us, read in a process of its own: bounded in memory and time, and killed when it takes more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from liaison_desktop.errors import Unreadable
from liaison_desktop.interop.table import Limits

NOTHING_TAKEN = "Nothing was taken from it."
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main()"


def ask_apart(path: Path, module: str, limits: Limits, too_large: str) -> bytes:
    """What `module.main` answers about this file. Raises Unreadable with a sentence for the person; never anything else.

    The file arrives on its standard input, so that no path stands in the list of processes. Takes up to
    `limits.seconds`, so it belongs in a job.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Unreadable(f"This is not a file. {NOTHING_TAKEN}")
        if size == 0:
            raise Unreadable(f"This file is empty. {NOTHING_TAKEN}")
        if size > limits.file_bytes:
            most = limits.file_bytes // (1024 * 1024)
            raise Unreadable(f"This file is larger than {most} MB. {NOTHING_TAKEN} {too_large}".strip())
        with path.open("rb") as stream:
            return _ask(stream.fileno(), module, limits)
    except OSError:
        raise Unreadable(f"This file cannot be opened. {NOTHING_TAKEN}") from None


def _ask(stream: int, module: str, limits: Limits) -> bytes:
    root = str(Path(__file__).resolve().parents[2])
    code = _CHILD.format(module=module)
    command = [sys.executable, "-E", "-s", "-c", code, root, msgspec.json.encode(limits).decode()]
    try:
        done = subprocess.run(
            command,
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"This file took too long to read. {NOTHING_TAKEN}") from None
    if done.returncode != 0:
        raise Unreadable(f"This file asks for too much memory or is damaged. {NOTHING_TAKEN}")
    return done.stdout


def confine(limits: Limits) -> None:
    """For the child: bounds on memory, processor time, written files and open files, where the system has them."""
    try:
        import resource
    except ImportError:
        return  # Windows: the parent's clock is the bound.
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(kind, (most, most))
