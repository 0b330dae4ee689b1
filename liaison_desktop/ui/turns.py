"""Whose turn it is with the PDF reader, which crashes when two threads call it at once."""

from __future__ import annotations

import threading

# Documents are made and read back on a worker while the preview draws on the window's thread. Held for milliseconds.
READER = threading.RLock()
