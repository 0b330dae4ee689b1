"""The words a document prints around what was recorded, in other languages: data beside their review, never code.

A file is `resources/document_words/<tag>.toml`: its words by the English ones. What ships is a start that nobody has
reviewed and says so; a facility puts its own, reviewed, into the folder `document_words` beside its store (V10).
"""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from pathlib import Path

import msgspec

from liaison_desktop.errors import Missing, Unreadable
from liaison_desktop.paths import resource

FOLDER = "document_words"


class Furniture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language. `language` is its BCP 47 tag; `sha256` is the hash of the file."""

    language: str
    name: str
    own_name: str
    reviewed: bool
    reviewed_by: str = ""
    reviewed_on: datetime.date | None = None
    words: dict[str, str]
    sha256: str = ""

    def faults(self) -> tuple[str, ...]:
        """What stands against using it: a review without a name and a day, or a word that is empty."""
        found = []
        if self.reviewed and not (self.reviewed_by.strip() and self.reviewed_on):
            found.append("It says it was reviewed, but not by whom and on which day.")
        found += [f"Nothing stands for: {english}." for english, word in self.words.items() if not word.strip()]
        return tuple(found)


def furniture(language: str, own: Path | None = None) -> Furniture:
    """The words of that language: the facility's own in the folder `own`, else those that ship.

    Raises Missing if there are none, Unreadable if the file cannot be used.
    """
    name = f"{language}.toml"
    path = next((path for path in ([own / name] if own else []) if path.is_file()), resource("document_words", name))
    if not language.isalpha() or not path.is_file():
        raise Missing("There are no words of documents in this language.")
    content = path.read_bytes()
    try:
        found = msgspec.convert(tomllib.loads(content.decode("utf-8-sig")), Furniture)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise Unreadable(f"The file {name} of words for documents cannot be used.") from fault
    if found.language != language or found.faults():
        why = found.faults() or ("It is for another language.",)
        raise Unreadable(f"The file {name} of words for documents cannot be used. {why[0]}")
    return msgspec.structs.replace(found, sha256=hashlib.sha256(content).hexdigest())
