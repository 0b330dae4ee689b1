"""What every test of the clinical screens does."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _widgets_really_gone() -> Iterator[None]:
    # deleteLater waits for an event loop that a test does not have; a hundred forms kept alive make each restyle slow.
    yield
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
