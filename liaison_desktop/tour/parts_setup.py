"""First run and leaving: both workspaces set up, each with its recovery key; the lock at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from liaison_desktop.tour.hand import NotSo, click, find, key, names_of, press, shown, until, write
from liaison_desktop.tour.parts import Part, Stage

NAME, CREDENTIAL = "Ruth Okafor", "RN"


def setup_parts(stage: Stage) -> tuple[Part, ...]:
    """What the first run consists of."""

    def choose() -> None:
        stage.picture("first-run")
        for work in ("Medical science", "Clinical liaison"):
            press(next(name for name in _names() if name.startswith(work + ". ")))
        press("Continue")
        write(find(QLineEdit, "Your name"), NAME)
        write(find(QLineEdit, "Credential"), CREDENTIAL)
        write(find(QLineEdit, "Passphrase"), stage.passphrase)
        write(find(QLineEdit, "The same passphrase again"), stage.passphrase)
        stage.so("the passphrase is long enough", _ready())
        stage.picture("who-works-here")
        press("Continue")

    def recovery_keys() -> None:
        for number, title in enumerate(("Medical science", "Clinical liaison")):
            _confirm_recovery_key(stage, title, picture=number == 0)
        until(lambda: stage.application.store is not None, "the first store opens")
        stage.so("an encrypted store is open", not _readable(stage))
        stage.picture("empty-workspace")

    return (("first run", choose), ("recovery keys", recovery_keys))


def leave(stage: Stage) -> Part:
    """Lock: nothing of the workspace stays behind the unlock page."""

    def lock() -> None:
        key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, on=stage.application.window)
        frame = stage.application.frame
        if frame is not None and frame.leaving.question is not None:
            # A safety report is not handed over: asked once, and meant.
            stage.picture("leaving")
            click(frame.leaving.question.act)
        until(lambda: stage.application.store is None, "the store closes")
        words = " ".join(widget.accessibleName() for widget in shown(QWidget))
        stage.so("nothing readable is behind the lock", not stage.patient or stage.patient not in words)
        stage.picture("locked")

    return ("lock", lock)


def _names() -> list[str]:
    return [widget.accessibleName() for widget in shown(QWidget) if widget.accessibleName()]


def _ready() -> bool:
    return any("Continue" in names_of(button) for button in shown(QAbstractButton))


def _confirm_recovery_key(stage: Stage, title: str, *, picture: bool) -> None:
    until(lambda: any(name.startswith("Recovery key: ") for name in _names()) and _asks(title), "a recovery key")
    shown_key = next(name for name in _names() if name.startswith("Recovery key: "))
    groups = shown_key.removeprefix("Recovery key: ").split(", ")
    stage.so(f"{title}: the recovery key has eight groups", len(groups) == 8)
    if picture:
        stage.picture("recovery-key")
    for line in list(shown(QLineEdit)):
        number = line.accessibleName().removeprefix("Group ")
        if number.isdigit():
            write(line, groups[int(number) - 1])
    press("I have kept it safe")


def _asks(title: str) -> bool:
    return any(label.text() == f"Recovery key for {title}" for label in shown(QLabel))


def _readable(stage: Stage) -> bool:
    for path in stage.application.home.rglob("*.db"):
        if path.read_bytes()[:15] == b"SQLite format 3":
            raise NotSo(f"{path.name} is not encrypted")
    return False
