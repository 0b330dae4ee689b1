"""What stands beside a form without being a finding: a running clock, an order that is kept."""

from __future__ import annotations

import msgspec


class Fact(msgspec.Struct, frozen=True):
    """A line in medium weight with an icon, and what is said under it. `tone` colours the icon."""

    icon: str
    words: str
    under: str = ""
    tone: str = "ink2"
