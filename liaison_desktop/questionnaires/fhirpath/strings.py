"""Functions over texts. Regular expressions come from the form and are asked only as far as is safe."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

from liaison_desktop.questionnaires.fhirpath.collections import argument, bounded
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, Items
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, bounded_text, text_of, whole_of
from liaison_desktop.questionnaires.patterns import replaced, searched

Steps = tuple[Step, ...]
Function = Callable[[Run, Items, Steps], Items]


def _of_text(act: Callable[[str], Items]) -> Function:
    def work(run: Run, items: Items, steps: Steps) -> Items:
        text = text_of(items)
        return [] if text is None else act(text)

    return work


def _with_text(act: Callable[[str, str], Items]) -> Function:
    def work(run: Run, items: Items, steps: Steps) -> Items:
        text, other = text_of(items), text_of(argument(run, items, steps[0]))
        run.spend(len(text or "") // 100)
        return [] if text is None or other is None else act(text, other)

    return work


def _substring(run: Run, items: Items, steps: Steps) -> Items:
    text, start = text_of(items), whole_of(argument(run, items, steps[0]))
    if text is None or start is None or not 0 <= start < len(text):
        return []
    if len(steps) < 2:
        return [text[start:]]
    length = whole_of(argument(run, items, steps[1]))
    return [text[start:] if length is None else text[start : start + max(0, length)]]


def _replace(run: Run, items: Items, steps: Steps) -> Items:
    text, old, new = text_of(items), *(text_of(argument(run, items, step)) for step in steps)
    if text is None or old is None or new is None:
        return []
    if len(text) + (text.count(old) + 1) * len(new) > 1_000_000:
        return bounded_text(text * 1_000_000)
    return bounded_text(text.replace(old, new))


def _matching(text: str, pattern: str, whole: bool) -> Items:
    # FHIRPath reads every expression in single line mode: a dot is a line feed too.
    told = searched(f"(?s){pattern}", text, whole=whole)
    if told is None:
        raise ExpressionFault("The expression asks a regular expression that cannot be asked safely.")
    return [told]


def _replace_matches(run: Run, items: Items, steps: Steps) -> Items:
    text, pattern, new = text_of(items), *(text_of(argument(run, items, step)) for step in steps)
    if text is None or pattern is None or new is None:
        return []
    made = replaced(pattern, text, re.sub(r"\$(\d)", r"\\g<\1>", new.replace("\\", "\\\\"))) if pattern else text
    if made is None:
        raise ExpressionFault("The expression asks a regular expression that cannot be asked safely.")
    return bounded_text(made)


def _join(run: Run, items: Items, steps: Steps) -> Items:
    between = (text_of(argument(run, items, steps[0])) if steps else "") or ""
    run.spend(len(items))
    told = [text for text in (text_of([item]) for item in items) if text is not None]
    return bounded_text(between.join(told)) if told else []


def _encode(text: str, way: str) -> Items:
    if way == "urlbase64":
        return bounded_text(base64.urlsafe_b64encode(text.encode()).decode())
    if way == "base64":
        return bounded_text(base64.b64encode(text.encode()).decode())
    return bounded_text(text.encode().hex()) if way == "hex" else []


def _decode(text: str, way: str) -> Items:
    try:
        if way in ("base64", "urlbase64"):
            return [base64.b64decode(text, altchars=b"-_" if way == "urlbase64" else None, validate=True).decode()]
        return [bytes.fromhex(text).decode()] if way == "hex" else []
    except (ValueError, binascii.Error):
        return []


def _escape(text: str, way: str) -> Items:
    made = {"html": lambda: html.escape(text), "json": lambda: text.replace("\\", "\\\\").replace('"', '\\"')}
    return bounded_text(made[way]()) if way in made else []


def _unescape(text: str, way: str) -> Items:
    made = {"html": lambda: html.unescape(text), "json": lambda: re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)}
    return [made[way]()] if way in made else []


def _url(text: str, encode: bool) -> Items:
    return bounded_text(quote(text, safe="") if encode else unquote(text))


KNOWN: Mapping[str, tuple[Function, int, int]] = {
    "length": (_of_text(lambda text: [len(text)]), 0, 0),
    "upper": (_of_text(lambda text: bounded_text(text.upper())), 0, 0),
    "lower": (_of_text(lambda text: bounded_text(text.lower())), 0, 0),
    "trim": (_of_text(lambda text: [text.strip()]), 0, 0),
    "toChars": (_of_text(lambda text: bounded(list(text))), 0, 0),
    "startsWith": (_with_text(lambda text, other: [text.startswith(other)]), 1, 1),
    "endsWith": (_with_text(lambda text, other: [text.endswith(other)]), 1, 1),
    "contains": (_with_text(lambda text, other: [other in text]), 1, 1),
    "indexOf": (_with_text(lambda text, other: [text.find(other)]), 1, 1),
    "lastIndexOf": (_with_text(lambda text, other: [text.rfind(other)]), 1, 1),
    "split": (_with_text(lambda text, other: bounded(list(text.split(other) if other else text))), 1, 1),
    "matches": (_with_text(lambda text, other: _matching(text, other, False)), 1, 2),
    "matchesFull": (_with_text(lambda text, other: _matching(text, other, True)), 1, 2),
    "encode": (_with_text(_encode), 1, 1), "decode": (_with_text(_decode), 1, 1),
    "escape": (_with_text(_escape), 1, 1), "unescape": (_with_text(_unescape), 1, 1),
    "urlEncode": (_of_text(lambda text: _url(text, True)), 0, 0),
    "urlDecode": (_of_text(lambda text: _url(text, False)), 0, 0),
    "substring": (_substring, 1, 2), "replace": (_replace, 2, 2), "replaceMatches": (_replace_matches, 2, 3),
    "join": (_join, 0, 1),
}  # fmt: skip
