"""A FHIR file from elsewhere: what it is, what of it works here, and what does not. Looked at in a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from liaison_desktop.errors import Unreadable
from liaison_desktop.interop.apart import NOTHING_TAKEN, ask_apart, confine
from liaison_desktop.interop.table import Limits
from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.formulas import FHIRPATH
from liaison_desktop.questionnaires.linting import lint
from liaison_desktop.questionnaires.outcome import Issue, Level, stands_in_the_way
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.structure import structure
from liaison_desktop.questionnaires.writing import canonical

FORM, ANSWERS = "Questionnaire", "QuestionnaireResponse"
LIMITS = Limits(file_bytes=4 * 1024 * 1024, memory_bytes=512 * 1024 * 1024, seconds=10)
_MOST_SAID = 200


class Said(msgspec.Struct, frozen=True):
    """One thing about the file: where, and in words. `stops`: with it, the file is not taken."""

    where: str
    words: str
    stops: bool = False


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds. `content` is its canonical JSON; `refused` says why it is neither a form nor answers to one."""

    sort: str = ""
    title: str = ""
    url: str = ""
    version: str = ""
    hash: str = ""
    content: str = ""
    questions: int = 0
    works: tuple[str, ...] = ()
    issues: tuple[Said, ...] = ()
    refused: str = ""

    @property
    def taken(self) -> bool:
        """Whether it may be imported."""
        return not self.refused and not any(one.stops for one in self.issues)


def read_apart(path: Path, limits: Limits = LIMITS) -> Incoming:
    """What the file holds. Raises Unreadable with a sentence for the person; never anything else."""
    answer = ask_apart(path, "liaison_desktop.questionnaires.incoming", limits, "")
    try:
        found = msgspec.json.decode(answer, type=Incoming)
    except msgspec.MsgspecError:
        raise Unreadable(f"This file cannot be read as a form. {NOTHING_TAKEN}") from None
    if found.refused:
        raise Unreadable(f"{found.refused} {NOTHING_TAKEN}")
    return found


def look(content: bytes) -> Incoming:
    """What these bytes hold."""
    try:
        raw = read_json(content)
    except Unreadable as fault:
        return Incoming(refused=str(fault))
    sort = raw.get("resourceType") if isinstance(raw, dict) else None
    if sort == FORM:
        return _form(raw)
    if sort == ANSWERS:
        return _answers(raw)
    if isinstance(sort, str):
        return Incoming(refused="This file holds another FHIR resource than a Questionnaire or its response.")
    return Incoming(refused="This file is JSON, but no FHIR Questionnaire and no response to one.")


def _form(raw: dict[str, Any]) -> Incoming:
    definition = parse(raw)
    questions = [item for item in definition.index.values() if item.is_question]
    works = [
        (
            sum(bool(item.conditions) or item.enable_formula is not None for item in definition.index.values()),
            "condition",
        ),
        (sum(item.repeats for item in definition.index.values()), "repeat"),
        (sum(_reckoned(item) for item in questions), "calculated answer"),
        (sum(bool(item.options) for item in questions), "choice with its answers"),
        (sum(item.required for item in questions), "required question"),
    ]
    return Incoming(
        sort=FORM,
        title=definition.title or "A form without a title",
        url=definition.url or f"urn:sha256:{definition.hash}",
        version=definition.version,
        hash=definition.hash,
        content=canonical(raw).decode(),
        questions=len(questions),
        works=tuple(_many(count, words) for count, words in works if count),
        issues=_said(lint(raw), questions=len(questions)),
    )


def _reckoned(item: Item) -> bool:
    return item.calculation is not None and item.calculation.language in ("", FHIRPATH)


def _many(count: int, words: str) -> str:
    if count == 1:
        return f"1 {words}"
    return f"{count} choices with their answers" if words.startswith("choice") else f"{count} {words}s"


def _answers(raw: dict[str, Any]) -> Incoming:
    named = raw.get("questionnaire")
    url, _, version = (named if isinstance(named, str) else "").partition("|")
    if not url:
        return Incoming(refused="These answers do not say which form they answer.")
    return Incoming(sort=ANSWERS, title="Answers to a form", url=url, version=version, content=canonical(raw).decode())


def _said(issues: list[Issue], questions: int) -> tuple[Said, ...]:
    found = [] if questions else [Said("", "The form asks no question.", True)]
    order = sorted(issues, key=lambda one: (not stands_in_the_way(one), one.severity is Level.INFORMATION))
    found += [Said(one.link_id, one.diagnostics, stands_in_the_way(one)) for one in order]
    return tuple(found[:_MOST_SAID])


def judged(definition: Any, content: bytes) -> tuple[Said, ...]:
    """What of these answers does not fit that form, from their shape."""
    return _said(structure(definition, read_json(content)), questions=1)


def main() -> None:
    """For the child: read standard input, answer, and end."""
    import sys

    limits = msgspec.json.decode(sys.argv[2], type=Limits)
    confine(limits)
    content = sys.stdin.buffer.read(limits.file_bytes + 1)
    found = Incoming(refused="This file grew while it was read.") if len(content) > limits.file_bytes else look(content)
    sys.stdout.buffer.write(msgspec.json.encode(found))
    sys.stdout.buffer.flush()
