"""A fact that another record proposes for the chart: a nurse takes it over or leaves it, and is asked once."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import msgspec


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What it is, where it is from and how old; `take` writes it into the chart, `leave` says that it stays there.

    Both raise Refused as the actions do that they stand for.
    """

    topic: str
    checklist: uuid.UUID
    title: str
    facts: str
    take: Callable[[], object]
    leave: Callable[[], object]
