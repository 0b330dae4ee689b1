"""The few value sets of HL7 that forms everywhere refer to and nobody offline could look up: shipped as data."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from liaison_desktop.paths import resource


@functools.cache
def _shipped() -> Mapping[str, Mapping[str, Any]]:
    held = json.loads(resource("questionnaires", "terminology", "value-sets.json").read_bytes())
    return {one["url"]: one for one in held["valueSets"]}


def value_set(address: str) -> Mapping[str, Any] | None:
    """The shipped value set of a canonical address; None if there is none, or another version of it is asked for."""
    url, _, version = address.partition("|")
    found = _shipped().get(url)
    return found if found is not None and version in ("", found["version"]) else None
