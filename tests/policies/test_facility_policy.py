"""A facility's own policy file beside the store: over the built-in one, or refused whole with line and reason."""

from __future__ import annotations

import datetime as dt
import os
import string
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.clinical.workspace import SCHEMA as CLINICAL
from liaison_desktop.errors import Refused, Severity
from liaison_desktop.msl.directory.actions import save_person
from liaison_desktop.msl.inquiries.actions import check_inquiry, new_inquiry, record_request
from liaison_desktop.msl.inquiries.record import Question, StandingRequest
from liaison_desktop.msl.insights.actions import check_insight
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.safety.actions import capture_event
from liaison_desktop.msl.visits.actions import check_visit
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import SCHEMA as MSL
from liaison_desktop.policies import Broken, in_force, load_policy, policy_of
from liaison_desktop.policies.identity import identities
from liaison_desktop.policies.own_file import apply_own
from liaison_desktop.policies.radar import scan
from liaison_desktop.records import new_id
from tests import builders
from tests.fakes import Clock
from tests.msl.builders import a_person

OWN = """version = "north 4"

[numbers]
backdate_days = 3

[words]
restricted = ["Mr", "Herr"]

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
    assert policy.words("restricted") == ("Mr", "Herr")
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


RADAR = """version = "north 4"

[radar.terms]
reaction = { add = ["marble skin"], remove = ["gout"] }

[radar.evidence]
other_products = ["placebo"]

