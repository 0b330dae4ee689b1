"""The head of a document: whose it is, its title, and the code by which it can be checked."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from liaison_desktop.documents import fonts
from liaison_desktop.documents.codes import Qr
from liaison_desktop.documents.phrases import phrase
from liaison_desktop.documents.styles import MUTED, Sheet, Styles
from liaison_desktop.documents.tables import grid, words
from liaison_desktop.documents.tagging.flowables import Figure


def letterhead(place: str, where: str, title: str, subtitle: str, code: str, sheet: Sheet) -> list[Flowable]:
    """Place with its address, title, subtitle, and a QR code of `code`, which never holds a name."""
    styles = Styles(sheet)
    aside = ((f"· {where.strip()}", f'name="{fonts.REGULAR}" color="{MUTED}"'),) if where.strip() else ()
    header: list[Flowable] = [
        phrase(((place, ""), *aside), styles.place),
        Spacer(1, 5),
        words(title, styles.title),
        Spacer(1, 2.5),
        words(subtitle, styles.subtitle),
    ]
    widths = [sheet.width - sheet.code_size - 10, sheet.code_size + 10]
    check = Figure(Qr(code, sheet.code_size), "Code for checking this document by machine")
    row = grid([[header, check]], widths, [("ALIGN", (1, 0), (1, 0), "RIGHT")])
    return [row, Spacer(1, 7)]
