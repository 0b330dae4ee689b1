"""Texts that belong to a question: help, a prompt, a unit, the ends of a scale. They are shown with it, not as rows."""

from __future__ import annotations

from liaison_desktop.questionnaires.definition import Item

_BESIDE = {"help", "flyover", "prompt", "unit", "lower", "upper", "legal"}


def is_help(item: Item) -> bool:
    """Whether this text stands with the question it is under."""
    return item.type == "display" and bool(set(item.controls) & _BESIDE)


def help_of(item: Item, *controls: str) -> str:
    """The texts of those controls under a question or a group, each on a line."""
    found = (below.text for below in item.items if below.type == "display" and set(below.controls) & set(controls))
    return "\n".join(text for text in found if text)


def help_words(item: Item) -> str:
    """What helps to answer it."""
    return help_of(item, "help", "flyover", "legal", "lower", "upper")
