"""The forms that came with the application: found by name, checked against the manifest, parsed once."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from liaison_desktop.errors import Damaged
from liaison_desktop.paths import resource
from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.writing import pretty

MANIFEST = "manifest.json"


def folder() -> Path:
    """Where the forms lie."""
    return resource("questionnaires")


@functools.cache
def shipped() -> tuple[dict[str, str], ...]:
    """Each released form: its name, url, version, title, file and hash; the newest of a name last."""
    return tuple(json.loads((folder() / MANIFEST).read_bytes())["forms"])


@functools.cache
def _load(file: str, hash: str) -> Definition:
    definition = parse(read_json((folder() / file).read_bytes()))
    if definition.hash != hash:
        raise Damaged("A form that came with the application is not the one that was released.")
    return definition


def newest(name: str) -> Definition:
    """The newest released version of a form. Raises KeyError for a name that was never released."""
    found = [entry for entry in shipped() if entry["name"] == name]
    if not found:
        raise KeyError(name)
    return _load(found[-1]["file"], found[-1]["hash"])


def pinned(url: str, version: str, hash: str = "") -> Definition:
    """The very version a response was answered under, however old. Raises Damaged when it is not here."""
    for entry in shipped():
        if entry["url"] == url and entry["version"] == version and hash in ("", entry["hash"]):
            return _load(entry["file"], entry["hash"])
    raise Damaged("The version of the form this was answered under is not in this application.")


def compile_all(into: Path) -> list[dict[str, str]]:
    """Compiles every YAML form beside its JSON and writes the manifest; older released versions stay listed.

    Raises Unreadable for a form that cannot be compiled and Refused for one in which lint finds anything.
    """
    from liaison_desktop.errors import Fault, Refused
    from liaison_desktop.questionnaires.compiling import compile_form
    from liaison_desktop.questionnaires.linting import lint
    from liaison_desktop.questionnaires.outcome import Level
    from liaison_desktop.questionnaires.reading import read_path

    manifest = into / MANIFEST
    entries: list[dict[str, str]] = json.loads(manifest.read_bytes())["forms"] if manifest.exists() else []
    for source in sorted(into.glob("*.yaml")):
        made = compile_form(read_path(source))
        before = [one for one in entries if one["name"] == made["id"] and one["version"] != made["version"]]
        previous: Any = read_json((into / before[-1]["file"]).read_bytes()) if before else None
        wrong = [issue for issue in lint(made, previous) if issue.severity is not Level.INFORMATION]
        if wrong:
            raise Refused(Fault(field=one.link_id, message=f"{one.link_id}: {one.diagnostics}") for one in wrong)
        file = f"{made['id']}-{made['version']}.json"
        (into / file).write_bytes(pretty(made))
        # Read again, so that the hash is the one of the bytes that are released.
        entry = {
            "name": made["id"],
            "url": made["url"],
            "version": made["version"],
            "title": made["title"],
            "file": file,
            "hash": parse(read_json((into / file).read_bytes())).hash,
        }
        entries = [one for one in entries if (one["name"], one["version"]) != (entry["name"], entry["version"])]
        entries.append(entry)
    manifest.write_bytes(pretty({"forms": entries}))
    return entries


if __name__ == "__main__":
    compile_all(folder())
