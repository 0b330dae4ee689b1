"""The door for texts fills names in, and never reads a value as a template."""

from __future__ import annotations

from liaison_desktop.i18n import plural, tr


def test_values_are_put_in_as_they_are() -> None:
    assert tr("Found {what}", what="{secret} & <b>") == "Found {secret} & <b>"
    assert tr("100 % {of} it") == "100 % {of} it"


def test_one_and_many() -> None:
    assert [plural(n, "{n} visit", "{n} visits") for n in (0, 1, 2, 1200)] == [
        "0 visits",
        "1 visit",
        "2 visits",
        "1,200 visits",
    ]
