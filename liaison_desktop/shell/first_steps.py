"""The first two steps of the first run: which work, and who you are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.shell.new_secret import NewSecret
from liaison_desktop.shell.places import TITLES
from liaison_desktop.shell.work_choice import WorkChoice
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import Item, card, column, hairline, row
from liaison_desktop.ui.text import icon_label, label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.shell.first_run import FirstRunPage

_WORK = {
    "msl": ("stethoscope", tr("Visits with physicians, topics, materials, follow-ups.")),
    "clinical": ("clipboard-check", tr("Patients, bedside checklists, consents and their printed summary.")),
}


class ChooseStep(QWidget):
    """What do you do? And practice data beside it."""

    def __init__(self, page: FirstRunPage, taken: frozenset[str]) -> None:
        super().__init__()
        self._page = page
        self.choices = {
            key: WorkChoice(key, icon, TITLES[key], tr("Set up already") if key in taken else words)
            for key, (icon, words) in _WORK.items()
        }
        for key, choice in self.choices.items():
            choice.setEnabled(key not in taken)
            choice.toggled.connect(self._settle)
        self.go = button(tr("Continue"), "primary", tall=36, on_click=self.forward)
        self.practice = {
            key: button(TITLES[key], icon="flask-conical", on_click=partial(page.practise, key)) for key in _WORK
        }
        for key, made in self.practice.items():
            made.setEnabled(f"practice-{key}" not in taken)
        back: tuple[Item, ...] = ()
        if page.back is not None:
            back = (button(tr("Back"), "link", "arrow-left", on_click=page.back),)
        box = column(
            label(tr("What do you do?"), "title"),
            4,
            wrapped(tr("Choose one or both. Each has its own encrypted store; nothing joins them.")),
            16,
            *_spaced(tuple(self.choices.values())),
            20,
            row(*back, None, self.go),
            28,
            hairline(),
            28,
            card(
                row(
                    icon_label("flask-conical", "amber", 20),
                    column(
                        label(tr("Try it with practice data"), "strong"),
                        wrapped(tr("One click. Everybody in it is made up, and the window says so the whole time.")),
                        gap=2,
                    ),
                    gap=12,
                ),
                row(None, *self.practice.values(), gap=8),
                gap=10,
            ),
            gap=0,
            margins=(4, 0, 4, 0),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        self.setFocusProxy(next((each for each in self.choices.values() if each.isEnabled()), self.go))
        self._settle()

    def _chosen(self) -> tuple[str, ...]:
        return tuple(key for key, choice in self.choices.items() if choice.isChecked())

    def _settle(self) -> None:
        self.go.setEnabled(bool(self._chosen()))

    def forward(self) -> None:
        """On to the next step."""
        self._page.about_you(self._chosen())


class AboutYouStep(QWidget):
    """Name, credential, passphrase."""

    def __init__(self, page: FirstRunPage, workspaces: tuple[str, ...]) -> None:
        super().__init__()
        self._page, self._workspaces = page, workspaces
        self.name = LineEdit(name=tr("Your name"))
        self.credential = LineEdit(name=tr("Credential"), placeholder=tr("such as RN or PharmD"))
        self.secret = NewSecret(lambda: tuple(self.name.text().split()))
        self.go = button(tr("Continue"), "primary", tall=36, on_click=self.forward)
        self.name.textChanged.connect(self._settle)
        self.secret.changed.connect(self._settle)
        self.secret.entered.connect(self.go.click)
        both = len(workspaces) > 1
        box = column(
            label(tr("Who works here?"), "title"),
            4,
            wrapped(
                tr(
                    "Your name and credential are printed on documents, and your name is shown on the unlock page of "
                    "this laptop."
                )
            ),
            16,
            row(
                (LabelledField(tr("Your name"), self.name), 2),
                (LabelledField(tr("Credential"), self.credential), 1),
                gap=12,
            ),
            16,
            self.secret,
            8,
            wrapped(
                tr("It opens both workspaces; each can get another one later in Settings.")
                if both
                else tr(
                    "Nobody can look it up for you. If you forget it, only the recovery key of the next step helps."
                ),
                "cap",
                "ink2",
            ),
            16,
            row(button(tr("Back"), "link", "arrow-left", on_click=page.choose), None, self.go),
            gap=0,
            margins=(4, 0, 4, 0),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        self.setFocusProxy(self.name)
        self._settle()

    def _settle(self) -> None:
        self.go.setEnabled(bool(self.name.text().strip()) and self.secret.ready)

    def forward(self) -> None:
        """On to the recovery key."""
        if self.go.isEnabled():
            self._page.make_keys(
                self._workspaces, self.name.text().strip(), self.credential.text().strip(), self.secret.text
            )
            self.secret.clear()


def _spaced(choices: tuple[QWidget, ...]) -> tuple[Item, ...]:
    first, *others = choices
    return (first, *(each for other in others for each in (8, other)))
