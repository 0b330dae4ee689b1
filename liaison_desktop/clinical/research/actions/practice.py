"""Studies and research consents of the practice store, in several states. Everybody and every study is invented."""

from __future__ import annotations

from liaison_desktop.store import Store


def fill_practice_research(store: Store) -> int:
    """Put two studies and their participants into a practice store that has patients; how many consents."""
    return 0
