"""A store cannot be opened: which, why, that nothing was made in its place, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop import __version__
from liaison_desktop.errors import Damaged, InUse, LiaisonError, StoreMissing, TooNew
from liaison_desktop.i18n import tr
from liaison_desktop.security.slots import KeySlots
from liaison_desktop.shell.places import Place
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import Item, card, column, row
from liaison_desktop.ui.text import icon_label, label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.shell.unlock import UnlockPage

# Per kind of trouble: heading, what to do.
_WORDS: dict[type[LiaisonError], tuple[str, str]] = {
    StoreMissing: (
        tr("This store is missing"),
        tr(
            "It was here before. Perhaps it was moved, or its disk is not connected. Put the folder back and try again, "
            "or ask whoever looks after this laptop for a backup. Do not set the workspace up anew: "
            "your records are in the missing store."
        ),
    ),
    Damaged: (
        tr("This store is damaged"),
        tr(
            "Do not delete anything. Copy the whole folder to another disk first, then ask whoever looks after this "
            "laptop for the newest backup."
        ),
    ),
    TooNew: (
        tr("This store was opened by a newer version"),
        tr("Your records are not damaged. Update Liaison Desktop on this laptop, then open it again."),
    ),
    InUse: (
        tr("This store is open already"),
        tr("Look for the other window of Liaison Desktop, or close it there first. Nothing is lost."),
    ),
}
_OTHER = (tr("This store cannot be opened"), tr("Your records were not changed. Try again."))


class TroublePanel(QWidget):
    """One kind of trouble on one panel."""

    def __init__(self, page: UnlockPage, error: LiaisonError, place: Place | None, *, can_restore: bool) -> None:
        super().__init__()
        self._page, self._place = page, place
        self.heading, what = next((words for kind, words in _WORDS.items() if isinstance(error, kind)), _OTHER)
        self.again = button(tr("Try again"), "primary", "rotate-ccw", tall=36, on_click=page.show_doors)
        items: list[Item] = [
            row(icon_label("triangle-alert", "red", 20), label(self.heading, "section"), None, gap=8),
            wrapped(str(error), "medium", "ink"),
            wrapped(what),
        ]
        if can_restore and isinstance(error, Damaged):
            self.restore = button(tr("Use the copy of the key file"), icon="archive-restore", on_click=self._restore)
            items += [
                wrapped(
                    tr(
                        "A sound copy of the key file from before its last change lies beside it. With it, a passphrase "
                        "that was changed last is the old one again. The damaged file is kept."
                    )
                ),
                row(self.restore, None),
            ]
        facts = tr("Version {version}", version=__version__)
        if place is not None:
            items.insert(1, label(place.title, "secm", "ink2"))
            items += [label(tr("Folder"), "label"), wrapped(str(place.folder), "cap", "ink2")]
        items.append(label(facts, "cap"))
        box = column(
            card(*items, tone="fault", gap=8, margins=(16, 14, 16, 14)),
            16,
            self.again,
            gap=0,
            margins=(4, 0, 4, 0),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        self.setFocusProxy(self.again)

    def _restore(self) -> None:
        if self._place is not None:
            KeySlots.restore_previous(self._place.folder, self._place.workspace)
        self._page.show_doors()
