"""How a consent leaves the screen: paper says whose copy it is, a file is as it was sealed or locked with a password."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from liaison_desktop.clinical.consents.actions import note_exported, note_printed, print_later
from liaison_desktop.clinical.consents.actions.handing_out import SUMMARY
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.documents.preview import handing_out as handed
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.desk import Desk

COPIES = ("Patient copy", "Chart copy", "Participant copy")
SHORTEST = 12  # letters of the password of a locked file; `documents.copies` holds to the same
Endings = Iterable[ConsentWithdrawal]


def shown(consent: Consent, endings: Endings, content: bytes, desk: Desk) -> bytes:
    """The document as a preview shows it: marked where it does not hold. Raises Unprintable."""
    from liaison_desktop.clinical.consents.document.marking import mark_for
    from liaison_desktop.documents.copies import stated_copy

    return stated_copy(content, mark=mark_for(consent, endings, desk.today()))


def print_copy(desk: Desk, consent: Consent, endings: Endings, content: bytes, whose: str, what: str = SUMMARY) -> bool:
    """Print somebody's copy; the journal says whose, on which printer, how many pages. Without a printer it can wait.

    `content` is the original. What goes to paper says that it is a copy, so that the original stays what was sealed.
    """
    from liaison_desktop.clinical.consents.document.marking import label_for, mark_for
    from liaison_desktop.documents.copies import stated_copy

    mark = mark_for(consent, endings, desk.today()) if what == SUMMARY else None
    try:
        paper = stated_copy(content, label_for(whose, desk.clock()), mark) if content else b""
    except LiaisonError as error:
        desk.trouble(error)
        return False
    return handed.print_copy(
        desk,
        paper,
        lambda how: note_printed(desk.store, consent, whose, how, what),
        lambda: require(desk.store, "print"),
        wait=functools.partial(print_later, desk.store, consent, whose, what),
    )


def save_copy(
    desk: Desk, consent: Consent, endings: Endings, content: bytes, password: str = "", what: str = SUMMARY
) -> bool:
    """Save a copy where the person says. Without a password a consent that holds leaves byte for byte as it was sealed.

    A locked file, and one of a consent that does not hold, shows the pages and carries the original inside.
    """
    from liaison_desktop.clinical.consents.document.marking import mark_for
    from liaison_desktop.documents.copies import carrying, stated_copy

    name = consent.document_number + ("" if what == SUMMARY else f"-{what}")
    mark = mark_for(consent, endings, desk.today()) if what == SUMMARY else None
    paper, how = content, "as sealed" if mark is None else f"marked {mark.word.lower()}, with the original inside"
    try:
        if content and (password or mark is not None):
            paper = carrying(stated_copy(content, mark=mark), original=content, name=f"{name}.pdf", password=password)
            how = f"locked with a password (AES-256), {how}" if password else how
    except LiaisonError as error:
        desk.trouble(error)
        return False
    return handed.save_copy(
        desk,
        paper,
        f"{name}{'-locked' if password else ''}.pdf",
        lambda: note_exported(desk.store, consent, how, what),
        lambda: require(desk.store, "export"),
        locked=bool(password),
    )
