"""What a response points at: whom it is about, and what should lie inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.outcome import Issue, error
from liaison_desktop.questionnaires.pointing import ANSWERS


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def subject_issue(definition: Definition, response: Mapping[str, Any]) -> Iterator[Issue]:
    """A subject of another type than the form is meant for."""
    wanted = [one for one in _list(definition.raw.get("subjectType")) if isinstance(one, str)]
    subject = response.get("subject")
    if not wanted or not isinstance(subject, dict):
        return
    kind, address = subject.get("type"), subject.get("reference")
    if not isinstance(kind, str) and isinstance(address, str) and "/" in address and not address.startswith("urn:"):
        kind = address.split("/_history/")[0].rstrip("/").rpartition("/")[0].rpartition("/")[2]
    if isinstance(kind, str) and kind and kind not in wanted:
        words = f"The response is not about what the form is meant for ({', '.join(wanted)[:80]})."
        yield error("invariant", words, at=f"{ANSWERS}.subject")


def inside_issues(response: Mapping[str, Any]) -> Iterator[Issue]:
    """Answers that point at something inside the response that is not there (ref-1)."""
    held = {one.get("id") for one in _list(response.get("contained")) if isinstance(one, dict)}
    waiting: list[tuple[Any, str]] = [(response, ANSWERS)]
    while waiting:
        raw, path = waiting.pop()
        for name in ("item", "answer"):
            found = [(one, f"{path}.{name}[{at}]") for at, one in enumerate(_list(raw.get(name)))]
            waiting += reversed([pair for pair in found if isinstance(pair[0], dict)])
        reference = raw.get("valueReference")
        address = reference.get("reference") if isinstance(reference, dict) else None
        if isinstance(address, str) and address.startswith("#") and address != "#" and address[1:] not in held:
            words = "An answer points at something inside the response that is not there (ref-1)."
            yield error("invariant", words, at=f"{path}.value")
