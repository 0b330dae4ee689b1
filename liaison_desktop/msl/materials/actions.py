"""Writes the taxonomy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from liaison_desktop.errors import Refused
from liaison_desktop.msl.materials.record import Product, ScientificTopic

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def save_taxonomy(store: Store, products: Iterable[Product], topics: Iterable[ScientificTopic]) -> None:
    """Save products and topics together. Raises Refused if one of them lacks what it needs."""
    records = (*products, *topics)
    faults = [fault for record in records for fault in record.faults()]
    if faults:
        raise Refused(faults)
    with store.transaction("taxonomy") as transaction:
        for record in records:
            transaction.save(record)
