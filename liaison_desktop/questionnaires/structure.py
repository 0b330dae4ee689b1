"""What is wrong with the JSON of a response before its answers are looked at: shape, order, places, status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Definition, Item, extension
from liaison_desktop.questionnaires.heads import RESPONSE, head_issues
from liaison_desktop.questionnaires.outcome import Issue, error, warning
from liaison_desktop.questionnaires.pointing import ANSWERS
from liaison_desktop.questionnaires.values import shape_fault, text_fault
from liaison_desktop.questionnaires.whom import inside_issues, subject_issue

STATUSES = ("in-progress", "completed", "amended", "entered-in-error", "stopped")
_TOP = {
    "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension",
    "identifier", "basedOn", "partOf", "questionnaire", "status", "subject", "encounter", "authored", "author",
    "source", "item",
}  # fmt: skip
_ITEM = {"id", "extension", "modifierExtension", "linkId", "definition", "text", "answer", "item"}
_NAMED = f"{ANSWERS}.questionnaire"
_ANSWER = {"id", "extension", "modifierExtension", "item"}


def structure(definition: Definition, response: Any) -> list[Issue]:
    """The issues of form; an empty list means that the answers themselves can be judged."""
    if not isinstance(response, dict):
        return [error("structure", "The response is not a JSON object.", at=ANSWERS)]
    if response.get("resourceType") != "QuestionnaireResponse":
        return [error("structure", "The response is not a QuestionnaireResponse.", at=ANSWERS)]
    top = [issue if issue.at else msgspec.structs.replace(issue, at=ANSWERS) for issue in _top(definition, response)]
    return [
        *top,
        *subject_issue(definition, response),
        *inside_issues(response),
        *_items(response.get("item"), definition.items, definition, "", ANSWERS),
    ]


def _top(definition: Definition, response: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _members(response, _TOP, "The response", "", ANSWERS)
    yield from head_issues(response, RESPONSE, "The response")
    status = response.get("status")
    if status is None:
        yield error("required", "The response has no status.", at=ANSWERS)
    elif status not in STATUSES:
        yield error("code-invalid", f"The status is none of {', '.join(STATUSES)}.", at=f"{ANSWERS}.status")
    named = response.get("questionnaire")
    if named is None:
        yield warning("invariant", "The response does not name its questionnaire.")
    elif not isinstance(named, str):
        yield error("structure", "The response's questionnaire is not an address.", at=_NAMED)
    elif definition.url and not named.startswith("#"):
        url, _, version = named.partition("#")[0].partition("|")
        # A server names its own forms by their place, such as Questionnaire/pan.
        if url != definition.url and not ("://" not in url and definition.url.endswith(f"/{url}")):
            yield error("invariant", "The response answers another questionnaire than this definition.", at=_NAMED)
        elif version and definition.version and version != definition.version:
            yield error("invariant", "The response answers another version of this questionnaire.", at=_NAMED)
    pinned = extension(response, names.PINNED_HASH)
    if pinned is not None and pinned != definition.hash:
        yield error("invariant", "The definition is not the one that was answered: its fingerprint differs.")


def _members(raw: Mapping[str, Any], known: set[str], what: str, link_id: str, at: str) -> Iterator[Issue]:
    for name in raw:
        if name not in known and not name.startswith("_") and name != "fhir_comments":
            yield error("structure", f"{what} holds {name[:40]!a}, which does not belong there.", link_id, at=at)
    if raw.get("modifierExtension"):
        yield error(
            "not-supported",
            f"{what} holds a modifier extension: it may mean something else than it says.",
            link_id,
            at=at,
        )
    held = raw.get("extension")
    if held is not None and not (isinstance(held, list) and held and all(isinstance(one, dict) for one in held)):
        yield error("structure", f"{what} holds extensions that are no list of objects.", link_id, at=at)
    elif any(not isinstance(one.get("url"), str) or not one["url"] for one in held or ()):
        yield error("structure", f"{what} holds an extension without an address.", link_id, at=at)


def _items(raw: Any, items: tuple[Item, ...], definition: Definition, parent: str, within: str) -> Iterator[Issue]:
    if raw is None:
        return
    if not isinstance(raw, list) or not raw:
        yield error("structure", "An item list is not a list with content.", parent, at=within)
        return
    order = {item.link_id: place for place, item in enumerate(items)}
    reached = -1
    for number, one in enumerate(raw):
        at = f"{within}.item[{number}]"
        if not isinstance(one, dict):
            yield error("structure", "An item is not a JSON object.", parent, at=at)
            continue
        link_id = one.get("linkId")
        if not isinstance(link_id, str) or not link_id:
            yield error("required", "An item has no linkId.", parent, at=at)
            continue
        if link_id not in order:
            yield _stray(link_id, definition, at)
            continue
        if order[link_id] < reached:
            yield error("structure", "The items are not in the order of the questionnaire.", link_id, at=at)
        reached = max(reached, order[link_id])
        yield from _item(one, items[order[link_id]], definition, at)


def _stray(link_id: str, definition: Definition, at: str) -> Issue:
    if link_id in definition.index:
        return error(
            "structure", f"Item {link_id[:60]!a} stands in another place than in the questionnaire.", link_id, at=at
        )
    return error("not-found", f"The questionnaire has no item {link_id[:60]!a}.", link_id[:200], at=at)


def _item(raw: Mapping[str, Any], item: Item, definition: Definition, at: str) -> Iterator[Issue]:
    link_id = item.link_id
    yield from _members(raw, _ITEM, "The item", link_id, at)
    text = raw.get("text")
    if text is not None and text_fault(text):
        yield error("value", f"The item's text {text_fault(text)}.", link_id, at=f"{at}.text")
    elif text is not None and item.text and " ".join(text.split()) not in _known_texts(item):
        yield error("invariant", "The item's text is not the one of the questionnaire.", link_id, at=f"{at}.text")
    answers = raw.get("answer")
    if item.type == "group":
        if answers is not None:
            yield error("structure", "A group cannot have an answer.", link_id, at=at)
        yield from _items(raw.get("item"), item.items, definition, link_id, at)
        return
    if item.type == "display":
        if answers is not None or raw.get("item") is not None:
            yield error("structure", "A text for display cannot have an answer or items.", link_id, at=at)
        return
    if raw.get("item") is not None:
        yield error("structure", "Items under a question belong under its answer.", link_id, at=at)
    if answers is not None and not (isinstance(answers, list) and answers):
        yield error("structure", "The answers are not a list with content.", link_id, at=at)
        return
    for number, answer in enumerate(answers or ()):
        yield from _answer(answer, item, definition, f"{at}.answer[{number}]")


def _known_texts(item: Item) -> set[str]:
    texts = {" ".join(item.text.split())}
    shadow = item.raw.get("_text")
    for one in shadow.get("extension", ()) if isinstance(shadow, dict) else ():
        parts = one.get("extension", ()) if isinstance(one, dict) else ()
        texts |= {
            str(part.get("valueString")) for part in parts if isinstance(part, dict) and part.get("url") == "content"
        }
    return texts


def _answer(raw: Any, item: Item, definition: Definition, at: str) -> Iterator[Issue]:
    if not isinstance(raw, dict):
        yield error("structure", "An answer is not a JSON object.", item.link_id, at=at)
        return
    values = [key for key in raw if key.startswith("value")]
    yield from _members({k: v for k, v in raw.items() if k not in values}, _ANSWER, "The answer", item.link_id, at)
    if len(values) > 1:
        yield error("structure", "An answer has more than one value.", item.link_id, at=at)
        for key in values[1:]:
            if shape_fault(key, raw[key]):
                yield error("value", f"An answer {shape_fault(key, raw[key])}.", item.link_id, at=at)
    yield from _items(raw.get("item"), item.items, definition, item.link_id, at)
