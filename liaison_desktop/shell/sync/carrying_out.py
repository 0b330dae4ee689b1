"""An order of the organisation is carried out, and then reported: the store may be gone by then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.shell.main_window import MainWindow
from liaison_desktop.shell.places import Places
from liaison_desktop.shell.session import Session
from liaison_desktop.shell.sync.syncing import reporting
from liaison_desktop.sync.obeying import Act, Duty
from liaison_desktop.sync.transport import Transport
from liaison_desktop.ui.jobs import Jobs

_GONE = tr("Your organisation took this workspace back. It was removed from this laptop.")
_LEFT = tr(
    "Your organisation took this workspace back. Its keys are gone, so nothing opens it; some of its files could not be "
    "removed."
)


class House(Protocol):
    """The application, as far as an order concerns it."""

    jobs: Jobs
    places: Places
    window: MainWindow

    def lock(self) -> None:
        """Lock."""
        ...

    def shut(self) -> None:
        """Shut the open store; nothing leads back to it."""
        ...

    def show_way_in(self) -> None:
        """The page before a store is open."""
        ...


def carry_out(duty: Duty, house: House, session: Session | None, connect: Callable[[str], Transport]) -> None:
    """Lock, or destroy the open store, keys first; the server is told once it is done."""
    if session is None:
        return
    place = session.door.place
    if duty.act is Act.LOCK:
        _report(duty, house, connect)
        house.lock()
        return
    house.shut()
    words = _GONE
    try:
        house.places.destroy(place)
        _report(duty, house, connect)
    except OSError:
        words = _LEFT
    house.show_way_in()
    house.window.say(LiaisonError(words))


def _report(duty: Duty, house: House, connect: Callable[[str], Transport]) -> None:
    # A report that is lost with the network away is made again when the server asks again.
    house.jobs.run(reporting(duty, connect), owner=house.window, then=lambda _none: None, otherwise=lambda _error: None)
