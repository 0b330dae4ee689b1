"""No tracked file names the address of a package registry, a path of one machine, or how this code came to be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.reading import ROOT, name_of, tracked

BINARY = frozenset([".ttf", ".png", ".pdf", ".ico", ".icns", ".xlsx", ".zip", ".gz"])
# Written in two halves, so that this file does not find itself.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com", "deb.deb" + "ian.org",
         "deb" + "ian.org/debian", "archive.ubu" + "ntu.com", "security.deb" + "ian", "crates" + ".io", "proxy.gol" + "ang.org",
         "index" + "-url", "find" + "-links", "file:///" + "opt"]  # fmt: skip
PATHS = [
    r"(?<![\w.])/wo" + r"rk/",
    r"(?<![\w.])/ro" + r"ot/",
    r"/ho" + r"me/[a-z]",
    r"/Us" + r"ers/[a-z]",
    r"[A-Z]:\\Us" + r"ers\\",
]
STORY = [r"\bC" + r"EO\b", r"work" + r"place", r"shared/des" + r"ign", r"shared/exper" + r"iments", r"\bissue #?\d",
         r"issues sh" + r"ow", r"/tmp/br" + r"ief", r"Cla" + r"ude", r"Anthr" + r"opic", r"\bLL" + r"M\b"]  # fmt: skip
FORBIDDEN = re.compile("|".join([*map(re.escape, HOSTS), *PATHS, *STORY]))


def found_in(text: str) -> list[str]:
    """The forbidden words of a text."""
    return [match.group(0) for match in FORBIDDEN.finditer(text)]


def read(path: Path) -> str:
    """A file's text; nothing of a file that holds none."""
    return "" if path.suffix in BINARY else path.read_text(encoding="utf-8", errors="replace")


def test_no_tracked_file_names_an_address_a_machine_or_its_story() -> None:
    found = [f"{name_of(path)}: {word}" for path in tracked() for word in found_in(read(path))]
    assert not found, "\n".join(found)


def test_the_lock_is_hashed_to_the_last_line() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(
        r"^[a-z0-9][^ ]*==[^\\]*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", lock, re.MULTILINE
    )
    assert len(packages) == len(re.findall(r"^[a-zA-Z0-9]", lock, re.MULTILINE)) > 30
    assert "://" not in lock


def test_the_lock_serves_every_desktop() -> None:
    # One lock for all: what differs by system carries a marker instead of being left out.
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    for needed in ("pywin32-ctypes", "secretstorage", "colorama"):
        assert re.search(rf"^{needed}==.* ; ", lock, re.MULTILINE), needed
    assert len(re.findall(r"^cryptography==", lock, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    "crime",
    [
        "see https://py" + "pi.org/simple",
        "cd /wo" + "rk/main",
        "as the C" + "EO said",
        "issue" + " 12",
        "/ho" + "me/maria/x",
        "C:\\Us" + "ers\\m",
    ],
)
def test_a_forbidden_word_is_caught(crime: str) -> None:
    assert found_in(crime)


def test_plain_words_pass() -> None:
    assert not found_in("the network, workday, tissue 12, framework/main, https://scripts.sil.org/OFL, /usr/share")
