"""What is wrong with the head of a Questionnaire or of a response: members of the wrong shape, contained resources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires.outcome import Issue, error, warning
from liaison_desktop.questionnaires.values import SHAPES, text_fault

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}\Z", re.ASCII)
_NAME = re.compile(r"[A-Z][A-Za-z0-9_]{0,254}\Z", re.ASCII)


def _id(value: Any) -> str:
    return (
        "" if isinstance(value, str) and _ID.match(value) else "is no id of FHIR (letters, digits, - and ., at most 64)"
    )


def _object(value: Any) -> str:
    return "" if isinstance(value, dict) and value else "is not an object with content"


def _list_of(check: Callable[[Any], str]) -> Callable[[Any], str]:
    def fault(value: Any) -> str:
        if not isinstance(value, list) or not value:
            return "is not a list with content"
        return next((f"holds something that {found}" for found in map(check, value) if found), "")

    return fault


_boolean, _date, _moment, _uri = (SHAPES[f"value{kind}"] for kind in ("Boolean", "Date", "DateTime", "Uri"))
_coding, _reference = SHAPES["valueCoding"], SHAPES["valueReference"]

FORM: Mapping[str, Callable[[Any], str]] = {
    "id": _id,
    "meta": _object,
    "implicitRules": _uri,
    "language": text_fault,
    "text": _object,
    "url": _uri,
    "identifier": _list_of(_object),
    "version": text_fault,
    "name": text_fault,
    "title": text_fault,
    "derivedFrom": _list_of(_uri),
    "experimental": _boolean,
    "subjectType": _list_of(text_fault),
    "date": _moment,
    "publisher": text_fault,
    "contact": _list_of(_object),
    "description": text_fault,
    "useContext": _list_of(_object),
    "jurisdiction": _list_of(_object),
    "purpose": text_fault,
    "copyright": text_fault,
    "approvalDate": _date,
    "lastReviewDate": _date,
    "effectivePeriod": _object,
    "code": _list_of(_coding),
}
RESPONSE: Mapping[str, Callable[[Any], str]] = {
    "id": _id,
    "meta": _object,
    "implicitRules": _uri,
    "language": text_fault,
    "text": _object,
    "identifier": _object,
    "basedOn": _list_of(_reference),
    "partOf": _list_of(_reference),
    "subject": _reference,
    "encounter": _reference,
    "authored": _moment,
    "author": _reference,
    "source": _reference,
}


def head_issues(raw: Mapping[str, Any], shapes: Mapping[str, Callable[[Any], str]], whose: str) -> Iterator[Issue]:
    """The members of a wrong shape, and contained resources that cannot be found or have one id twice."""
    for name, check in shapes.items():
        if name in raw and (fault := check(raw[name])):
            yield error("value", f"{whose}'s {name} {fault}.")
    if "implicitRules" in raw:
        yield error(
            "not-supported", f"{whose} follows implicit rules that are not known here: it may mean something else."
        )
    held = raw.get("contained")
    if held is None:
        return
    if not isinstance(held, list) or not held:
        yield error("structure", f"{whose}'s contained is not a list with content.")
        return
    ids: Counter[str] = Counter()
    for one in held:
        if not isinstance(one, dict) or not isinstance(one.get("resourceType"), str):
            yield error("structure", "A contained resource does not say what it is.")
        elif not isinstance(one.get("id"), str):
            yield warning("required", "A contained resource has no id, so nothing can refer to it.")
        else:
            ids[one["id"]] += 1
    for name, count in ids.items():
        if count > 1:
            yield error("duplicate", f"{count} contained resources have the id {name[:60]!a}.")


def name_issue(raw: Mapping[str, Any]) -> Iterator[Issue]:
    """R4 wishes that the name can be used by programs (que-0)."""
    name = raw.get("name")
    if isinstance(name, str) and name.strip() and not _NAME.match(name):
        yield warning(
            "invariant", "The name should be usable by programs: a capital letter, then letters and digits (que-0)."
        )
