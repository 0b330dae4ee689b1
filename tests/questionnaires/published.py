"""The forms and responses that HL7 publishes, fetched through npm when a test asks for them; never kept in this repository.

They lie in a folder of the system's own temporary files, so that they are fetched once. Without npm or a network the
tests that need them are skipped and say so.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from liaison_desktop.questionnaires.reading import read_json

PACKAGES = ("hl7.fhir.uv.sdc@4.0.0-ballot", "hl7.fhir.r4.examples@4.0.1")
MOST_SECONDS = 30.0  # for both together


def _folder() -> Path:
    return Path(os.environ.get("LIAISON_PACKAGES") or Path(tempfile.gettempdir()) / "liaison-desktop-packages")


def _archive(package: str) -> Path:
    name, _, version = package.partition("@")
    return _folder() / f"{name}-{version}.tgz"


def _fetch(missing: list[str]) -> str:
    """Fetches the packages side by side; says why it could not, or nothing."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not on this machine"
    _folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_folder()) as apart:
        command = [npm, "pack", "--silent", "--prefer-offline", "--fetch-retries=0", "--fetch-timeout=25000"]
        running = [
            subprocess.Popen([*command, one], cwd=apart, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for one in missing
        ]
        end = time.monotonic() + MOST_SECONDS
        for child in running:
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for package in missing:
            made = Path(apart) / _archive(package).name
            if made.exists():
                # Whole or not at all, whoever else fetches it at the same time.
                made.replace(_archive(package))
    left = [one for one in missing if not _archive(one).exists()]
    return f"npm could not fetch {', '.join(left)} within {MOST_SECONDS:.0f} s" if left else ""


@functools.cache
def _members() -> tuple[str, dict[str, bytes]]:
    missing = [one for one in PACKAGES if not _archive(one).exists()]
    why = _fetch(missing) if missing else ""
    if why:
        return why, {}
    found: dict[str, bytes] = {}
    for package in PACKAGES:
        with tarfile.open(_archive(package)) as archive:
            for member in archive:
                name = member.name.rpartition("/")[2]
                if name.startswith("Questionnaire") and name.endswith(".json"):
                    content = archive.extractfile(member)
                    assert content is not None
                    found[name] = content.read()
    return "", found


def _of_type(kind: str) -> dict[str, Any]:
    why, members = _members()
    if why:
        pytest.skip(f"published forms: {why}")
    read = {name: read_json(content) for name, content in sorted(members.items())}
    return {name: raw for name, raw in read.items() if raw["resourceType"] == kind}


def questionnaires() -> dict[str, Any]:
    """Every published Questionnaire by its file name, read; skips the test if they cannot be had."""
    return _of_type("Questionnaire")


def responses() -> dict[str, Any]:
    """Every published QuestionnaireResponse by its file name, read; skips the test if they cannot be had."""
    return _of_type("QuestionnaireResponse")


def answered_form(response: Any) -> Any:
    """The published form that a response answers: inside it, by its address, or by its id; None if there is none."""
    named = str(response.get("questionnaire", "")).partition("|")[0]
    inside = {f"#{one.get('id')}": one for one in response.get("contained", ()) if isinstance(one, dict)}
    if named in inside:
        # A form inside a response shares what lies inside the response with it.
        beside = [one for address, one in inside.items() if address != named]
        return {**inside[named], "contained": [*inside[named].get("contained", []), *beside]}
    forms = questionnaires().values()
    tail = named.rpartition("/")[2] or str(response.get("id"))
    by_address = next((one for one in forms if one.get("url") == named), None)
    return by_address or next((one for one in forms if one.get("id") == tail), None)
