"""A form's words in another language, read from the file beside it; by whom they were reviewed, or that nobody did (V10)."""

from __future__ import annotations

import datetime

import msgspec


class HeadedText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A topic or a statement: its heading and its words."""

    heading: str
    words: str


class AskedText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A teach-back question, and what the nurse listens for."""

    ask: str
    listen_for: str


class Translation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every text of one version of one form, by the codes of its parts. `language` is a BCP-47 tag such as `es`.

    It holds no mark of elements: which sentence carries what is settled by the form itself. `sha256` is the hash of the
    file.
    """

    code: str
    version: str
    language: str
    reviewed: bool = False
    reviewed_by: str = ""
    reviewed_on: datetime.date | None = None
    title: str
    procedure: str
    agree_question: str
    sign_words: str
    plain_words: str
    review_note: str
    anaesthesia: str = ""
    topics: dict[str, HeadedText] = {}
    questions: dict[str, AskedText] = {}
    choices: dict[str, str] = {}
    statements: dict[str, HeadedText] = {}
    sha256: str = ""
