"""Writes the wire catalogue from the records: `python -m liaison_desktop.sync.cataloguing [--freeze] WORKSPACE ...`.

A release freezes it (`--freeze`): the file is copied to `resources/wire/frozen`, and from then on a kind whose fields
change gets the next schema. What was frozen is never changed: a server reads it for as long as such laptops live.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from liaison_desktop.paths import resource
from liaison_desktop.records import Merging, Record, Spec, fields_of
from liaison_desktop.records.field import Sync
from liaison_desktop.sync.catalogue import Catalogue, FieldEntry, KindEntry, decode
from liaison_desktop.sync.merge import Shape


def catalogue_of(workspace: str, kinds: Iterable[type[Record]], frozen: Catalogue | None) -> Catalogue:
    """The catalogue of these records. `frozen` is that of the last release, if one has gone out."""
    old = frozen.by_kind if frozen else {}
    entries = tuple(_entry(kind, old.get(kind.kind)) for kind in sorted(kinds, key=lambda kind: kind.kind))
    return Catalogue(workspace=workspace, release=frozen.release + 1 if frozen else 1, kinds=entries)


def _entry(kind: type[Record], old: KindEntry | None) -> KindEntry:
    fields = []
    for spec in fields_of(kind):
        if spec.field.sync is Sync.STAYS:
            # A line of the journal is sent whole, or its hash would say nothing.
            raise TypeError(f"{kind.__name__}.{spec.name} is said to stay, and every field of a record is sent")
        fields.append(FieldEntry(name=spec.name, type=_type(spec), shape=_shape(spec)))
    entry = KindEntry(
        kind=kind.kind,
        merging=kind.merging,
        reference=kind.merging is Merging.SERVER_WINS,
        seals=kind.seals,
        fields=tuple(fields),
    )
    if old is None:
        return entry
    return msgspec.structs.replace(entry, schema=old.schema + (entry.fields != old.fields))


def _shape(spec: Spec) -> Shape:
    if not spec.many:
        return Shape.ONE
    return Shape.ROWS if issubclass(spec.type, msgspec.Struct) else Shape.SET


def _type(spec: Spec) -> str:
    return str(spec.type.__name__) + ("*" if spec.many else "?" if spec.optional else "")


def content_of(catalogue: Catalogue) -> bytes:
    """The catalogue as its file holds it: one line a field, so that two changes to one kind can be told apart."""
    kinds = ",\n".join(_text_of(entry) for entry in catalogue.kinds)
    head = f'"workspace":"{catalogue.workspace}","release":{catalogue.release}'
    return f'{{{head},"kinds":[\n{kinds}\n]}}\n'.encode()


def _text_of(entry: KindEntry) -> str:
    rest = msgspec.json.encode(msgspec.structs.replace(entry, fields=())).decode()
    fields = ",\n".join(" " + msgspec.json.encode(field).decode() for field in entry.fields)
    return rest.removesuffix("[]}") + f"[\n{fields}\n]}}"


def last_frozen(workspace: str) -> Catalogue | None:
    """The catalogue of the last release, or None before the first."""
    found = [decode(path.read_bytes()) for path in resource("wire", "frozen").glob(f"{workspace}-*.json")]
    return max(found, key=lambda catalogue: catalogue.release, default=None)


def written(workspace: str, kinds: Iterable[type[Record]]) -> bytes:
    """What the file of a workspace has to hold today."""
    return content_of(catalogue_of(workspace, kinds, last_frozen(workspace)))


def main(arguments: list[str] | None = None) -> None:
    """Write the files, and with `--freeze` keep them as those of a release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", nargs="+")
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args(arguments)
    for workspace in given.workspace:
        kinds = importlib.import_module(f"liaison_desktop.{workspace}.workspace").KINDS
        path: Path = resource("wire", f"{workspace}.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        content = written(workspace, kinds)
        path.write_bytes(content)
        if given.freeze:
            kept = resource("wire", "frozen", f"{workspace}-{decode(content).release}.json")
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, kept)


if __name__ == "__main__":
    main()
