"""An order for a document: which function makes it, and of what. Names instead of functions, so that whoever orders
does not load the PDF writer."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import msgspec

from liaison_desktop.documents.finish import Stage
from liaison_desktop.documents.made import Document


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """`maker` of `module` called with `of` and `named`; it gives a Document.

    A maker whose documents can be sealed takes `stages` and finishes with them before it reads the document back.
    """

    module: str
    maker: str
    of: tuple[Any, ...]
    named: dict[str, Any] = {}

    def __repr__(self) -> str:
        # What a document is made of is a record, and has no place in an error's text.
        return f"Order({self.module}.{self.maker})"


def carry_out(order: Order, stages: Sequence[Stage] = ()) -> Document:
    """Make the document in this process and on this thread. Raises Unprintable as its maker does."""
    make = getattr(importlib.import_module(order.module), order.maker)
    made = make(*order.of, **order.named, **({"stages": tuple(stages)} if stages else {}))
    if not isinstance(made, Document):
        raise TypeError(f"{order} made no document")
    return made
