"""Which rules are in force for this store, and why a facility's own file was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.policies import in_force
from liaison_desktop.policies.in_force import FILE
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.text import label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def policy_card(store: Store) -> QWidget:
    """The version in force and where it comes from; in red the line and the reason of a refused file."""
    found = in_force(store)
    if found.trouble is not None:
        said = tr("The file {file} beside this store was refused whole. {reason}").format(
            file=FILE, reason=str(found.trouble)
        )
        chip = Chip(tr("Own file refused"), "red", "circle-alert")
        more = tr("The built-in rules stay in force. Mend the file, lock, and come in again.")
    elif found.own:
        chip = Chip(tr("Own file"), "accent", "file-check")
        said = tr("The facility's file {file} beside this store holds over the built-in rules.").format(file=FILE)
        more = tr("The version is stamped on each record that is checked. The file is read when the store is opened.")
    else:
        chip = Chip(tr("Built in"), "neutral")
        said = tr("A facility may put a file {file} of its own beside this store.").format(file=FILE)
        more = tr(
            "It may change severities, sentences, numbers and word lists, those of the safety radar too; the rest stays."
        )
    head = row(label(found.policy.version, "strong"), chip, None, gap=8)
    place = wrapped(str(store.folder), "cap")
    version = found.policy.lexicon.version
    radar = (wrapped(tr("Words of the safety radar: {version}", version=version), "cap"),) if version else ()
    tone = "red" if found.trouble else ""
    return card(head, wrapped(said, "sec"), *radar, wrapped(more, "cap"), place, gap=6, tone=tone)


def trouble_words(store: Store) -> str:
    """What a person must hear on coming in if the facility's file was refused; empty if it was not."""
    trouble = in_force(store).trouble
    if trouble is None:
        return ""
    where = tr("line {n}").format(n=trouble.line) if trouble.line else tr("see Settings")
    return tr("The facility's policy file was refused ({where}); the built-in rules hold.").format(where=where)
