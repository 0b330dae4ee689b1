"""Code lists: the code is stable and stored, the label is for people and may change."""

from __future__ import annotations

import enum
from typing import Self


class Code(enum.StrEnum):
    """Base of a code list. Write `VIDEO = "video"` or, where the label is not the code, `SMO = "smo", "Site office"`."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label or code.replace("_", " ").capitalize()
        return member
