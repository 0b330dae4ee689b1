"""Reading: the templates in the resources, and the consents in the store."""

from __future__ import annotations

import functools
import tomllib
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.clinical.consents.record import Template
from liaison_desktop.errors import Missing, Unreadable
from liaison_desktop.paths import resource
from liaison_desktop.signing import fingerprint_of

if TYPE_CHECKING:
    pass


def read_template(content: bytes) -> Template:
    """A template from the bytes of its file, with their hash. Raises Unreadable and takes nothing if it is no template."""
    try:
        raw = tomllib.loads(content.decode())
        template = msgspec.convert(raw, Template, strict=False)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise Unreadable("This file is not a consent template.") from fault
    return msgspec.structs.replace(template, sha256=fingerprint_of(content))


@functools.cache
def templates() -> tuple[Template, ...]:
    """Every template that ships, by title."""
    found = [read_template(path.read_bytes()) for path in sorted(resource("consent_templates").glob("*.toml"))]
    return tuple(sorted(found, key=lambda template: template.title))


def template(code: str) -> Template:
    """The current version of the form with this code. Raises Missing."""
    for found in templates():
        if found.code == code:
            return found
    raise Missing("There is no form with this code.")
