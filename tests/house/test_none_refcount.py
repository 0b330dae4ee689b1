"""PySide6 6.12.0 drops a reference to None with each call on Python 3.11, and kills it after some 6,000."""

from __future__ import annotations

import sys

import pytest
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_calls_into_qt_do_not_eat_none(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm")
    before = sys.getrefcount(None)
    for number in range(200):
        label.setText(str(number))
    # A few come and go with the loop itself; a leak would show as 200.
    assert abs(sys.getrefcount(None) - before) < 50
