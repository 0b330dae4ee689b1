"""What the tests of the kit share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Mode


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Theme:
    """A light theme, the same at the start of every test."""
    return Theme(qapp, Mode.LIGHT)
