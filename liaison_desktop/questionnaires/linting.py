"""What is wrong with a definition: FHIR's own invariants, and the mistakes that make a form misbehave at the bedside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import (
    ITEM_TYPES,
    Definition,
    Item,
    extension,
    extensions,
    value_of,
)
from liaison_desktop.questionnaires.heads import FORM, head_issues, name_issue
from liaison_desktop.questionnaires.linting_conditions import condition_issues
from liaison_desktop.questionnaires.linting_extensions import bound_lint, extension_lint
from liaison_desktop.questionnaires.linting_formulas import formula_lint, reads
from liaison_desktop.questionnaires.linting_words import word_issues
from liaison_desktop.questionnaires.outcome import Issue, error, note, warning
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.patterns import compiled
from liaison_desktop.questionnaires.reaching import cycles, unreachable
from liaison_desktop.questionnaires.values import KEYS_OF_TYPE, SHAPES, same, shape_fault, text_fault

_STATUSES = ("draft", "active", "retired", "unknown")
_TOP = {
    "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension",
    "url", "identifier", "version", "name", "title", "derivedFrom", "status", "experimental", "subjectType", "date",
    "publisher", "contact", "description", "useContext", "jurisdiction", "purpose", "copyright", "approvalDate",
    "lastReviewDate", "effectivePeriod", "code", "item",
}  # fmt: skip
_ITEM = {
    "id", "extension", "modifierExtension", "linkId", "definition", "code", "prefix", "text", "type", "enableWhen",
    "enableBehavior", "required", "repeats", "readOnly", "maxLength", "answerValueSet", "answerOption", "initial",
    "item",
}  # fmt: skip
_WITH_LENGTH = ("boolean", "decimal", "integer", "string", "text", "url", "open-choice")
_OPTION_KEYS = ("valueInteger", "valueDate", "valueTime", "valueString", "valueCoding", "valueReference")


def lint(
    raw: Any,
    previous: Any = None,
    sources: tuple[str, ...] | None = None,
    definition: Definition | None = None,
) -> list[Issue]:
    """All issues of a Questionnaire; `definition` is what was parsed from it already. With its `previous` version: permitted answers may be added, never taken away.

    With `sources`, what a citation may begin with: a citation that begins with none of them is an issue.
    """
    if not isinstance(raw, dict):
        return [error("structure", "The definition is not a JSON object.")]
    if raw.get("resourceType") != "Questionnaire":
        return [error("structure", "The definition is not a Questionnaire.")]
    definition = definition or parse(raw)
    issues = [*_top(raw), *_tree(raw.get("item"), "", definition), *_twice(raw)]
    held = raw.get("contained")
    contained = {str(one.get("id")) for one in held if isinstance(one, dict)} if isinstance(held, list) else set()
    for item in definition.walk():
        issues += condition_issues(item, definition)
        issues += _extensions(item, contained)
        issues += bound_lint(item)
    issues += extension_lint(raw)
    issues += formula_lint(definition)
    issues += cycles(definition, reads(definition))
    issues += unreachable(definition)
    issues += word_issues(definition, sources)
    if isinstance(previous, dict):
        issues += _taken_away(definition, parse(previous))
    return issues


def _top(raw: Mapping[str, Any]) -> Iterator[Issue]:
    for name in raw:
        if name not in _TOP and not name.startswith("_") and name != "fhir_comments":
            yield error("structure", f"The questionnaire holds {name[:40]!a}, which R4 does not know.")
    if "status" not in raw:
        yield error("required", "The questionnaire has no status.")
    elif raw["status"] not in _STATUSES:
        yield error("code-invalid", f"The status is none of {', '.join(_STATUSES)}.")
    yield from head_issues(raw, FORM, "The questionnaire")
    yield from name_issue(raw)
    if "url" not in raw:
        yield warning("invariant", "The questionnaire has no url, so no response can be pinned to it.")
    if "item" not in raw:
        yield warning("incomplete", "The questionnaire asks nothing.")


def _raw_items(raw: Any) -> Iterator[Mapping[str, Any]]:
    waiting = list(raw) if isinstance(raw, list) else []
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            waiting += one["item"] if isinstance(one.get("item"), list) else []


def _twice(raw: Mapping[str, Any]) -> Iterator[Issue]:
    ids = Counter(one["linkId"] for one in _raw_items(raw.get("item")) if isinstance(one.get("linkId"), str))
    for link_id, count in ids.items():
        if count > 1:
            yield error("duplicate", f"The linkId {link_id[:60]!a} is given {count} times.", link_id)


def _tree(raw: Any, parent: str, definition: Definition) -> Iterator[Issue]:
    if raw is None:
        return
    if not isinstance(raw, list) or not raw:
        yield error("structure", "An item list is not a list with content.", parent)
        return
    for one in raw:
        if not isinstance(one, dict):
            yield error("structure", "An item is not a JSON object.", parent)
            continue
        yield from _item(one, parent)
        link_id = one.get("linkId")
        yield from _tree(one.get("item"), link_id if isinstance(link_id, str) else parent, definition)


def _item(raw: Mapping[str, Any], parent: str) -> Iterator[Issue]:
    link_id = raw.get("linkId")
    if not isinstance(link_id, str) or text_fault(link_id):
        yield error("required", "An item has no linkId that can be used.", parent)
        link_id = parent
    for name in raw:
        if name not in _ITEM and not name.startswith("_") and name != "fhir_comments":
            yield error("structure", f"The item holds {name[:40]!a}, which R4 does not know.", link_id)
    kind = raw.get("type")
    if kind is None:
        yield error("required", "The item has no type.", link_id)
    elif not isinstance(kind, str) or kind not in ITEM_TYPES:
        yield error("code-invalid", f"The type {str(kind)[:40]!a} is none of R4's item types.", link_id)
    for name in ("required", "repeats", "readOnly"):
        if name in raw and not isinstance(raw[name], bool):
            yield error("value", f"{name} is not true or false.", link_id)
    for name in ("text", "prefix"):
        if name in raw and text_fault(raw[name]):
            yield error("value", f"The item's {name} {text_fault(raw[name])}.", link_id)
    yield from _by_type(raw, str(kind), link_id)
    yield from _options(raw, str(kind), link_id)
    yield from _initial(raw, str(kind), link_id)


def _by_type(raw: Mapping[str, Any], kind: str, link_id: str) -> Iterator[Issue]:
    if kind == "group" and not raw.get("item"):
        yield error("invariant", "A group needs items (que-1).", link_id)
    if kind == "display":
        for name, words in (("item", "que-1"), ("code", "que-3"), ("initial", "que-8"), ("readOnly", "que-9")):
            if name in raw:
                yield error("invariant", f"A text for display cannot have {name} ({words}).", link_id)
        if "required" in raw or "repeats" in raw:
            yield error("invariant", "A text for display cannot be required or repeat (que-6).", link_id)
    if kind == "group" and "initial" in raw:
        yield error("invariant", "A group cannot have initial (que-8).", link_id)
    length = raw.get("maxLength")
    if length is not None:
        if not isinstance(length, int) or isinstance(length, bool) or length < 1:
            yield error("value", "maxLength is not a whole number above 0.", link_id)
        if kind in ITEM_TYPES and kind not in _WITH_LENGTH:
            yield error("invariant", f"An item of type {kind} cannot have maxLength (que-10).", link_id)


def _options(raw: Mapping[str, Any], kind: str, link_id: str) -> Iterator[Issue]:
    held = raw.get("answerOption")
    if held is not None and "answerValueSet" in raw:
        yield error("invariant", "answerOption and answerValueSet exclude each other (que-4).", link_id)
    if "answerValueSet" in raw and kind not in ("choice", "open-choice"):
        yield error("invariant", "Only a choice or open-choice can have answerValueSet (que-5).", link_id)
    if held is None:
        if kind == "choice" and "answerValueSet" not in raw:
            yield warning("incomplete", "A choice without permitted answers takes anything.", link_id)
        return
    if not isinstance(held, list) or not held:
        yield error("structure", "answerOption is not a list with content.", link_id)
        return
    if kind not in ("choice", "open-choice"):
        yield warning(
            "invariant",
            f"Permitted answers belong to a choice; other programs may not look at them on an item of type {kind}.",
            link_id,
        )
    seen: list[tuple[str, Any]] = []
    for one in held:
        key, value = value_of(one) if isinstance(one, dict) else ("", None)
        if not key:
            yield error("structure", "A permitted answer has no value.", link_id)
        elif key not in _OPTION_KEYS:
            yield error("structure", f"A permitted answer cannot be a {key[5:45]}.", link_id)
        elif fault := shape_fault(key, value):
            yield error("value", f"A permitted answer {fault}.", link_id)
        elif any(same(key, value, *other) for other in seen):
            yield error("duplicate", "The same permitted answer is given twice.", link_id)
        seen.append((key, value))
    chosen = [one for one in held if isinstance(one, dict) and one.get("initialSelected") is True]
    if len(chosen) > 1 and raw.get("repeats") is not True:
        yield error("invariant", "Only a repeating item can have several initial answers (que-13).", link_id)


def _initial(raw: Mapping[str, Any], kind: str, link_id: str) -> Iterator[Issue]:
    held = raw.get("initial")
    if held is None:
        return
    if not isinstance(held, list) or not held or not all(isinstance(one, dict) for one in held):
        yield error("structure", "initial is not a list of values.", link_id)
        return
    if "answerOption" in raw:
        yield error(
            "invariant", "With answerOption an initial answer is marked there, not given apart (que-11).", link_id
        )
    if len(held) > 1 and raw.get("repeats") is not True:
        yield error("invariant", "Only a repeating item can have several initial answers (que-13).", link_id)
    for one in held:
        key, value = value_of(one)
        if key not in KEYS_OF_TYPE.get(kind, SHAPES):
            yield error("value", f"An item of type {kind[:40]} cannot start with a {key[5:45]}.", link_id)
        elif fault := shape_fault(key, value):
            yield error("value", f"The initial answer {fault}.", link_id)


def _extensions(item: Item, contained: set[str]) -> Iterator[Issue]:
    if item.regex and compiled(item.regex) is None:
        yield error("value", "The regular expression cannot be read.", item.link_id)
    for url in (names.MIN_VALUE, names.MAX_VALUE):
        for one in extensions(item.raw, url):
            key, value = value_of(one)
            if shape_fault(key, value):
                yield error("value", "A bound is no value that can be compared.", item.link_id)
    for rule in item.rules:
        if not rule.id or rule.level not in ("block", "hard-warn", "warn", "info"):
            yield error("value", "A rule needs an id and a class: block, hard-warn, warn or info.", item.link_id)
    address = item.raw.get("answerValueSet")
    if isinstance(address, str) and address.startswith("#") and address[1:] not in contained:
        yield error("not-found", "answerValueSet names a value set that is not in this form.", item.link_id)
    elif item.type in ("choice", "open-choice") and not item.options_known:
        yield note("The permitted answers are not in this file; they cannot be checked.", item.link_id)
    if (
        item.required
        and (item.read_only or item.hidden)
        and not (item.from_application or item.calculation or item.initial_formula)
    ):
        if extension(item.raw, names.HIDDEN, bool) or not item.raw.get("initial"):
            yield warning("business-rule", "A required item that nobody can answer.", item.link_id)


def _taken_away(now: Definition, before: Definition) -> Iterator[Issue]:
    for old in before.walk():
        new = now.index.get(old.link_id)
        if new is None:
            continue
        if new.type != old.type:
            yield error(
                "business-rule", f"The type was {old.type} before; a new meaning needs a new linkId.", old.link_id
            )
        for option in old.options:
            if not any(same(option.key, option.value, other.key, other.value) for other in new.options):
                yield error(
                    "business-rule",
                    "A permitted answer of the version before is gone; old forms would lose it.",
                    old.link_id,
                )
