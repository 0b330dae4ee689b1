"""A consent from its canonical record, as it travels inside its own document, without a store."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import msgspec

from liaison_desktop.clinical.consents.document.content import ConsentDocument
from liaison_desktop.clinical.consents.document.making import consent_summary
from liaison_desktop.clinical.consents.record import Consent, SecondLanguage
from liaison_desktop.errors import Severity, Unreadable
from liaison_desktop.records import from_bytes

_MOST = 20_000_000  # bytes; ink of a dozen signatures is a tenth of it
_PLACE = re.compile(r"at `\$(?P<place>[^`]*)`")


def consent_from(content: bytes) -> Consent:
    """The consent of these bytes. Raises Unreadable with one sentence that names the field and never its value."""
    if len(content) > _MOST:
        raise Unreadable("This file is too large to be the record of a consent.")
    keys = _keys(content)
    try:
        consent = from_bytes(Consent, content)
    except msgspec.ValidationError as fault:
        raise Unreadable(f"This is not the record of a consent. Wrong: {_place(str(fault))}.") from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Unreadable("This is not the record of a consent: it is no JSON.") from None
    unknown = sorted(keys - {*Consent.__struct_fields__})
    if unknown:
        shown = "".join(letter for letter in unknown[0] if letter.isprintable())[:60]
        raise Unreadable(f"This is not the record of a consent. Nothing is called: {shown}.")
    broken = next((fault for fault in consent.faults() if fault.severity is Severity.REFUSE), None)
    if broken is not None:
        raise Unreadable(f"This record of a consent cannot be printed. Wrong: {broken.field or broken.message}.")
    return consent


def document_from_file(record: Path, out: Path, second: str = "", **asked: Any) -> ConsentDocument:
    """Make the summary of the consent in one file and put it into another, for its owner alone; whole or not at all.

    `second` is the tag of a language to print it in beside English, in the words that ship; `asked` goes to `consent_summary`. Raises Unreadable or Unprintable for the record, OSError for the files.
    """
    made = consent_summary(
        consent_from(record.read_bytes()), second=SecondLanguage(second) if second else None, **asked
    )
    beside = out.with_name(f"{out.name}.part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(made.content)
    beside.replace(out)
    return made


def _keys(content: bytes) -> set[str]:
    try:
        found: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable("This is not the record of a consent: it is no JSON.") from None
    if not isinstance(found, dict):
        raise Unreadable("This is not the record of a consent: it is no JSON object.")
    return {*found}


def _place(message: str) -> str:
    """The path of the field in what the decoder says; a missing field is named in the sentence itself."""
    missing = re.search(r"missing required field `(\w+)`", message)
    found = _PLACE.search(message)
    place = found["place"].lstrip(".") if found else ""
    return ".".join(part for part in (place, missing[1] if missing else "") if part) or "the whole of it"
