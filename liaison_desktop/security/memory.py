"""Keep the memory of this program off the disk as far as the operating system lets us."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def forbid_dumps() -> None:
    """No core file after a crash, and on Linux no other program of the same user may read our memory."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
