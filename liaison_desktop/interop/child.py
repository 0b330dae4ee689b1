"""The reading process: takes a file on standard input, answers with a table or a refusal on standard output."""

from __future__ import annotations

import sys

import msgspec

from liaison_desktop.interop.apart import confine
from liaison_desktop.interop.csv_text import read_csv
from liaison_desktop.interop.json_text import is_json, read_json
from liaison_desktop.interop.shaping import TableRefused
from liaison_desktop.interop.table import Limits, Outcome
from liaison_desktop.interop.xlsx import read_xlsx

_KNOWN_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "This is an old Excel file (.xls) or one with a password. Save it as .xlsx or CSV."),
    (b"%PDF", "This is a PDF, not a list."),
    (b"\x89PNG", "This is a picture, not a list."),
    (b"\xff\xd8\xff", "This is a picture, not a list."),
    (b"\x1f\x8b", "This file is compressed. Unpack it first."),
    (b"{\\rtf", "This is a text document, not a list."),
)


def read(content: bytes, limits: Limits) -> Outcome:
    """The outcome of reading these bytes."""
    try:
        for magic, sentence in _KNOWN_OTHERS:
            if content.startswith(magic):
                raise TableRefused(sentence)
        if content.startswith(b"PK"):
            table = read_xlsx(content, limits)
        elif is_json(content):
            table = read_json(content, limits)
        else:
            table = read_csv(content, limits)
    except TableRefused as refused:
        return Outcome(refused=str(refused))
    return Outcome(table=table)


def main() -> None:
    """Read standard input, answer, and end."""
    limits = msgspec.json.decode(sys.argv[2], type=Limits)
    import python_calamine  # noqa: F401 - loaded before the number of open files is limited

    confine(limits)
    content = sys.stdin.buffer.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        outcome = Outcome(refused="This file grew while it was read.")
    else:
        outcome = read(content, limits)
    answer = msgspec.json.encode(outcome)
    if len(answer) > limits.answer_bytes:
        answer = msgspec.json.encode(Outcome(refused="This list holds too much text to take in at once."))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
