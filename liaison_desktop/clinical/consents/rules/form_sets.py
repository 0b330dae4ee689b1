"""What is wrong between forms: codes twice, versions that do not rise; and between a form and its translation."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from liaison_desktop.clinical.consents.queries import version_key
from liaison_desktop.clinical.consents.record import Template, Translation
from liaison_desktop.clinical.consents.record.reading import spanish_ease
from liaison_desktop.clinical.consents.record.template import MARK
from liaison_desktop.clinical.consents.rules.form_reading import spoken
from liaison_desktop.clinical.consents.rules.text_check import Complaint
from liaison_desktop.errors import Severity
from liaison_desktop.policies import Policy

_NAMES = ("title", "procedure", "agree_question", "sign_words", "plain_words", "review_note")


def set_complaints(forms: Iterable[Template], before: Iterable[Template] = ()) -> Iterator[tuple[Template, Complaint]]:
    """Forms with one code: each version once, and a higher one never begins earlier. `before` are those already there."""
    old = tuple(before)
    there = {id(form) for form in old}
    by_code: defaultdict[str, list[Template]] = defaultdict(list)
    for form in (*old, *forms):
        by_code[form.code].append(form)
    for versions in by_code.values():
        versions.sort(key=lambda form: version_key(form.version))
        for low, high in itertools.pairwise(versions):
            blamed = low if id(high) in there else high
            if version_key(low.version) == version_key(high.version):
                yield (
                    blamed,
                    Complaint(place="version", message=f"Version {high.version} of {high.code} is there already."),
                )
            elif id(low) not in there and id(high) in there:
                yield low, Complaint(place="version", message=f"There is a higher version already: {high.version}.")
            elif high.effective < low.effective:
                yield (
                    high,
                    Complaint(
                        place="effective",
                        message=f"Version {high.version} begins before {low.version}, which it replaces.",
                    ),
                )


def translation_complaints(text: Translation, form: Template | None, policy: Policy) -> Iterator[Complaint]:
    """A translation covers every text of its form, with the same names to fill in, and says who reviewed it."""
    if form is None:
        yield Complaint(place="version", message=f"There is no form {text.code} version {text.version}.")
        return
    if not text.language.isascii() or not 2 <= len(text.language) <= 12:
        yield Complaint(place="language", message="The language is a short tag such as es or ar.")
    if text.reviewed and not (text.reviewed_by.strip() and text.reviewed_on):
        yield Complaint(place="reviewed", message="Say who reviewed it and on which day: reviewed_by and reviewed_on.")
    for name in (*_NAMES, *(("anaesthesia",) if form.anaesthesia else ())):
        yield from _same(name, getattr(form, name), getattr(text, name))
    for name in ("topics", "statements"):
        there = {part.code: part for part in getattr(form, name)}
        held = getattr(text, name)
        yield from _covers(name, there, held)
        for code in there.keys() & held.keys():
            yield from _same(f"{name}.{code}.heading", there[code].heading, held[code].heading)
            yield from _same(f"{name}.{code}.words", there[code].words, held[code].words)
    asked = {part.code: part for part in form.questions}
    yield from _covers("questions", asked, text.questions)
    for code in asked.keys() & text.questions.keys():
        yield from _same(f"questions.{code}.ask", asked[code].ask, text.questions[code].ask)
        yield from _same(f"questions.{code}.listen_for", asked[code].listen_for, text.questions[code].listen_for)
    chosen = {part.code: part.words for part in form.choices}
    yield from _covers("choices", chosen, text.choices)
    for code in chosen.keys() & text.choices.keys():
        yield from _same(f"choices.{code}", chosen[code], text.choices[code])
    if text.language.split("-")[0] == "es":
        yield from _spanish(text, policy)


def _covers(name: str, there: Iterable[str], held: Iterable[str]) -> Iterator[Complaint]:
    for code in sorted(set(there) - set(held)):
        yield Complaint(place=name, message=f"{name}.{code} is not translated.")
    for code in sorted(set(held) - set(there)):
        yield Complaint(place=f"{name}.{code}", message=f"The form has no {name}.{code}.")


def _same(place: str, original: str, translated: str) -> Iterator[Complaint]:
    if not translated.strip():
        yield Complaint(place=place, message="This text is not translated.")
    if MARK.search(translated):
        yield Complaint(place=place, message="A translation holds no marks of elements.")
    for name in ("{practitioner}", "{phone}"):
        if original.count(name) and not translated.count(name):
            yield Complaint(place=place, message=f"{name} stands in the form and not in the translation.")


def _spanish(text: Translation, policy: Policy) -> Iterator[Complaint]:
    parts = [("plain_words", text.plain_words), ("sign_words", text.sign_words)]
    parts += [(f"topics.{code}", part.words) for code, part in text.topics.items()]
    parts += [(f"statements.{code}", part.words) for code, part in text.statements.items()]
    least, aim = policy.number("spanish_ease_least"), policy.number("spanish_ease_target")
    for place, words in parts:
        ease = spanish_ease(spoken(words))
        if ease < aim:
            limit = f"the least is {least:g}" if ease < least else f"aim at {aim:g}"
            severity = Severity.REFUSE if ease < least else Severity.WARN
            yield Complaint(
                place=place, message=f"Reading ease {ease:g} (Fernandez-Huerta); {limit}.", severity=severity
            )
