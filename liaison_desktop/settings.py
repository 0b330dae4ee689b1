"""How a person likes this laptop to look and to lock. No name and no record value is ever kept here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec

_FILE, _ASIDE = "settings.json", "settings.unreadable.json"

Minutes = Annotated[int, msgspec.Meta(ge=1, le=15)]


class Window(msgspec.Struct, frozen=True):
    """Where the window stood, in px of the screen."""

    x: int
    y: int
    width: Annotated[int, msgspec.Meta(ge=200)]
    height: Annotated[int, msgspec.Meta(ge=200)]
    maximized: bool = False


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is remembered about this laptop outside the stores."""

    theme: Literal["system", "light", "dark", "high_contrast"] = "system"
    # "auto" is desk until the screen is touched.
    density: Literal["auto", "desk", "touch"] = "auto"
    # Minutes without a key or a touch until a workspace locks itself; a policy may allow 1 to 15.
    idle_minutes_msl: Minutes = 10
    idle_minutes_clinical: Minutes = 5
    workspace: Literal["", "msl", "clinical"] = ""
    paper: Literal["letter", "a4"] = "letter"
    window: Window | None = None

    def idle_minutes(self, workspace: str) -> int:
        """Minutes until that workspace locks itself."""
        return {"msl": self.idle_minutes_msl, "clinical": self.idle_minutes_clinical}[workspace]


def load(folder: Path) -> Settings:
    """The settings in that folder; defaults when there are none. A file that cannot be read is put aside, not lost."""
    path = folder / _FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except msgspec.MsgspecError:
        path.replace(folder / _ASIDE)
        return Settings()


def save(settings: Settings, folder: Path) -> None:
    """Keep the settings. After a crash the old ones or the new ones are there, whole."""
    fresh = folder / f".{_FILE}.new"
    with fresh.open("wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(folder / _FILE)
