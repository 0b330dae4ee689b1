"""A bug: say that it happened and where in our code, never what was being worked on."""

from __future__ import annotations

import platform
import sys
import types
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout

from liaison_desktop import __version__, logs
from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import icon_label, label, wrapped
from liaison_desktop.ui.theme import theme_of

_MOST_LINES = 24


def report(error: BaseException) -> str:
    """Type and places, without the message: a record's value may stand in it."""
    lines = [
        f"Liaison Desktop {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"Type: {type(error).__name__}",
    ]
    cause: BaseException | None = error
    while cause is not None and len(lines) < _MOST_LINES:
        if cause is not error:
            lines.append(f"After: {type(cause).__name__}")
        lines.extend(_places(cause.__traceback__))
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines[:_MOST_LINES])


def _places(trace: types.TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        places.append(f"  {path.parent.name}/{path.name}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return places[-8:]


class CrashWindow(QDialog):
    """What happened in one sentence, the report to copy, and the way on."""

    def __init__(self, text: str) -> None:
        super().__init__(None)
        self.setWindowTitle("Liaison Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setFixedHeight(200)
        self.report.setAccessibleName(tr("Report"))
        self.on = button(tr("Go on"), "primary", on_click=self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(
            row(
                icon_label("circle-alert", "red", 20),
                label(tr("Something went wrong in the application"), "section"),
                None,
            )
        )
        layout.addWidget(
            wrapped(
                tr(
                    "Everything that was called Saved is safe, and what was typed is kept as a draft. This report says "
                    "where in the application it happened; it holds nothing you typed."
                )
            )
        )
        layout.addWidget(self.report)
        layout.addWidget(row(button(tr("Copy report"), icon="copy", on_click=self.copy), None, self.on))

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def install(before: Callable[[], None] | None = None, say: Callable[[LiaisonError], None] | None = None) -> None:
    """Show the crash window for every error nobody expected. `before` keeps drafts first.

    What a person can act on and no page took, such as a right they have not, is told to `say`.
    """

    def crashed(kind: type[BaseException], error: BaseException, trace: types.TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, LiaisonError) and say is not None:
            say(error)
            return
        logs.failure("crash", error)
        if before is not None:
            before()
        if isinstance(QApplication.instance(), QApplication):
            show_crash(error)

    sys.excepthook = crashed


def show_crash(error: BaseException) -> CrashWindow:
    """The window for one error; one at a time, so that a bug in painting cannot fill the screen."""
    for open_one in QApplication.topLevelWidgets():
        if isinstance(open_one, CrashWindow) and open_one.isVisible():
            return open_one
    window = CrashWindow(report(error))
    theme_of(window).dress_alike(window)
    window.show()
    return window
