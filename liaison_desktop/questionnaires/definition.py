"""A form's definition: FHIR Questionnaire JSON as an immutable tree with an index by linkId.

`parsing` makes it. The raw JSON stays the truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

QUESTION_TYPES = frozenset(
    {
        "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url",
        "choice", "open-choice", "attachment", "reference", "quantity",
    }
)  # fmt: skip
ITEM_TYPES = QUESTION_TYPES | {"group", "display"}


class Condition(msgspec.Struct, frozen=True, eq=False):
    """One enableWhen: the question looked at, the operator and the value, such as `valueCoding`."""

    question: str
    operator: str
    key: str
    value: Any


class Option(msgspec.Struct, frozen=True, eq=False):
    """One permitted answer. Choosing an `exclusive` one clears the others; an `unable` one needs a reason."""

    key: str
    value: Any
    label: str
    code: str
    exclusive: bool = False
    unable: bool = False
    reason: bool = False
    prefix: str = ""
    initial: bool = False


class Rule(msgspec.Struct, frozen=True):
    """A safety rule an item takes part in: its id in the policy file and its class."""

    id: str
    level: str


class Formula(msgspec.Struct, frozen=True, eq=False):
    """An expression of the form and its language; `name` is that of a variable."""

    text: str
    language: str = "text/fhirpath"
    name: str = ""


class Toggle(msgspec.Struct, frozen=True, eq=False):
    """Permitted answers that are there only while an expression is true."""

    values: tuple[tuple[str, Any], ...]
    formula: Formula


class Constraint(msgspec.Struct, frozen=True, eq=False):
    """What must hold before a form is finished: an expression, and what is said when it is false."""

    key: str
    formula: Formula
    human: str
    severity: str = "error"


class Item(msgspec.Struct, frozen=True, eq=False):
    """One item. `low` and `high` are the implausible band (in `unit`), `warn_low` and `warn_high` the abnormal one."""

    link_id: str
    type: str
    text: str
    raw: Mapping[str, Any]
    items: tuple[Item, ...]
    prefix: str = ""
    short: str = ""
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    max_length: int | None = None
    min_length: int | None = None
    max_decimals: int | None = None
    regex: str = ""
    low: Any = None
    high: Any = None
    warn_low: Decimal | None = None
    warn_high: Decimal | None = None
    min_occurs: int | None = None
    max_occurs: int | None = None
    units: tuple[Mapping[str, Any], ...] = ()
    unit_extensions: bool = False
    options: tuple[Option, ...] = ()
    options_known: bool = True
    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    rules: tuple[Rule, ...] = ()
    unable_allowed: bool = False
    confirm_prefill: bool = False
    from_application: bool = False
    rn_only: bool = False
    finding: str = ""
    patient_text: str = ""
    citation: str = ""
    entry_format: str = ""
    variables: tuple[Formula, ...] = ()
    calculation: Formula | None = None
    enable_formula: Formula | None = None
    initial_formula: Formula | None = None
    answer_formula: Formula | None = None
    toggles: tuple[Toggle, ...] = ()
    low_formula: Formula | None = None
    high_formula: Formula | None = None
    constraints: tuple[Constraint, ...] = ()
    controls: tuple[str, ...] = ()
    orientation: str = ""
    open_label: str = ""
    unit_open: str = ""
    slider_step: int | None = None
    max_size: Decimal | None = None  # in bytes
    mime_types: tuple[str, ...] = ()
    reference_types: tuple[str, ...] = ()
    support_links: tuple[str, ...] = ()
    low_quantity: Mapping[str, Any] | None = None
    high_quantity: Mapping[str, Any] | None = None

    @property
    def is_question(self) -> bool:
        """Whether it can hold an answer."""
        return self.type in QUESTION_TYPES

    def option(self, code: str) -> Option | None:
        """The permitted answer with that code."""
        return next((option for option in self.options if option.code == code), None)


class Definition(msgspec.Struct, frozen=True, eq=False):
    """A whole form. `hash` is the SHA-256 of its canonical JSON: a response is pinned to url, version and hash."""

    url: str
    version: str
    title: str
    hash: str
    raw: Mapping[str, Any]
    items: tuple[Item, ...]
    index: Mapping[str, Item]
    parents: Mapping[str, str]
    order: Mapping[str, int]
    subtrees: Mapping[str, frozenset[str]]
    variables: tuple[Formula, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    launch: tuple[str, ...] = ()

    @property
    def canonical(self) -> str:
        """`url|version`, what a response names."""
        return f"{self.url}|{self.version}" if self.version else self.url

    def lineage(self, link_id: str) -> tuple[str, ...]:
        """The linkIds from the top down to this item, itself included."""
        path = [link_id]
        while parent := self.parents.get(path[-1], ""):
            path.append(parent)
        return tuple(reversed(path))

    def subtree(self, link_id: str) -> frozenset[str]:
        """The linkIds of an item and of everything below it."""
        return self.subtrees.get(link_id, frozenset())

    def walk(self) -> Iterator[Item]:
        """Every item, in the order of the form."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting += reversed(item.items)


class Marks(dict[str, list[Mapping[str, Any]]]):
    """The extensions of one element by their addresses: for whoever asks for many of them."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        super().__init__()
        held = raw.get("extension")
        for one in held if isinstance(held, list) else ():
            if isinstance(one, dict) and isinstance(one.get("url"), str):
                self.setdefault(one["url"], []).append(one)


def extensions(raw: Mapping[str, Any], url: str) -> list[Mapping[str, Any]]:
    """The extensions of that address on an element, or among its `Marks`."""
    if isinstance(raw, Marks):
        return raw.get(url, [])
    held = raw.get("extension")
    return [one for one in held if isinstance(one, dict) and one.get("url") == url] if isinstance(held, list) else []


def value_of(raw: Mapping[str, Any]) -> tuple[str, Any]:
    """The `value[x]` of an element: its key and value, or two blanks."""
    for key, value in raw.items():
        if key.startswith("value"):
            return key, value
    return "", None


def extension(raw: Mapping[str, Any], url: str, kind: type | tuple[type, ...] = str) -> Any:
    """The value of the first extension of that address if it is of that Python type, else None."""
    for one in extensions(raw, url):
        value = value_of(one)[1]
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
    return None
