"""The three panes beside the list, each made when it is first shown, so that the list is there at once."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane
from liaison_desktop.msl.inquiries.page.package_pane import PackagePane
from liaison_desktop.msl.inquiries.page.standing_pane import StandingPane
from liaison_desktop.records import Record
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.tab_order import FollowsTheEye

P = TypeVar("P", bound=FollowsTheEye)


class Panes:
    """Makes the panes, and knows which of them is shown. `saved` hears of each record that was saved in one."""

    def __init__(self, desk: Desk, right: QStackedWidget, beside: QWidget, saved: Callable[[Record], object]) -> None:
        self._desk, self._right, self._list, self._saved = desk, right, beside, saved

    @functools.cached_property
    def inquiry(self) -> InquiryPane:
        """One inquiry."""
        made = InquiryPane(self._desk)
        made.finished.connect(self._saved)
        return self._placed(made)

    @functools.cached_property
    def standing(self) -> StandingPane:
        """One standing request."""
        made = StandingPane(self._desk)
        made.saved.connect(self._saved)
        return self._placed(made)

    @functools.cached_property
    def package(self) -> PackagePane:
        """One SIUU package."""
        made = PackagePane(self._desk)
        made.saved.connect(self._saved)
        return self._placed(made)

    def _placed(self, made: P) -> P:
        made.beside = self._list
        self._right.addWidget(made)
        return made

    @property
    def shown(self) -> InquiryPane | StandingPane | PackagePane | None:
        """The pane that is shown, if one is."""
        held = self._right.currentWidget()
        return held if isinstance(held, (InquiryPane, StandingPane, PackagePane)) else None

    def record(self) -> Record | None:
        """What it shows."""
        shown = self.shown
        if isinstance(shown, InquiryPane):
            return shown.inquiry
        if isinstance(shown, StandingPane):
            return shown.request
        return shown.package if shown is not None else None

    def person(self) -> uuid.UUID | None:
        """Whose inquiry or request is shown."""
        shown = self.shown
        if isinstance(shown, InquiryPane):
            return shown.typed().person_id
        return shown.request.person_id if isinstance(shown, StandingPane) else None

    def topic(self) -> uuid.UUID | None:
        """What the first question of the inquiry is about that is shown."""
        asked = self.shown.typed().questions if isinstance(self.shown, InquiryPane) else ()
        return asked[0].topic_id if asked else None

    def put_down(self) -> None:
        """Save or keep what is being typed, as before another record is shown."""
        shown = self.shown
        if isinstance(shown, InquiryPane):
            shown.leave()
        elif shown is not None:
            shown.keep_draft()
