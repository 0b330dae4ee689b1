"""Checking the files of studies' words: banned words and reading grade as in every consent form, and the elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from liaison_desktop.clinical.consents.actions.form_files import CheckedFile, bad_file, lined
from liaison_desktop.clinical.consents.queries.form_lines import BadFile, text_of, toml_fault
from liaison_desktop.clinical.consents.record.reading import reading_of
from liaison_desktop.clinical.consents.rules.form_reading import spoken
from liaison_desktop.clinical.consents.rules.text_check import (
    PLACEHOLDERS,
    Complaint,
    grade_complaints,
    text_complaints,
)
from liaison_desktop.clinical.research.queries import read_words
from liaison_desktop.clinical.research.record import AuthorisationPart, ResearchWords
from liaison_desktop.clinical.research.rules.content import needed
from liaison_desktop.errors import Unreadable
from liaison_desktop.policies import Policy

_NAMES = ("{investigator}", *PLACEHOLDERS)


def check_words(folder: Path, policy: Policy) -> tuple[CheckedFile, ...]:
    """Every file of a folder of studies' words, in order, with what is wrong with it."""
    return tuple(_checked(path, policy) for path in sorted(folder.glob("*.toml")))


def _checked(path: Path, policy: Policy) -> CheckedFile:
    try:
        content = text_of(path)
    except BadFile as broken:
        return bad_file(path.name, broken)
    if broken_toml := toml_fault(content):
        return bad_file(path.name, broken_toml)
    try:
        words = read_words(content)
    except Unreadable as error:
        return bad_file(path.name, BadFile(0, str(error)))
    found = [*words_complaints(words, policy)]
    return CheckedFile(name=path.name, complaints=lined(found, content))


def words_complaints(words: ResearchWords, policy: Policy) -> Iterator[Complaint]:
    """What is wrong with one study's words. The rules of the FDA are asked for where a part speaks of it."""
    for place, text in _texts(words):
        yield from text_complaints(place, text, policy, _NAMES)
        yield from grade_complaints(place, reading_of(spoken(text.replace("{investigator}", "{practitioner}"))), policy)
    for name, codes in (
        ("parts", [part.code for part in words.parts]),
        ("choices", [choice.code for choice in words.choices]),
        ("authorisation", [line.part.value for line in words.authorisation]),
    ):
        for code, times in Counter(codes).items():
            if times > 1:
                yield Complaint(place=f"{name}.{code}", message=f"The code “{code}” stands {times} times in {name}.")
    if not words.key_points:
        yield Complaint(
            place="key_points", message="Key information is missing; it stands before everything else (R04)."
        )
    held = {element for part in words.parts for element in part.elements}
    for element in needed(None):
        if element not in held:
            yield Complaint(place="", message=f"{element} {element.label} is missing: no part carries it.")
    said = {line.part for line in words.authorisation}
    for part in AuthorisationPart:
        if part not in said:
            yield Complaint(place="authorisation", message=f"The authorisation lacks: {part.label}.")


def _texts(words: ResearchWords) -> Iterator[tuple[str, str]]:
    for name in ("lead", "sign_words", "after_withdrawal"):
        yield name, getattr(words, name)
    for point in words.key_points:
        yield "key_points", point.words
    for part in words.parts:
        yield f"parts.{part.code}", part.words
    for line in words.authorisation:
        yield "authorisation", line.words
