"""A facility's own policy file beside the store: over the built-in one, or refused whole with line and reason."""

from __future__ import annotations

import os
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.clinical.workspace import SCHEMA as CLINICAL
from liaison_desktop.errors import Severity
from liaison_desktop.msl.workspace import SCHEMA as MSL
from liaison_desktop.policies import Broken, in_force, load_policy, policy_of
from liaison_desktop.policies.own_file import apply_own
from tests import builders
from tests.fakes import Clock

OWN = """version = "north 4"

[numbers]
backdate_days = 3

[words]
patient_titles = ["Mr", "Herr"]

[rules.VIS-3]
severity = "refuse"
message = "Only {d} days. This was {n} days ago."
"""
BUILT_IN = load_policy("msl")


def broken(text: str) -> tuple[int, str]:
    with pytest.raises(Broken) as caught:
        apply_own(text, BUILT_IN)
    return caught.value.line, caught.value.reason


def test_a_file_overrides_what_it_names_and_nothing_else() -> None:
    policy = apply_own(OWN, BUILT_IN)
    fault = policy.fault("VIS-3", field="late_reason", n=9, d=round(policy.number("backdate_days")))
    assert (fault.message, fault.severity) == ("Only 3 days. This was 9 days ago.", Severity.REFUSE)
    assert policy.words("patient_titles") == ("Mr", "Herr")
    assert policy.words("judgement") == BUILT_IN.words("judgement")
    assert policy.rules["VIS-5"] == BUILT_IN.rules["VIS-5"]
    assert policy.rules["VIS-3"].citation == BUILT_IN.rules["VIS-3"].citation
    assert policy.version == f"north 4 on {BUILT_IN.version}"
    assert len(policy.version) <= 40
    assert BUILT_IN.number("backdate_days") == 7


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (OWN.replace("= 3", "="), 4, "Invalid value"),
        (OWN + "[rules.VIS-4", 12, "Expected"),
        (OWN.replace('version = "north 4"', ""), 1, "no version"),
        (OWN.replace("north 4", "n" * 21), 1, "1 to 20"),
        (OWN.replace("VIS-3", "VIS-33"), 9, "no rule “VIS-33”"),
        (OWN.replace('"refuse"', '"sometimes"'), 10, "one of refuse, confirm, warn, info"),
        (OWN.replace("{n} days", "{m} days"), 11, "{m} cannot be filled in"),
        (OWN.replace("{n} days", "{n:>999999999} days"), 11, "cannot be filled in"),
        (OWN.replace("{n} days", "{n.__class__} days"), 11, "cannot be filled in"),
        (OWN.replace("{n} days", "{ days"), 11, "curly bracket"),
        (OWN.replace("backdate_days = 3", "backdate_day = 3"), 4, "no number"),
        (OWN.replace("= 3", '= "3"'), 4, "is a number"),
        (OWN.replace("= 3", "= nan"), 4, "is a number"),
        (OWN.replace("= 3", "= true"), 4, "is a number"),
        (OWN.replace("= 3", "= -1"), 4, "between 0 and"),
        (OWN.replace("= 3", "= 1e300"), 4, "between 0 and"),
        (OWN.replace('["Mr", "Herr"]', "[]"), 7, "at least one word"),
        (OWN.replace('"Herr"', '" "'), 7, "at least one word"),
        (OWN.replace('"Herr"', "7"), 7, "list of texts"),
        (OWN.replace("[words]", "[wordz]"), 6, "“wordz” is not known"),
        (OWN.replace("severity", "severeness"), 10, "“severeness” is not known"),
        (OWN.replace("[numbers]\nbackdate_days = 3", "numbers = 3"), 3, "is a table"),
        ("a = " + "[" * 5000, 0, "nested too deeply"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason(text: str, line: int, words: str) -> None:
    found, reason = broken(text)
    assert words in reason
    assert found == line


def test_the_built_in_one_stays_in_force_while_the_file_is_broken(tmp_path: Path, clock: Clock) -> None:
    store = builders.a_store(tmp_path, MSL, clock)
    (tmp_path / "policy.toml").write_text(OWN.replace("VIS-3", "VIS-33"), encoding="utf-8")
    found = in_force(store)
    store.close()
    assert found.policy is BUILT_IN
    assert not found.own
    assert found.trouble is not None
    assert str(found.trouble) == "Line 9: There is no rule “VIS-33”."


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'version = "x"\nrules = "\xe9"', b"x" * 1_000_001])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, clock: Clock, content: bytes) -> None:
    store = builders.a_store(tmp_path, MSL, clock)
    (tmp_path / "policy.toml").write_bytes(content)
    assert in_force(store).trouble is not None
    store.close()


def test_a_folder_or_a_pipe_of_that_name_is_refused(tmp_path: Path, clock: Clock) -> None:
    for name, make in (("a", Path.mkdir), ("b", os.mkfifo)):
        store = builders.a_store(tmp_path / name, MSL, clock)
        make(tmp_path / name / "policy.toml")
        found = in_force(store)
        assert found.trouble is not None
        assert found.policy is BUILT_IN
        store.close()


def test_two_stores_after_one_another_and_beside_one_another(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / "policy.toml").write_text(OWN, encoding="utf-8-sig")
    north = builders.a_store(tmp_path / "north", MSL, clock)
    assert policy_of(north).number("backdate_days") == 3
    south = builders.a_store(tmp_path / "south", MSL, clock)
    ward = builders.a_store(tmp_path / "ward", CLINICAL, clock)
    assert policy_of(south) is BUILT_IN
    assert policy_of(ward) is load_policy("clinical")
    assert policy_of(north).number("backdate_days") == 3
    north.close()
    # The file changes while its store is open, or goes: one sitting keeps one policy, the next takes the new one.
    (tmp_path / "north" / "policy.toml").unlink()
    again = builders.a_store(tmp_path / "elsewhere", MSL, clock)
    assert policy_of(again) is BUILT_IN
    assert in_force(north).own
    for store in (south, ward, again):
        store.close()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(),
        st.tuples(st.integers(0, len(OWN)), st.text(max_size=6)).map(lambda at: OWN[: at[0]] + at[1] + OWN[at[0] :]),
    )
)
def test_whatever_stands_in_the_file_it_counts_or_is_refused(text: str) -> None:
    try:
        policy = apply_own(text, BUILT_IN)
    except Broken as caught:
        trouble = caught
    else:
        for rule, held in policy.rules.items():
            names = {name for _, name, _, _ in string.Formatter().parse(held.message) if name}
            assert policy.fault(rule, **dict.fromkeys(names, "x")).message
        return
    assert trouble.reason
    assert 0 <= trouble.line <= text.count("\n") + 1
