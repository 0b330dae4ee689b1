"""The workshop of an open store: makes documents, on whichever thread asks."""

from __future__ import annotations

from liaison_desktop.documents.made import Document
from liaison_desktop.documents.sealing.seal import Sealing, SignBytes, seal_stage
from liaison_desktop.documents.workshop.order import Order, carry_out
from liaison_desktop.store import Store


class Workshop:
    """Makes each document in this process. Never on the window's thread: a document takes about a tenth of a second."""

    def make(self, order: Order, sealing: Sealing | None = None, sign: SignBytes | None = None) -> Document:
        """The document of an order; sealed and verified if `sealing` says how and `sign` has the key.

        Raises Unprintable if it does not come out as it was recorded, or does not verify.
        """
        stages = (seal_stage(sealing, sign),) if sealing is not None and sign is not None else ()
        return carry_out(order, stages)

    def warm(self) -> None:
        """Be told that a document may be asked for soon: somebody opened a patient or a consent."""

    def close(self) -> None:
        """Make no more documents: the store is being locked."""


def workshop_of(store: Store) -> Workshop:
    """The workshop of this store: the one that was put there for it, else one in this process."""
    held: Workshop | None = store.companions.get(Workshop)
    if held is None:
        held = store.companions[Workshop] = Workshop()
    return held
