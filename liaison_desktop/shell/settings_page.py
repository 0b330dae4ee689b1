"""Settings: how it looks, how it locks, who gets in, what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop import __version__
from liaison_desktop.i18n import plural, tr
from liaison_desktop.shell.check_card import CheckCard
from liaison_desktop.shell.choices import Choices
from liaison_desktop.shell.policy_card import policy_card
from liaison_desktop.shell.seal_card import SealCard
from liaison_desktop.shell.security_cards import PassphraseCard, QuickUnlockCard, RecoveryCard
from liaison_desktop.shell.sync.joining import JoiningCard
from liaison_desktop.shell.sync.syncing import Syncing
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import page_header
from liaison_desktop.ui.layout import card, column, row, scroll
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST, Density, Mode

_MINUTES = (1, 2, 5, 10, 15)
# What is inside, under which licence, as the licences ask to be said.
PARTS = (
    ("SQLCipher, SQLite", tr("BSD 3-Clause, © Zetetic LLC; public domain")),
    ("OpenSSL", "Apache-2.0"),
    ("Qt and PySide6", tr("LGPL-3.0, linked dynamically and replaceable")),
    ("SQLAlchemy, Alembic, keyring, RapidFuzz, pyHanko", "MIT"),
    ("msgspec, ReportLab, uuid-utils, lxml", "BSD"),
    ("cryptography", "Apache-2.0, BSD"),
    ("pypdfium2, PDFium", "Apache-2.0, BSD"),
    ("Inter, Source Sans 3", "OFL-1.1"),
    ("Lucide", "ISC"),
)


class SettingsPage(Page):
    """One column of cards."""

    key, title, icon = "settings", tr("Settings"), "settings"

    def __init__(self, desk: Desk, choices: Choices, syncing: Syncing, cards: Sequence[QWidget] = ()) -> None:
        super().__init__(desk)
        self.choices = choices
        now = choices.read()
        self.theme = Segmented(
            (
                ("system", tr("As the system")),
                ("light", tr("Light")),
                ("dark", tr("Dark")),
                ("high_contrast", tr("High contrast")),
            ),
            name=tr("Colours"),
            clears=False,
        )
        self.theme.set_value(now.theme)
        self.theme.changed.connect(self._set_theme)
        self.density = Segmented(
            (("auto", tr("Automatic")), ("desk", tr("Desk")), ("touch", tr("Touch"))), name=tr("Size"), clears=False
        )
        self.density.set_value(now.density)
        self.density.changed.connect(self._set_density)
        workspace = choices.door.place.workspace
        self.minutes = Segmented(
            [(n, plural(n, "{n} min", "{n} min")) for n in _MINUTES], name=tr("Lock after"), clears=False
        )
        self.minutes.set_value(now.idle_minutes(workspace))
        self.minutes.changed.connect(lambda n: choices.change(**{f"idle_minutes_{workspace}": n}))
        self.passphrase = PassphraseCard(desk, choices.places, choices.door)
        self.quick = QuickUnlockCard(desk, choices.places, choices.door, choices.keys)
        self.recovery = RecoveryCard(desk, choices.places, choices.door, choices.keys)
        self.seal, self.check = SealCard(desk), CheckCard(desk)
        self.joining = JoiningCard(desk, syncing, practice=choices.door.place.practice)
        body = column(
            label(tr("Appearance"), "section"),
            card(_asked(tr("Colours"), self.theme), _asked(tr("Size of rows and buttons"), self.density), gap=12),
            16,
            label(tr("Security"), "section"),
            card(
                _asked(tr("Lock when nobody touches it for"), self.minutes),
                wrapped(tr("Ctrl+L locks at once. What was typed is kept as a draft."), "cap"),
                gap=8,
            ),
            self.passphrase,
            self.quick,
            self.recovery,
            16,
            label(tr("Sealed documents"), "section"),
            self.seal,
            self.check,
            16,
            label(tr("Sync"), "section"),
            self.joining,
            16,
            label(tr("Rules"), "section"),
            policy_card(desk.store),
            *cards,
            16,
            label(tr("About and licences"), "section"),
            self._about(),
            None,
            gap=8,
        )
        body.setMaximumWidth(FORM_MOST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page_header(self.title))
        layout.addWidget(scroll(row((body, 24), (QWidget(), 1), gap=0, margins=(24, 8, 24, 24))), 1)

    def _about(self) -> QWidget:
        lines = [row(label(name, "secm"), None, label(licence, "cap", "ink2"), gap=12) for name, licence in PARTS]
        return card(
            row(
                label("Liaison Desktop", "strong"), label(__version__, "sec"), None, label("Apache-2.0", "cap", "ink2")
            ),
            wrapped(tr("Records stay on this laptop, encrypted with SQLCipher."), "sec"),
            *lines,
            gap=6,
        )

    def _set_theme(self, value: object) -> None:
        self.choices.change(theme=value)
        self.desk.theme.set_mode(Mode(str(value)))

    def _set_density(self, value: object) -> None:
        self.choices.change(density=value)
        self.desk.theme.set_density(Density.TOUCH if value == "touch" else Density.DESK)


def _asked(text: str, editor: QWidget) -> QWidget:
    return column(label(text, "label"), editor, gap=4)
