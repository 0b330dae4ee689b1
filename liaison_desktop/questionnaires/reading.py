"""Reading files other people give us: strict JSON and YAML, bounded in size and depth, never a crash.

Decimals stay `decimal.Decimal`, so that 1.50 is written back as 1.50.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from liaison_desktop.errors import Unreadable

MOST_BYTES = 16 * 1024 * 1024
MOST_DEPTH = 100
_MOST_DIGITS = 60
# Possessive, so that an unfinished string is scanned once and not once for every quotation mark in it.
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?+|[\[{\]}]', re.DOTALL)


def number(text: str) -> int | Decimal:
    """A JSON number exactly as written. Raises Unreadable for one too large to be meant."""
    if len(text) > _MOST_DIGITS:
        raise Unreadable(f"A number of {len(text)} characters is longer than any meant one.")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Unreadable("A number cannot be read.") from None
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise Unreadable("A number is too large or too small to be meant.")
    if re.fullmatch(r"-?[0-9]+", text) and -(2**63) <= int(text) < 2**63:
        return int(text)
    return value


def _refuse_constant(word: str) -> Any:
    raise Unreadable(f"{word} is not a JSON number.")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Unreadable(f"The key {twice[:40]!a} is given twice in one object.")
    return held


def check_depth(text: str) -> None:
    """Raises Unreadable when brackets nest deeper than MOST_DEPTH."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        first = match.group()[0]
        if first in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                raise Unreadable(f"The content nests deeper than {MOST_DEPTH} levels.")
        elif first in "]}":
            depth -= 1


def check_text(value: Any) -> None:
    """Raises Unreadable when a text holds half a surrogate pair, which no UTF-8 file can hold."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, dict):
            waiting += held.keys()
            waiting += held.values()
        elif isinstance(held, list):
            waiting += held
        elif isinstance(held, str):
            try:
                held.encode()
            except UnicodeEncodeError:
                raise Unreadable("A text holds half a character (a lone surrogate).") from None


def exact(value: Any) -> Any:
    """The value with binary fractions as the decimals they were written as, for JSON that somebody else has read."""
    if isinstance(value, float):
        return Decimal(repr(value)) if math.isfinite(value) else value
    if isinstance(value, dict):
        return {key: exact(one) for key, one in value.items()}
    return [exact(one) for one in value] if isinstance(value, list) else value


def decode(content: bytes) -> str:
    """The bytes as UTF-8 text; a byte order mark is dropped. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file holds {len(content):,} bytes; the most is {MOST_BYTES:,}.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(f"The file is not UTF-8 text (byte {fault.start}).") from None


def read_json(content: bytes) -> Any:
    """The JSON value. Raises Unreadable: not UTF-8, not JSON, too large, too deep, a key twice, NaN, half characters."""
    import json

    text = decode(content)
    check_depth(text)
    try:
        value = json.loads(
            text,
            parse_float=number,
            parse_int=number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_pairs,
        )
    except json.JSONDecodeError as fault:
        raise Unreadable(f"The file is not JSON: {fault.msg}, line {fault.lineno}, column {fault.colno}.") from None
    check_text(value)
    return value


def read_path(path: Path) -> Any:
    """The value in a JSON or YAML file (by its ending). Raises Unreadable with one plain sentence."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Unreadable("This is not a file.")
        if size > MOST_BYTES:
            raise Unreadable(f"The file holds {size:,} bytes; the most is {MOST_BYTES:,}.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("There is no such file.") from None
    except (OSError, ValueError) as fault:
        raise Unreadable(f"The file cannot be opened: {getattr(fault, 'strerror', None) or fault}.") from None
    if path.suffix.lower() in (".yaml", ".yml"):
        from liaison_desktop.questionnaires.reading_yaml import read_yaml

        return read_yaml(content)
    return read_json(content)
