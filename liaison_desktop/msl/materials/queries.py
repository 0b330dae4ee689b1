"""Reads the taxonomy and the materials: there are few of them, so they are read whole."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from liaison_desktop.msl.materials.record import Material, Product, ScientificTopic

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def products(store: Store) -> dict[uuid.UUID, Product]:
    """Every product by its id."""
    return {product.id: product for product in store.all(Product)}


def topics(store: Store) -> dict[uuid.UUID, ScientificTopic]:
    """Every topic by its id, in the order of the alphabet."""
    return {topic.id: topic for topic in sorted(store.all(ScientificTopic), key=lambda one: one.label.casefold())}


def materials(store: Store) -> dict[uuid.UUID, Material]:
    """Every material by its id, in the order of the alphabet."""
    return {one.id: one for one in sorted(store.all(Material), key=lambda one: one.name.casefold())}
