"""The policy files: read whole or not at all, and every rule with its words, severity and source."""

from __future__ import annotations

import string
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.errors import Severity
from liaison_desktop.policies import Policy

GOOD = """
version = "2026.1"
[numbers]
backdate_days = 7
[words]
promotion = ["best"]
[rules.VIS-3]
severity = "confirm"
message = "This visit was {n} days ago; policy is {d}. Say why it is late."
citation = "company policy"
"""


def read(tmp_path: Path, text: str) -> Policy:
    """The policy in that text."""
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return Policy.read(path)


def test_a_rule_becomes_a_fault_with_its_words(tmp_path: Path) -> None:
    """Severity and sentence come from the file, the field and the numbers from the rule's caller."""
    policy = read(tmp_path, GOOD)
    fault = policy.fault("VIS-3", field="late_reason", n=9, d=round(policy.number("backdate_days")))
    assert fault.message == "This visit was 9 days ago; policy is 7. Say why it is late."
    assert (fault.field, fault.rule, fault.severity) == ("late_reason", "VIS-3", Severity.CONFIRM)
    assert policy.words("promotion") == ("best",)
    assert policy.words("unheard of") == ()


@pytest.mark.parametrize(
    "broken",
    [
        GOOD.replace('severity = "confirm"', 'severity = "maybe"'),
        GOOD.replace('citation = "company policy"', ""),
        GOOD + "\n[rulez]\n",
        GOOD.replace("backdate_days = 7", 'backdate_days = "seven"'),
    ],
)
def test_an_unsound_file_is_refused_whole(tmp_path: Path, broken: str) -> None:
    """A misspelt severity, a missing source or an unknown table does not pass."""
    with pytest.raises(msgspec.ValidationError):
        read(tmp_path, broken)


@pytest.mark.parametrize("name", ["msl", "clinical"])
def test_every_shipped_rule_can_be_filled_in(name: str) -> None:
    """The sentences of the shipped files are sound templates with plain names."""
    policy = Policy.load(name)
    assert policy.rules
    for rule_id, rule in policy.rules.items():
        names = {field for _, field, _, _ in string.Formatter().parse(rule.message) if field}
        fault = policy.fault(rule_id, **dict.fromkeys(names, "x"))
        assert fault.message
        assert "{" not in fault.message
        assert rule.citation
