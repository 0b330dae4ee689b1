"""Where things lie on this laptop: what came with the application, and what it keeps for the person.

`LIAISON_HOME` puts everything that is kept into one folder: tests and the tour live there, away from real records.
"""

from __future__ import annotations

import os
from pathlib import Path

_APPLICATION = "Liaison Desktop"
_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """A file that came with the application, such as `resource("icons", "check.svg")`."""
    # An installed package carries its resources inside; a checkout has them beside the package.
    inside = _PACKAGE / "_resources"
    return (inside if inside.is_dir() else _PACKAGE.parent / "resources").joinpath(*parts)


def _kept(name: str) -> Path:
    home = os.environ.get("LIAISON_HOME")
    if home:
        folder = Path(home) / name
    else:
        # Imported here because tests, the tour and the command line often never need it.
        import platformdirs

        places = platformdirs.PlatformDirs(_APPLICATION, appauthor=False, roaming=False)
        folder = Path(
            {"data": places.user_data_dir, "config": places.user_config_dir, "log": places.user_log_dir}[name]
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def data_folder() -> Path:
    """Where stores and their keys are kept; made if it is not there."""
    return _kept("data")


def config_folder() -> Path:
    """Where the settings are kept; made if it is not there."""
    return _kept("config")


def log_folder() -> Path:
    """Where the log is kept; made if it is not there."""
    return _kept("log")
