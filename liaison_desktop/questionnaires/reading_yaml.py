"""Strict YAML: plain values only, no tags, no anchors (a small file could grow without end), `yes` stays a word.

Its own module, so that yaml is imported only where YAML is read: when forms are compiled or checked.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from liaison_desktop.errors import Unreadable
from liaison_desktop.questionnaires.reading import MOST_DEPTH, check_text, decode, number


class _Strict(yaml.SafeLoader):
    """YAML 1.2's core words: only true, false, null and JSON's numbers are not text."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if not isinstance(key, str):
                raise Unreadable(f"A key is not text, line {node.start_mark.line + 1}.")
            if keys.count(key) > 1:
                raise Unreadable(f"The key {key[:40]!a} is given twice, line {node.start_mark.line + 1}.")
        return super().construct_mapping(node, deep=True)


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    return number(node.value)


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")
_Strict.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
_Strict.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])
_Strict.add_implicit_resolver("tag:yaml.org,2002:float", _NUMBER, list("-0123456789"))
_Strict.add_constructor("tag:yaml.org,2002:float", _number)


def _check_events(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(
                f"Anchors and aliases are not taken, line {event.start_mark.line + 1 if event.start_mark else 1}."
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            raise Unreadable(f"The content nests deeper than {MOST_DEPTH} levels.")


def read_yaml(content: bytes) -> Any:
    """The one YAML document in these bytes. Raises Unreadable."""
    text = decode(content)
    try:
        _check_events(text)
        value = yaml.load(text, Loader=_Strict)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise Unreadable(
            f"The file is not YAML: {getattr(fault, 'problem', None) or 'it breaks off'}{where}."
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable("The file is not YAML that can be read.") from None
    check_text(value)
    return value
