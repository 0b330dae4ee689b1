"""The documents of a packet beside its pages: what came, what is still to come, and what each waits for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.referrals.record import DocumentKind, ReferralDocument
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.dates import short_day, show_time
from liaison_desktop.ui.layout import column, refill


class PacketList(QWidget):
    """`opened` shows a document; the other signals ask for what their names say."""

    opened = Signal(object)
    asked_all = Signal()
    unneeded = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self._box, self._asking = column(gap=12), column(gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._asking)
        layout.addWidget(self._box)

    def show_papers(
        self, papers: Iterable[ReferralDocument], now: datetime.datetime, *, open_still: bool, none_came: bool
    ) -> None:
        """Show these."""
        held = tuple(papers)
        state = (held, now.date(), open_still, none_came)
        if state == self._shown:
            return
        self._shown = state
        came = [one for one in held if not one.missing]
        missing = [one for one in held if one.missing]
        awaited = [one for one in missing if one.awaited]
        read = sum(one.reviewed for one in came)
        rows: list[QWidget] = [self._came(one) for one in came]
        if not rows:
            words = "Nothing was received with it" if none_came else "Nothing came yet"
            rows = [CardRow(words, "", "inbox")]
        ask = button("Ask for them", "link", small=True, on_click=self.asked_all.emit)
        ask.setToolTip("M, over the pages")
        right: QWidget | str = ask if awaited and open_still else ""
        cards = [list_card("Received", *rows, right=f"{read} of {len(came)} read" if came else "")]
        if missing:
            cards.append(
                list_card("Still to come", *(self._missing(one, now, open_still) for one in missing), right=right)
            )
        refill(self._box, *cards)

    def _came(self, one: ReferralDocument) -> CardRow:
        chip = ChipSpec("read", "green", "check") if one.reviewed else ChipSpec("to read", "amber")
        icon = "files" if one.document is DocumentKind.PACKET else "file-text"
        return CardRow(one.title(), one.facts(), icon, chip, on_click=lambda: self.opened.emit(one))

    def _missing(self, one: ReferralDocument, now: datetime.datetime, open_still: bool) -> CardRow:
        act: Callable[[], object] | None = (lambda: self._ask_unneeded(one)) if open_still else None
        if one.not_needed:
            return CardRow(one.title(), one.not_needed, "file-x", ChipSpec("not needed", "outline"), on_click=act)
        if one.requested_at is None or one.chase_at is None:
            return CardRow(one.title(), "Nobody asked for it yet", "file-warning", ChipSpec("ask", "red"), on_click=act)
        late = one.chase_at < now
        today = one.chase_at.date() == now.date()
        again = show_time(one.chase_at) if today else short_day(one.chase_at.date())
        words = f"Asked of {one.requested_from}" if one.requested_from else "Asked for"
        chip = ChipSpec("ask again" if late else again, "red" if late else "amber", "clock")
        return CardRow(one.title(), words, "file-warning", chip, on_click=act)

    def _ask_unneeded(self, one: ReferralDocument) -> None:
        asked = Confirm(
            f"{one.title()}: not needed?", "It is not asked for any more.", "Not needed", reason="Why it is not needed"
        )

        def done(reason: str) -> None:
            refill(self._asking)
            self.unneeded.emit(one, reason)

        asked.accepted.connect(done)
        asked.rejected.connect(lambda: refill(self._asking))
        refill(self._asking, asked)
        asked.setFocus()