[radar.identity]
titles_female = ["Mrs", "Frau"]
"""


def test_a_file_changes_the_words_of_the_radar_and_of_the_guard() -> None:
    # The second reader may mark them too, in its own name; here the lists speak alone.
    lists = apply_own('version = "lists"\n[radar.reader]\non = false', BUILT_IN)
    lexicon = apply_own(RADAR, lists).lexicon
    marble, gout = "One patient had marble skin.", "One patient developed gout on metformin."
    assert [one.words for one in scan(marble, lexicon)] == ["marble skin"]
    assert scan(marble, lists.lexicon) == ()
    assert scan("One patient on treatment has gout.", lists.lexicon)
    assert scan("One patient on treatment has gout.", lexicon) == ()
    assert scan(gout, lists.lexicon) == ()  # another product's, until the file says otherwise
    assert [one.words for one in scan("One patient developed hives on metformin.", lexicon)] == ["developed hives"]
    assert [one.words for one in identities("Frau Keller asked.", lexicon)] == ["Frau Keller"]
    assert identities("Frau Keller asked.", BUILT_IN.lexicon) == ()
    assert lexicon.version == f"north 4 on lists on {BUILT_IN.lexicon.version}"
    assert apply_own(OWN, BUILT_IN).lexicon is BUILT_IN.lexicon


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (RADAR.replace("[radar.terms]", "[radar.words]"), 3, "“words” is not known"),
        (RADAR.replace("reaction =", "reactions ="), 4, "no word list “reactions” in terms"),
        (RADAR.replace('["marble skin"]', "[]"), 4, "holds 1 to"),
        (RADAR.replace('"marble skin"', '"*"'), 4, "holds 1 to"),
        (RADAR.replace('"gout"', '"gouty"'), 4, "“gouty” does not stand in reaction"),
        (RADAR.replace("add =", "plus ="), 4, "changed with add and remove"),
        (RADAR.replace('["placebo"]', '"placebo"'), 7, "list of texts"),
        (RADAR.replace('[radar.identity]\ntitles_female = ["Mrs", "Frau"]', "[radar]\nidentity = 3"), 10, "table"),
        ('version = "x"\nradar = 3', 2, "is a table"),
        ('version = "x"\n[radar.reader]\non = 1', 3, "on is true or false"),
        ('version = "x"\n[radar.reader]\nmarks_from = 60', 3, "chance between 0 and 1"),
        ('version = "x"\n[radar.reader]\nspares_below = true', 3, "chance between 0 and 1"),
        ('version = "x"\n[radar.reader]\nfrom = 0.5', 3, "known are on, marks_from, spares_below"),
    ],
)
def test_broken_words_of_the_radar_are_refused_with_line_and_reason(text: str, line: int, words: str) -> None:
    found, reason = broken(text)
    assert words in reason
    assert found == line


def test_a_file_switches_the_second_reader_off_or_makes_it_stricter() -> None:
    text = "The nurse gave the infusion over ten minutes and not over an hour."
    assert [one.rule for one in scan(text, BUILT_IN.lexicon)] == ["weighed"]
    for words in ("on = false", "marks_from = 0.999"):
        lexicon = apply_own(f'version = "north 5"\n[radar.reader]\n{words}', BUILT_IN).lexicon
        assert scan(text, lexicon) == ()
        assert lexicon.version == f"north 5 on {BUILT_IN.lexicon.version}"


def test_a_workspace_without_a_radar_has_no_words_to_change() -> None:
    with pytest.raises(Broken, match="no word list “reaction”"):
        apply_own(RADAR, load_policy("clinical"))


def test_the_guards_of_records_speak_the_facilitys_words(tmp_path: Path, clock: Clock) -> None:
    text = 'version = "north 4"\n[rules.AE-3]\nmessage = "Earlier, never later."\n[rules.AE-5]\nmessage = "Kept."\n'
    (tmp_path / "policy.toml").write_text(text, encoding="utf-8")
    store = builders.a_store(tmp_path, MSL, clock)
    in_force(store)  # as opening a store does
    event = capture_event(store, "Rash in one patient.")
    assert event.aware_at is not None
    later = msgspec.structs.replace(event, aware_at=event.aware_at + dt.timedelta(hours=1))
    with pytest.raises(Refused) as caught:
        store.save(later)
    assert [one.message for one in caught.value.faults] == ["Earlier, never later."]
    with pytest.raises(Refused, match="Kept"):
        store.remove(event, reason="none")
    store.close()


def test_what_has_a_store_asks_the_words_in_force(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "policy.toml").write_text(RADAR, encoding="utf-8")
    store = builders.a_store(tmp_path, MSL, clock)
    named = "Frau Keller asked."
    insight = Insight(headline=named, detail="One patient had marble skin.", so_what="x", heard_at=clock())
    assert {one.rule for one in check_insight(store, insight)} >= {"PHI-1", "INS-3"}
    assert "PHI-1" in {one.rule for one in check_visit(store, Visit(agenda=named))}
    with pytest.raises(Refused, match="Frau Keller"):
        save_person(store, a_person(scientific_summary=named))
    with pytest.raises(Refused, match="Frau Keller"):
        record_request(store, StandingRequest(person_id=new_id(), text=named, requested_at=clock()))
    asked = msgspec.structs.replace(new_inquiry(store), questions=(Question(verbatim=named),))
    assert "PHI-1" in {one.rule for one in check_inquiry(store, asked)}
    store.close()


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


WARD = load_policy("clinical")


def test_a_facility_changes_how_long_a_clock_runs() -> None:
    text = (
        'version = "n"\n[numbers]\nscreening_hours = 72\n[clocks.FIRST-ANSWER]\nlimit = "60 min"\nseverity = "info"\n'
        "[clocks.IMM-FIRST]\noff = true\n"
    )
    rules = apply_own(text, WARD).clocks()
    assert (rules["FIRST-ANSWER"].limit, rules["FIRST-ANSWER"].severity) == ("60 min", Severity.INFO)
    assert (rules["PAS-48"].limit, rules["PAS-48"].title) == ("72 h", "Screening valid for 72 h")
    assert "IMM-FIRST" not in rules
    assert rules["FIRST-ANSWER"].stops == WARD.clocks()["FIRST-ANSWER"].stops
    assert WARD.clocks()["FIRST-ANSWER"].limit == "30 min"
    assert BUILT_IN.clocks() == {}


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ("clocks = 3", 2, "“clocks” is a table"),
        ("[clocks.NAP]\nlimit = '1 h'", 2, "There is no clock “NAP”."),
        ("[clocks]\nFIRST-ANSWER = 3", 3, "A clock is a table"),
        ("[clocks.FIRST-ANSWER]\nlimit = '1 hour'", 3, "a length is written like"),
        ("[clocks.FIRST-ANSWER]\nstops = []", 3, "cannot be changed"),
        ("[clocks.FIRST-ANSWER]\nearly = '1 h'", 3, "has no early"),
        ("[clocks.FIRST-ANSWER]\noff = 'yes'", 3, "is true or false"),
        ("[clocks.FIRST-ANSWER]\nwords = '{secret}'", 3, "without curly brackets"),
        ("[clocks.FIRST-ANSWER]\nseverity = 'loud'", 3, "is one of"),
        ("[clocks.PAS-48]\nlimit = '72 h'", 3, "change screening_hours under [numbers]"),
    ],
)
def test_a_clock_that_cannot_be_is_refused(written: str, line: int, words: str) -> None:
    with pytest.raises(Broken) as caught:
        apply_own(f'version = "n"\n{written}\n', WARD)
    assert (caught.value.line, words in caught.value.reason) == (line, True)


ROLES = """version = "north 4"

