"""When to try again: kept on disk, with jitter, so that a restart neither forgets nor hurries, and a fleet does not march.

`next_try` grows from 2 seconds to 15 minutes while it fails (AWS's "full jitter"); the network coming up, or a person,
resets it. One synchronisation of a store runs at a time.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from liaison_desktop.records.moments import moment_of, moment_text
from liaison_desktop.store.central.door import Central

LEAST_S, MOST_S = 2.0, 900.0
REGULAR_S = 300.0  # between two that went well, with nothing new to send
_NEXT, _FAILED, _WHY = "next_try", "failed_tries", "last_problem"


class Schedule:
    """When the next synchronisation of one store is due. Safe from any thread."""

    def __init__(self, central: Central, chance: random.Random | None = None) -> None:
        self._central, self._chance = central, chance or random.Random()
        self._flight = threading.Lock()

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it is time. A clock that was set back by more than the longest wait does not stop it for ever."""
        found = (self._central.fact(_NEXT) or b"").decode()
        if not found:
            return True
        wait = (moment_of(found) - now).total_seconds()
        return wait <= 0 or wait > MOST_S + REGULAR_S

    @contextmanager
    def flight(self) -> Iterator[bool]:
        """Whether this caller may synchronise now; False while another does."""
        mine = self._flight.acquire(blocking=False)
        try:
            yield mine
        finally:
            if mine:
                self._flight.release()

    def failed(self, now: dt.datetime, why: str, *, at_least_s: float = 0.0) -> float:
        """Note a failure; the seconds until the next try. `why` is a sentence for a person, never a record's value."""
        tries = min(int(self._central.fact(_FAILED) or b"0") + 1, 20)
        most = min(MOST_S, LEAST_S * float(2**tries))
        wait = max(at_least_s, LEAST_S + self._chance.random() * (most - LEAST_S))
        self._keep(now, wait, tries, why)
        return wait

    def went_well(self, now: dt.datetime, *, at_least_s: float = 0.0) -> None:
        """Note a success."""
        self._keep(now, max(REGULAR_S, at_least_s), 0, "")

    def hurry(self) -> None:
        """Somebody saved, the network came up, or a person asked: the next one is due now."""
        self._central.keep(**{_NEXT: None})

    @property
    def problem(self) -> str:
        """Why the last one failed; "" if it did not."""
        return (self._central.fact(_WHY) or b"").decode()

    def _keep(self, now: dt.datetime, wait: float, tries: int, why: str) -> None:
        due = moment_text(now + dt.timedelta(seconds=wait))
        self._central.keep(**{_NEXT: due.encode(), _FAILED: str(tries).encode(), _WHY: why.encode()})
