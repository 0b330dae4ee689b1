"""Who may do what: each right where it stops and where it is silent, asked through the actions."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, cast

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.clocks.queries import running_clocks
from liaison_desktop.clinical.people.actions import (
    approve,
    claim,
    remove_pin,
    require,
    save_facility,
    save_practitioner,
    save_staff,
    set_pin,
    wanting,
    working,
)
from liaison_desktop.clinical.people.record import (
    Facility,
    LpnPolicy,
    Practitioner,
    StaffCredential,
    StaffMember,
    StaffRole,
)
from liaison_desktop.clinical.people.rules import license_fault, may
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.errors import Refused
from liaison_desktop.policies import load_policy
from liaison_desktop.shell.foot_pages import foot_pages
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.builders import ACTOR_ID
from tests.clinical.people.staff import PIN, a_member, a_supervisor, as_actor, put
from tests.fakes import Clock

if TYPE_CHECKING:
    from liaison_desktop.shell.choices import Choices
    from liaison_desktop.shell.sync.syncing import Syncing

POLICY = load_policy("clinical")
ROLES, VERBS = POLICY.roles().roles, POLICY.roles().verbs


def rule_of(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.faults[0].rule


@pytest.mark.parametrize("role", StaffRole)
def test_a_role_may_what_the_file_says(role: StaffRole) -> None:
    letters = StaffCredential.MD if role is StaffRole.PRACTITIONER_VIEW else StaffCredential.RN
    person = a_member(role=role, credential=letters, can_consent_research=True)
    assert {verb for verb in VERBS if may(person, verb, POLICY)} == set(ROLES[role])


def test_the_file_names_every_role_and_only_known_verbs() -> None:
    assert set(ROLES) == set(StaffRole)
    assert {verb for verbs in ROLES.values() for verb in verbs} == set(VERBS)
    assert set(POLICY.roles().credentials) == {each.value for each in StaffCredential}


@pytest.mark.parametrize(
    ("verb", "lacks"),
    [
        ("review_checklist", {"credential": StaffCredential.LPN}),
        ("reconcile_medicines", {"credential": StaffCredential.LPN}),
        ("witness", {"can_witness": False}),
        ("obtain_research_consent", {"can_consent_research": False}),
        ("print", {"active": False}),
    ],
)
def test_a_role_alone_is_not_enough(verb: str, lacks: dict[str, object]) -> None:
    assert may(a_member(can_consent_research=True), verb, POLICY)
    assert not may(a_member(**{"can_consent_research": True, **lacks}), verb, POLICY)


def test_one_liaison_alone_works_as_before_and_may_not_override(clinical_store: Store) -> None:
    alone = working(clinical_store)
    assert (alone.role, alone.credential, alone.version) == (StaffRole.LIAISON, StaffCredential.RN, None)
    for verb in ROLES[StaffRole.LIAISON]:
        if verb != "obtain_research_consent":
            require(clinical_store, verb)
    require(clinical_store, "manage_people")
    with pytest.raises(Refused) as caught:
        require(clinical_store, "merge_patients")
    assert rule_of(caught) == "RIGHT-NOBODY"
    assert "Supervisor" in str(caught.value)


@pytest.mark.parametrize("role", [StaffRole.AUDITOR, StaffRole.PRACTITIONER_VIEW])
def test_who_only_reads_changes_no_place(clinical_store: Store, role: StaffRole) -> None:
    put(clinical_store, a_member(role=role))
    for act in (
        lambda: save_facility(clinical_store, Facility(name="Riverbend", own=True)),
        lambda: save_practitioner(clinical_store, Practitioner(name="Wei Chen")),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert rule_of(caught) == "RIGHT-NOBODY"
    assert clinical_store.all(Facility) == clinical_store.all(Practitioner) == ()


def test_what_an_lpn_may_do_is_for_who_may_change_the_staff(clinical_store: Store) -> None:
    put(clinical_store, a_member())
    supervisor = a_supervisor(clinical_store)
    changed = Facility(name="Riverbend", own=True, lpn_policy=LpnPolicy.RN_ONLY)
    with pytest.raises(Refused) as caught:
        save_facility(clinical_store, changed)
    assert rule_of(caught) == "RIGHT-APPROVE"
    given = approve(clinical_store, supervisor.id, PIN, "manage_people", reason="State law")
    assert save_facility(clinical_store, changed, approval=given).lpn_policy is LpnPolicy.RN_ONLY


def test_somebody_new_reads_until_recorded(clinical_store: Store) -> None:
    as_actor(clinical_store, uuid.uuid4(), "Ann Vale RN")
    require(clinical_store, "record_clinical")  # nobody is recorded yet
    put(clinical_store, a_member())
    with pytest.raises(Refused) as caught:
        require(clinical_store, "record_clinical")
    assert rule_of(caught) == "RIGHT-WHO"
    with pytest.raises(Refused):
        require(clinical_store, "manage_people")
    as_actor(clinical_store, ACTOR_ID)
    require(clinical_store, "record_clinical")


def test_who_left_reads_only(clinical_store: Store) -> None:
    put(clinical_store, a_member(active=False))
    with pytest.raises(Refused) as caught:
        require(clinical_store, "record_clinical")
    assert rule_of(caught) == "RIGHT-GONE"


# -- approval by a second person ---------------------------------------------------------------------------------------


def test_a_supervisor_lets_something_pass_on_this_screen(clinical_store: Store) -> None:
    put(clinical_store, a_member())
    supervisor = a_supervisor(clinical_store)
    fault = wanting(clinical_store, "merge_patients")
    assert fault is not None
    assert fault.rule == "RIGHT-APPROVE"
    given = approve(clinical_store, supervisor.id, PIN, "merge_patients", reason="Same person, two referrals")
    assert require(clinical_store, "merge_patients", approval=given).id == supervisor.id
    line = clinical_store.lines(limit=1)[0]
    assert (line.act, line.subject, line.actor) == ("signed", supervisor.id, ACTOR_ID)
    with pytest.raises(Refused):  # for one verb only
        require(clinical_store, "override", approval=given)
    for made_up in (msgspec.structs.replace(given, right="override"), msgspec.structs.replace(given, reason="Mine")):
        with pytest.raises(Refused):
            require(clinical_store, made_up.right, approval=made_up)


def test_an_approval_grows_old(clinical_store: Store, clock: Clock) -> None:
    put(clinical_store, a_member())
    given = approve(clinical_store, a_supervisor(clinical_store).id, PIN, "override", reason="Emergency")
    clock.tick(601)
    with pytest.raises(Refused):
        require(clinical_store, "override", approval=given)


def test_nobody_approves_their_own_act(clinical_store: Store) -> None:
    put(clinical_store, a_member())
    namesake = a_supervisor(clinical_store, "Okafor, Renée")
    me, *_ = put(clinical_store, a_member("Other", StaffRole.SUPERVISOR, actor=None))
    for member, rule in ((namesake, ""), (me, "PIN-NONE")):
        if rule:
            with pytest.raises(Refused) as caught:
                approve(clinical_store, member.id, PIN, "override", reason="Because")
            assert rule_of(caught) == rule
    as_actor(clinical_store, clinical_store.save(_as(namesake, uuid.uuid4())))
    with pytest.raises(Refused) as caught:
        approve(clinical_store, namesake.id, PIN, "override", reason="Because")
    assert rule_of(caught) == "V8-APPROVE"


def _as(member: object, actor: uuid.UUID) -> object:
    return msgspec.structs.replace(member, actor=actor)  # type: ignore[type-var]


def test_a_wrong_pin_is_slowed_down_and_said(clinical_store: Store, clock: Clock) -> None:
    put(clinical_store, a_member())
    supervisor = a_supervisor(clinical_store)

    def tried(pin: str) -> str:
        with pytest.raises(Refused) as caught:
            approve(clinical_store, supervisor.id, pin, "override", reason="Because")
        return rule_of(caught)

    assert [tried("000000") for _ in range(5)] == ["PIN-WRONG"] * 4 + ["PIN-WAIT"]
    assert tried(PIN) == "PIN-WAIT"
    assert sum(line.act == "unlock failed" for line in clinical_store.lines(limit=20)) == 4
    clock.tick(2)
    assert approve(clinical_store, supervisor.id, PIN, "override", reason="Because").by == "Marta Lind, RN"


def test_who_may_not_cannot_approve_either_and_says_why(clinical_store: Store) -> None:
    put(clinical_store, a_member())
    other, *_ = put(clinical_store, a_member("Lee Park", actor=None))
    with pytest.raises(Refused) as caught:
        approve(clinical_store, other.id, PIN, "override", reason="Because")
    assert rule_of(caught) == "RIGHT-OTHER"
    with pytest.raises(Refused) as caught:
        approve(clinical_store, a_supervisor(clinical_store).id, PIN, "override", reason=" ")
    assert rule_of(caught) == "APPROVE-WHY"


# -- the staff itself --------------------------------------------------------------------------------------------------


def test_a_liaison_alone_records_the_first_supervisor_and_then_no_more(clinical_store: Store) -> None:
    me = save_staff(clinical_store, a_member())
    first = save_staff(clinical_store, a_member("Marta Lind", StaffRole.SUPERVISOR, actor=None))
    assert save_staff(clinical_store, a_member("Lee Park", StaffRole.REVIEWER_RN, actor=None)).version
    set_pin(clinical_store, first, PIN)
    with pytest.raises(Refused) as caught:
        save_staff(clinical_store, a_member("Kim Sole", StaffRole.SUPERVISOR, actor=None))
    assert rule_of(caught) == "RIGHT-APPROVE"
    with pytest.raises(Refused):
        save_staff(clinical_store, _with(me, role=StaffRole.SUPERVISOR))
    # Her own licence she keeps up herself.
    assert save_staff(clinical_store, _with(me, license_no="RN 55")).license_no == "RN 55"


def _with(member: object, **values: object) -> object:
    return msgspec.structs.replace(member, **values)  # type: ignore[type-var]


def test_somebody_can_always_change_the_staff(clinical_store: Store) -> None:
    boss, *_ = put(clinical_store, a_member(role=StaffRole.SUPERVISOR))
    with pytest.raises(Refused) as caught:
        save_staff(clinical_store, _with(boss, active=False))
    assert rule_of(caught) == "STAFF-LAST"
    put(clinical_store, a_member("Marta Lind", StaffRole.ADMIN, actor=uuid.uuid4()))
    assert not save_staff(clinical_store, _with(boss, active=False)).active


def test_nobody_promotes_themselves(clinical_store: Store) -> None:
    me, *_ = put(clinical_store, a_member(role=StaffRole.ADMIN))
    put(clinical_store, a_member("Marta Lind", StaffRole.SUPERVISOR, actor=uuid.uuid4()))
    with pytest.raises(Refused) as caught:
        save_staff(clinical_store, _with(me, role=StaffRole.SUPERVISOR))
    assert rule_of(caught) == "STAFF-SELF"


def test_one_name_and_one_passphrase_are_one_person(clinical_store: Store) -> None:
    put(clinical_store, a_member())
    for again, rule in (
        (a_member("OKAFOR, Renee RN", actor=None), "STAFF-NAME"),
        (a_member("Lee Park"), "STAFF-TAKEN"),
    ):
        with pytest.raises(Refused) as caught:
            save_staff(clinical_store, again)
        assert rule in {fault.rule for fault in caught.value.faults}


def test_saying_who_one_is_takes_the_pin(clinical_store: Store) -> None:
    put(clinical_store, a_member())
    supervisor = a_supervisor(clinical_store)
    as_actor(clinical_store, uuid.uuid4(), "Marta Lind RN")
    for pin, rule in (("", "RIGHT-WHO"), ("135790", "PIN-WRONG")):
        with pytest.raises(Refused) as caught:
            claim(clinical_store, supervisor, pin)
        assert rule_of(caught) == rule
    assert working(clinical_store).role is None
    assert claim(clinical_store, supervisor, PIN).actor == clinical_store.actor.id
    assert working(clinical_store).role is StaffRole.SUPERVISOR


def test_a_pin_is_changed_with_the_old_one_or_taken_away(clinical_store: Store) -> None:
    put(clinical_store, a_member())
    supervisor = a_supervisor(clinical_store)
    assert PIN not in supervisor.pin
    with pytest.raises(Refused) as caught:
        set_pin(clinical_store, supervisor, "739154", old="111111")
    assert rule_of(caught) == "PIN-WRONG"
    set_pin(clinical_store, supervisor, "739154", old=PIN)
    with pytest.raises(Refused):
        remove_pin(clinical_store, supervisor)
    given = approve(clinical_store, supervisor.id, "739154", "manage_people", reason="Forgotten")
    assert remove_pin(clinical_store, supervisor, approval=given).pin == ""


@pytest.mark.parametrize(
    ("days", "rule"), [(None, ""), (200, ""), (60, "V24-LICENCE"), (0, "V24-LICENCE"), (-1, "V24-LICENCE-OVER")]
)
def test_a_licence_that_runs_out_is_shown(days: int | None, rule: str) -> None:
    today = dt.date(2026, 11, 19)
    until = None if days is None else today + dt.timedelta(days=days)
    fault = license_fault(a_member(license_expires=until), load_policy("clinical"), today=today)
    assert (fault.rule if fault else "") == rule


def test_a_licence_near_its_end_runs_as_a_clock(clinical_store: Store, clock: Clock) -> None:
    today = clock().date()
    put(
        clinical_store,
        a_member(license_expires=today + dt.timedelta(days=30)),
        a_member("Far", license_expires=today + dt.timedelta(days=400), actor=None),
        a_member("Marta Lind", license_expires=today - dt.timedelta(days=1), actor=None),
    )

    def seen() -> list[tuple[str, str]]:
        return [(each.words, each.state.value) for each in running_clocks(clinical_store, clock())]

    assert seen() == [("Renee Okafor, RN", "warned")]  # one's own
    me, *_ = clinical_store.all(StaffMember)
    clinical_store.save(msgspec.structs.replace(me, role=StaffRole.SUPERVISOR))
    assert seen() == [("Marta Lind, RN", "overdue"), ("Renee Okafor, RN", "warned")]


def test_whoever_may_not_is_not_shown_the_journal(qtbot: QtBot, clinical_desk: Desk) -> None:
    put(clinical_desk.store, a_member(role=StaffRole.REVIEWER_RN))
    frame = WorkFrame(clinical_desk, WORKSPACE, foot_pages(cast("Choices", None), cast("Syncing", None)))
    qtbot.addWidget(frame)
    clinical_desk.frame = frame
    frame.go("journal")
    assert frame.page_key != "journal"
    me, *_ = clinical_desk.store.all(StaffMember)
    clinical_desk.store.save(msgspec.structs.replace(me, role=StaffRole.AUDITOR))
    frame.go("journal")
    assert frame.page_key == "journal"
    frame.put_away()