[roles]
reviewer_rn = { add = ["decide_referral"] }
liaison = { remove = ["export"] }

[verbs.decide_referral]
credentials = ["rn", "aprn"]
by_approval = false
"""


def test_a_facility_says_which_role_may_do_what() -> None:
    built_in = load_policy("clinical")
    held, before = apply_own(ROLES, built_in).roles(), built_in.roles()
    assert held.roles["reviewer_rn"] == (*before.roles["reviewer_rn"], "decide_referral")
    assert held.roles["liaison"] == tuple(verb for verb in before.roles["liaison"] if verb != "export")
    assert held.roles["auditor"] == before.roles["auditor"]
    assert (held.verbs["decide_referral"].credentials, held.verbs["decide_referral"].by_approval) == (
        ("rn", "aprn"),
        False,
    )
    assert held.verbs["decide_referral"].words == before.verbs["decide_referral"].words
    assert "export" in before.roles["liaison"], "the built-in roles stay as they are"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (ROLES.replace("reviewer_rn", "reviewer"), 4, "no role “reviewer”"),
        (ROLES.replace('["decide_referral"]', '["decide"]'), 4, "no verb “decide”"),
        (ROLES.replace('["export"]', '["concur"]'), 5, "does not stand in liaison"),
        (ROLES.replace("[verbs.decide_referral]", "[verbs.decide]"), 7, "no verb “decide”"),
        (ROLES.replace('["rn", "aprn"]', '["nurse"]'), 8, "no credential “nurse”"),
        (ROLES.replace("= false", '= "no"'), 9, "true or false"),
        (ROLES.replace("by_approval = false", "until_recorded = true"), 9, "cannot be changed"),
        (ROLES.replace("verbs.decide_referral", "verbs.concur"), 8, "“rn” cannot be added"),
        (
            'version = "1"\n[roles]\nsupervisor = { remove = ["manage_people"] }\nadmin = ["see_journal"]\n',
            2,
            "No role has manage_people",
        ),
    ],
)
def test_roles_that_cannot_be_are_refused_whole(text: str, line: int, words: str) -> None:
    with pytest.raises(Broken) as caught:
        apply_own(text, load_policy("clinical"))
    assert (caught.value.line, words in caught.value.reason) == (line, True), caught.value.reason


def test_a_workspace_without_roles_knows_none() -> None:
    assert broken('version = "1"\n[roles]\nliaison = ["print"]\n') == (3, "There is no role “liaison”; there are none.")
