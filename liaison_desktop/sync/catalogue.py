"""What a server knows of kinds: schema, policy, fields. Read from `resources/wire`, where the records wrote it."""

from __future__ import annotations

import functools

import msgspec

from liaison_desktop.paths import resource
from liaison_desktop.records import Merging, Seal
from liaison_desktop.sync.merge import Shape


class FieldEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field: its name, how its values merge, and its type for whoever reads the file."""

    name: str
    type: str
    shape: Shape = Shape.ONE


class KindEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One kind. `schema` is raised by the release in which its fields change."""

    kind: str
    schema: int = 1
    merging: Merging = Merging.MERGE
    reference: bool = False
    seals: tuple[Seal, ...] = ()
    fields: tuple[FieldEntry, ...]

    @property
    def shapes(self) -> dict[str, Shape]:
        """How each field merges."""
        return {field.name: field.shape for field in self.fields}


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """The kinds of one workspace as one release of the application sends them."""

    workspace: str
    release: int
    kinds: tuple[KindEntry, ...]

    @property
    def by_kind(self) -> dict[str, KindEntry]:
        """Each kind under its name."""
        return {entry.kind: entry for entry in self.kinds}


def decode(content: bytes) -> Catalogue:
    """The catalogue of a file. Raises msgspec.ValidationError if it is none."""
    return msgspec.json.decode(content, type=Catalogue)


@functools.cache
def catalogues() -> dict[str, Catalogue]:
    """The catalogue of each workspace of this release."""
    found = [decode(path.read_bytes()) for path in sorted(resource("wire").glob("*.json"))]
    return {catalogue.workspace: catalogue for catalogue in found}
