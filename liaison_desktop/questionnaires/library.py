"""The forms that came with the application: found by name, checked against the manifest, parsed once."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import msgspec

from liaison_desktop.errors import Damaged, Unreadable
from liaison_desktop.paths import resource
from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.writing import pretty

MANIFEST = "manifest.json"
SOURCES = "sources.json"  # what a citation may begin with


def folder() -> Path:
    """Where the forms lie."""
    return resource("questionnaires")


class Applies(msgspec.Struct, frozen=True, kw_only=True):
    """When a form is called for: all that is named has to hold. `ask`: only when somebody asks for it."""

    service: tuple[str, ...] = ()
    procedure: bool | None = None
    setting: str = ""
    ask: bool = False
    why: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One released form, as the manifest names it."""

    name: str
    url: str
    version: str
    title: str
    file: str
    hash: str
    applies: tuple[Applies, ...] = ()


@functools.cache
def shipped() -> tuple[Entry, ...]:
    """Each released form; the newest of a name last."""
    return _entries(folder() / MANIFEST)


def _entries(manifest: Path) -> tuple[Entry, ...]:
    return msgspec.convert(json.loads(manifest.read_bytes())["forms"], tuple[Entry, ...])


def newest_entries() -> tuple[Entry, ...]:
    """The newest released version of every form, in the order of the manifest."""
    return tuple({entry.name: entry for entry in shipped()}.values())


def sources(where: Path | None = None) -> tuple[str, ...]:
    """What a citation may begin with."""
    return tuple(json.loads(((where or folder()) / SOURCES).read_bytes())["sources"])


@functools.cache
def _load(file: str, hash: str) -> Definition:
    definition = parse(read_json((folder() / file).read_bytes()))
    if definition.hash != hash:
        raise Damaged("A form that came with the application is not the one that was released.")
    return definition


def newest(name: str) -> Definition:
    """The newest released version of a form. Raises KeyError for a name that was never released."""
    found = [entry for entry in shipped() if entry.name == name]
    if not found:
        raise KeyError(name)
    return _load(found[-1].file, found[-1].hash)


def newest_of(url: str) -> Definition | None:
    """The newest released version of the form with that address; None if it is not one of ours."""
    found = [entry for entry in shipped() if entry.url == url]
    return _load(found[-1].file, found[-1].hash) if found else None


def pinned(url: str, version: str, hash: str = "") -> Definition:
    """The very version a response was answered under, however old. Raises Damaged when it is not here."""
    for entry in shipped():
        if entry.url == url and entry.version == version and hash in ("", entry.hash):
            return _load(entry.file, entry.hash)
    raise Damaged("The version of the form this was answered under is not in this application.")


def compile_all(into: Path) -> tuple[Entry, ...]:
    """Compiles every YAML form beside its JSON and writes the manifest; older released versions stay listed.

    Raises Unreadable for a form that cannot be compiled and Refused for one in which lint finds anything.
    """
    from liaison_desktop.errors import Fault, Refused
    from liaison_desktop.questionnaires.compiling import compile_form
    from liaison_desktop.questionnaires.linting import lint
    from liaison_desktop.questionnaires.outcome import Level
    from liaison_desktop.questionnaires.reading import read_path

    manifest = into / MANIFEST
    entries = list(_entries(manifest)) if manifest.exists() else []
    for source in sorted(into.glob("*.yaml")):
        held = read_path(source)
        made = compile_form(held)
        # The release before, or this one as it was: answers that were permitted once stay so.
        before = [one for one in entries if one.name == made["id"] and (into / one.file).exists()]
        previous: Any = read_json((into / before[-1].file).read_bytes()) if before else None
        found = lint(made, previous, sources(into))
        wrong = [issue for issue in found if issue.severity is not Level.INFORMATION]
        if wrong:
            raise Refused(
                Fault(field=one.link_id, message=f"{made['id']} {one.link_id}: {one.diagnostics}") for one in wrong
            )
        file = f"{made['id']}-{made['version']}.json"
        (into / file).write_bytes(pretty(made))
        # Read again, so that the hash is the one of the bytes that are released.
        entry = Entry(
            name=made["id"],
            url=made["url"],
            version=made["version"],
            title=made["title"],
            file=file,
            hash=parse(read_json((into / file).read_bytes())).hash,
            applies=_applies(held, source.name),
        )
        entries = [one for one in entries if (one.name, one.version) != (entry.name, entry.version)]
        entries.append(entry)
    manifest.write_bytes(pretty({"forms": [msgspec.to_builtins(entry) for entry in entries]}))
    return tuple(entries)


def _applies(held: Any, file: str) -> tuple[Applies, ...]:
    try:
        return msgspec.convert(held.get("applies", []), tuple[Applies, ...])
    except msgspec.ValidationError as fault:
        raise Unreadable(f"{file}: {fault}") from None


if __name__ == "__main__":
    compile_all(folder())
