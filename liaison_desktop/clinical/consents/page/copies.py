"""What became of the copies of a consent, in a sentence or two beside its document (PC23)."""

from __future__ import annotations

from liaison_desktop.clinical.consents.actions import handed_out, waiting_for_printer
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.store import Store
from liaison_desktop.ui.dates import show_moment

_SHOWN = 2


def copies_words(store: Store, consent: Consent) -> str:
    """Who got a copy, from the journal, and what waits for a printer; empty if there is nothing to say."""
    out = [f"{show_moment(each.line.when)} {each.line.act}: {each.words}." for each in handed_out(store, consent.id)]
    wait = [f"Waits for a printer: {task.what}." for task in waiting_for_printer(store, consent.id)]
    none = ["No copy was given yet."] if consent.state is ConsentState.ACTIVE and not out else []
    more = [f"{len(out) - _SHOWN} more in the journal."] if len(out) > _SHOWN else []
    return " ".join((*wait, *none, *out[:_SHOWN], *more))
