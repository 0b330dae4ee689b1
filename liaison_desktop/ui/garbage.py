"""Garbage is collected on the window's thread only, and never a widget.

Python collects garbage on whichever thread happens to allocate, and in whatever order it finds it. A tree of widgets
that went out of use in a circle would be deleted on the thread of a job, or from within the collector, half of it given
up already; the process dies of both. So Python's own collecting is off once there are threads, the window's thread
does it from its event loop, and widgets are deleted only by whoever let them go, with `deleteLater`.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from liaison_desktop.ui.holding import all_held

_LOOK = 1_000  # ms between two looks at how much there is
_NAME = "garbage"


def collect_here_only() -> None:
    """Let no other thread collect from now on. To be called on the window's thread, before a thread is started."""
    app = QCoreApplication.instance()
    if app is None or app.findChild(QObject, _NAME) is not None:
        return
    looks = QTimer(app, interval=_LOOK)
    looks.setObjectName(_NAME)
    looks.timeout.connect(collect_due)
    looks.start()
    gc.disable()


def collect_due() -> None:
    """Collect the oldest generation that is due, by the measure Python itself goes by."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            with all_held():
                gc.collect(generation)
            return
