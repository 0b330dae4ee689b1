"""What a topic or a product must be beside the others: told apart by its name, and typed as one word."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.materials.record import Product, ScientificTopic


def topic_faults(topic: ScientificTopic, others: Iterable[ScientificTopic]) -> tuple[Fault, ...]:
    """What is wrong with a topic among all others, in use or not: an old short name stays with its old visits."""
    found = list(topic.faults())
    if any(mark.isspace() or mark == "#" for mark in topic.code):
        found.append(Fault(field="code", message="The short name is one word, without blanks and without #."))
    said = plain(topic.code)
    same = [each for each in others if said and each.id != topic.id and plain(each.code) == said]
    if same:
        whose = "Another topic" if any(each.active for each in same) else "A topic that is no longer in use"
        found.append(Fault(field="code", message=f"{whose} has this short name. Choose another."))
    return tuple(found)


def product_faults(product: Product, others: Iterable[Product]) -> tuple[Fault, ...]:
    """What is wrong with a product among all others."""
    found = list(product.faults())
    said = plain(product.name)
    if said and any(each.id != product.id and plain(each.name) == said for each in others):
        found.append(Fault(field="name", message="There is a product of this name already."))
    return tuple(found)
