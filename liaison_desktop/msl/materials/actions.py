"""Writes the taxonomy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Refused
from liaison_desktop.msl.materials.record import Product, ScientificTopic
from liaison_desktop.msl.materials.rules import product_faults, topic_faults

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def save_topic(store: Store, topic: ScientificTopic) -> ScientificTopic:
    """Save a new or changed topic. Raises Refused, as when another has its short name, and Stale."""
    kept = _typed(topic)
    if faults := topic_faults(kept, store.all(ScientificTopic)):
        raise Refused(faults)
    return store.save(kept)


def save_product(store: Store, product: Product) -> Product:
    """Save a new or changed product. Raises Refused, as when another has its name, and Stale."""
    if faults := product_faults(product, store.all(Product)):
        raise Refused(faults)
    return store.save(product)


def save_taxonomy(store: Store, products: Iterable[Product], topics: Iterable[ScientificTopic]) -> None:
    """Save products and topics together. Raises Refused if one of them lacks what it needs, or two are called alike."""
    all_products, all_topics = tuple(products), tuple(_typed(topic) for topic in topics)
    here = (*store.all(Product), *all_products)
    spoken = (*store.all(ScientificTopic), *all_topics)
    faults = [
        *(fault for product in all_products for fault in product_faults(product, here)),
        *(fault for topic in all_topics for fault in topic_faults(topic, spoken)),
    ]
    if faults:
        raise Refused(faults)
    with store.transaction("taxonomy") as transaction:
        for record in (*all_products, *all_topics):
            transaction.save(record)


def _typed(topic: ScientificTopic) -> ScientificTopic:
    """The short name as it is kept: whoever writes the # along with it means the same."""
    return msgspec.structs.replace(topic, code=topic.code.strip().removeprefix("#"))
