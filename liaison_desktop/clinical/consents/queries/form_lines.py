"""In which line of a form's file something stands: what its author is told beside each complaint."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

LARGEST = 400_000  # bytes; a form of words is far below
_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
_HEAD = re.compile(r"\s*\[\[?\s*([\w.\"-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w\"-]+)\s*=")


class BadFile(Exception):
    """A file that is no form at all: in which line, and why."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(reason)


def text_of(path: Path) -> bytes:
    """The bytes of a file of words. Raises BadFile if it is none, is too large, or is no text."""
    if not path.is_file():
        raise BadFile(0, "This is not a file.")
    with path.open("rb") as held:
        content = held.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadFile(0, f"The file has more than {LARGEST // 1000} kB.")
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(content[: error.start].count(b"\n") + 1, "This is not UTF-8 text.") from None
    return content


def toml_fault(content: bytes) -> BadFile | None:
    """Why the bytes are no TOML; None if they are."""
    text = content.decode("utf-8-sig")
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        return BadFile(line, f"{_AT.sub('', str(error)).strip()}.")
    except RecursionError:
        return BadFile(0, "Its brackets are nested too deeply.")
    return None


def line_of(content: bytes, place: str) -> int:
    """The line in which a place such as `topics.risks.words` is written, or the nearest one above it; 0 for the file."""
    if not place:
        return 0
    wanted = place.split(".")
    lines = content.decode("utf-8-sig", errors="replace").split("\n")
    parts = _parts(lines)
    best = 0
    for number, path in parts:
        if path == wanted[: len(path)] and len(path) > 0:
            best = number if len(path) >= _length(best, parts) else best
    return best


def _length(line: int, parts: list[tuple[int, list[str]]]) -> int:
    return next((len(path) for number, path in parts if number == line), 0)


def _parts(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Each line that names something, with its path; a table of a list goes by the code inside it."""
    found: list[tuple[int, list[str]]] = []
    under: list[str] = []
    for number, line in enumerate(lines, start=1):
        if head := _HEAD.match(line):
            under = [part.strip('" ') for part in head[1].split(".")]
            if line.lstrip().startswith("[["):
                under = [*under, _code_after(lines[number:])]
            found.append((number, under))
        elif key := _KEY.match(line):
            found.append((number, [*under, key[1].strip('"')]))
    return found


def _code_after(lines: list[str]) -> str:
    for line in lines:
        if _HEAD.match(line):
            break
        if code := re.match(r"\s*code\s*=\s*[\"']([^\"']*)[\"']", line):
            return code[1]
    return ""
