"""What the settings page may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from liaison_desktop.security.keys import Keys
from liaison_desktop.settings import Settings
from liaison_desktop.shell.places import Door, Places


@dataclass(frozen=True)
class Choices:
    """The settings of this laptop, and the slots of the store that is open."""

    read: Callable[[], Settings]
    change: Callable[..., None]
    places: Places
    door: Door
    keys: Keys
