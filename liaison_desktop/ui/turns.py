"""Whose turn it is with the PDF libraries, which cannot serve two threads at once."""

from __future__ import annotations

import threading

# Documents are made and read back on a worker while the preview draws on the window's thread. Held for milliseconds.
# PDFium crashes when two threads call it; reportlab's fonts keep what they are cutting down in common.
READER = threading.RLock()
WRITER = threading.RLock()
