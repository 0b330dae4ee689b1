"""The life of an insight: numbers, sending, amending, states, votes, links, and what comes back."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.insights.actions import (
    amend_insight,
    begin_insight,
    hear_again,
    import_feedback,
    link_insights,
    move_insight,
    record_feedback,
    remove_insight,
    save_insight,
    send_insight,
    take_back_vote,
    tell_source,
    unlink_insights,
)
from liaison_desktop.msl.insights.queries import (
    InsightFilter,
    board_rows,
    feedback_of,
    linking_to,
    receipts,
    similar_insights,
    themes,
)
from liaison_desktop.msl.insights.record import (
    Audience,
    Category,
    Decision,
    Insight,
    InsightFeedback,
    InsightStatus,
    LinkKind,
    may_follow,
    nexts,
)
from liaison_desktop.store import Store
from tests.fakes import Clock
from tests.msl.builders import a_world


def an_insight(store: Store, **changes: object) -> Insight:
    made = msgspec.structs.replace(
        begin_insight(store),
        headline="Itch is the first thing patients name",
        so_what="Our first visit does not ask for it.",
        category=Category.UNMET_NEED,
    )
    return msgspec.structs.replace(made, **changes)


def a_receipt(insight: Insight, **changes: object) -> InsightFeedback:
    made = InsightFeedback(
        insight_id=insight.id,
        from_function=Audience.CLINICAL_DEVELOPMENT,
        status=InsightStatus.ACTIONED,
        decision=Decision.TAKEN_UP,
        action_text="Itch score moved to visit 1",
        reference="Protocol amendment 3",
        at=dt.date(2026, 11, 18),
    )
    return msgspec.structs.replace(made, **changes)


def test_each_insight_gets_a_number_offline(msl_store: Store) -> None:
    first, second = save_insight(msl_store, an_insight(msl_store)), save_insight(msl_store, an_insight(msl_store))
    assert (first.number, second.number) == ("INS-T-0001", "INS-T-0002")
    again = save_insight(msl_store, msgspec.structs.replace(first, detail="more"))
    assert again.number == "INS-T-0001"


def test_a_draft_saves_whatever_it_lacks_and_is_not_sent(msl_store: Store) -> None:
    bare = save_insight(msl_store, begin_insight(msl_store, quote="Said in passing"))
    with pytest.raises(Refused) as refused:
        send_insight(msl_store, bare)
    assert {"INS-1"} <= {fault.rule for fault in refused.value.faults}
    assert msl_store.get(Insight, bare.id).status is InsightStatus.DRAFT
    remove_insight(msl_store, bare)
    assert msl_store.find(Insight, bare.id) is None


def test_what_was_sent_changes_by_amendment_only(msl_store: Store) -> None:
    sent = send_insight(msl_store, an_insight(msl_store))
    assert sent.status is InsightStatus.SUBMITTED
    assert sent.policy_version
    changed = msgspec.structs.replace(sent, headline="Something else")
    with pytest.raises(Refused, match="Amend it instead"):
        msl_store.save(changed)
    with pytest.raises(Refused, match="Amend it instead"):
        save_insight(msl_store, changed)
    with pytest.raises(Refused, match="State the reason"):
        amend_insight(msl_store, changed, " ")
    amended = amend_insight(msl_store, changed, "Her words were clearer")
    assert (amended.amendment, amended.headline) == (1, "Something else")
    assert [one.reason for one in msl_store.versions(sent.id)] == ["amended", "sent"]
    with pytest.raises(Refused, match="is kept"):
        remove_insight(msl_store, amended)


def test_states_only_go_on(msl_store: Store) -> None:
    draft = save_insight(msl_store, an_insight(msl_store))
    with pytest.raises(Refused, match="not sent yet"):
        move_insight(msl_store, draft.id, InsightStatus.TRIAGED)
    sent = send_insight(msl_store, draft)
    moved = move_insight(msl_store, sent.id, InsightStatus.ACCEPTED)
    with pytest.raises(Refused, match="cannot become"):
        move_insight(msl_store, sent.id, InsightStatus.TRIAGED)
    move_insight(msl_store, moved.id, InsightStatus.CLOSED)
    assert nexts(InsightStatus.CLOSED) == ()
    with pytest.raises(Refused):
        msl_store.save(msgspec.structs.replace(msl_store.get(Insight, sent.id), status=InsightStatus.DRAFT))


@pytest.mark.parametrize("status", list(InsightStatus))
def test_every_state_but_closed_has_a_way_on_and_none_goes_back_to_draft(status: InsightStatus) -> None:
    assert bool(nexts(status)) is (status is not InsightStatus.CLOSED)
    assert may_follow(status, InsightStatus.DRAFT) is (status is InsightStatus.DRAFT)


def test_an_insight_that_needs_detail_is_sent_again_by_amending(msl_store: Store) -> None:
    sent = send_insight(msl_store, an_insight(msl_store))
    asked = move_insight(msl_store, sent.id, InsightStatus.NEEDS_DETAIL)
    again = amend_insight(
        msl_store, msgspec.structs.replace(asked, detail="In four of five visits"), "Detail asked for"
    )
    assert again.status is InsightStatus.SUBMITTED


def test_a_vote_says_who_and_when_and_can_be_taken_back(msl_store: Store, clock: Clock) -> None:
    world = a_world(msl_store)
    sent = send_insight(msl_store, an_insight(msl_store))
    voted = hear_again(msl_store, sent.id, person_id=world.person.id, note="The same, in other words")
    (vote,) = voted.votes
    assert (vote.by, vote.at, vote.person_id, vote.score) == (msl_store.actor.name, clock(), world.person.id, 1)
    assert voted.heard_again == 1
    assert take_back_vote(msl_store, sent.id, vote).votes == ()
    with pytest.raises(ValueError, match="vote"):
        hear_again(msl_store, sent.id, score=2)


def test_links_say_how_and_the_later_word_counts(msl_store: Store) -> None:
    first, second = save_insight(msl_store, an_insight(msl_store)), save_insight(msl_store, an_insight(msl_store))
    link_insights(msl_store, first.id, second.id, LinkKind.SIMILAR)
    linked = link_insights(msl_store, first.id, second.id, LinkKind.CONTRADICTS)
    assert [(one.insight_id, one.link_kind) for one in linked.links] == [(second.id, LinkKind.CONTRADICTS)]
    assert unlink_insights(msl_store, first.id, second.id).links == ()
    with pytest.raises(Refused):
        link_insights(msl_store, first.id, first.id, LinkKind.SIMILAR)


def test_a_link_is_seen_from_both_ends_and_a_duplicate_remembers_what_it_is_the_same_as(msl_store: Store) -> None:
    first = send_insight(msl_store, an_insight(msl_store))
    second = send_insight(msl_store, an_insight(msl_store))
    link_insights(msl_store, second.id, first.id, LinkKind.SUPERSEDES)
    assert [(one.id, how) for one, how in linking_to(msl_store, first.id)] == [(second.id, LinkKind.SUPERSEDES)]
    assert linking_to(msl_store, second.id) == ()
    assert move_insight(msl_store, first.id, InsightStatus.DUPLICATE).similar_to_id is None
    link_insights(msl_store, second.id, first.id, LinkKind.SIMILAR)
    assert move_insight(msl_store, second.id, InsightStatus.DUPLICATE).similar_to_id == first.id


def test_the_board_shows_the_newest_of_each_column_with_and_without_a_filter(msl_store: Store, clock: Clock) -> None:
    hours = [dt.timedelta(hours=n) for n in (5, 1, 3)]
    saved = [save_insight(msl_store, an_insight(msl_store, heard_at=clock() - ago)) for ago in hours]
    newest = [saved[1].id, saved[2].id]
    for wanted in (InsightFilter(), InsightFilter(category=Category.UNMET_NEED)):
        count, rows = board_rows(msl_store, wanted, 2)["heard"]
        assert (count, [one.insight.id for one in rows]) == (3, newest)


def test_a_receipt_moves_the_insight_and_is_kept_as_it_came(msl_store: Store, clock: Clock) -> None:
    world = a_world(msl_store)
    draft = save_insight(msl_store, an_insight(msl_store, person_id=world.person.id))
    with pytest.raises(Refused, match="not sent yet"):
        record_feedback(msl_store, a_receipt(draft))
    sent = send_insight(msl_store, draft)
    saved = record_feedback(msl_store, a_receipt(sent))
    assert msl_store.get(Insight, sent.id).status is InsightStatus.ACTIONED
    (shown,) = receipts(msl_store, msl_store.actor.id)
    assert (shown.feedback.action_text, shown.name) == ("Itch score moved to visit 1", "Dr. Hannah Okonkwo")
    told = tell_source(msl_store, saved.id)
    assert told.told_at == clock()
    with pytest.raises(Refused, match="as it came"):
        msl_store.save(msgspec.structs.replace(told, action_text="Something nicer"))
    assert [one.id for one in feedback_of(msl_store, sent.id)] == [saved.id]
    with pytest.raises(Refused, match="cannot become"):
        record_feedback(msl_store, a_receipt(sent, status=InsightStatus.TRIAGED))


def test_a_file_of_receipts_is_taken_whole_or_not_at_all(msl_store: Store) -> None:
    sent = send_insight(msl_store, an_insight(msl_store))
    good, bad = a_receipt(sent), a_receipt(sent, status=InsightStatus.TRIAGED)
    with pytest.raises(Refused):
        import_feedback(msl_store, [good, bad])
    assert not msl_store.all(InsightFeedback)
    assert msl_store.get(Insight, sent.id).status is InsightStatus.SUBMITTED
    later = a_receipt(sent, status=InsightStatus.OUTCOME_RECORDED, action_text="Protocol in force")
    import_feedback(msl_store, [good, later])
    assert msl_store.get(Insight, sent.id).status is InsightStatus.OUTCOME_RECORDED


def test_the_board_has_each_insight_once(msl_store: Store) -> None:
    save_insight(msl_store, an_insight(msl_store))
    send_insight(msl_store, an_insight(msl_store))
    reviewed = send_insight(msl_store, an_insight(msl_store))
    move_insight(msl_store, reviewed.id, InsightStatus.TRIAGED)
    changed = send_insight(msl_store, an_insight(msl_store, category=Category.MISSING_EVIDENCE))
    record_feedback(msl_store, a_receipt(changed))
    counts = [count for count, _rows in board_rows(msl_store, InsightFilter(), 10).values()]
    assert counts == [1, 1, 1, 1]
    move_insight(msl_store, changed.id, InsightStatus.CLOSED)
    assert board_rows(msl_store, InsightFilter(), 10)["changed"][0] == 1, "what changed something stays in sight"
    only = InsightFilter(category=Category.MISSING_EVIDENCE, text="itch")
    assert [count for count, _rows in board_rows(msl_store, only, 10).values()] == [0, 0, 0, 1]


def test_the_same_in_other_words_is_found_and_something_else_is_not(msl_store: Store) -> None:
    same = save_insight(msl_store, an_insight(msl_store, quote="Patients name itch before anything else."))
    save_insight(msl_store, an_insight(msl_store, headline="Biopsy waits for months in rural sites"))
    found = similar_insights(msl_store, "the first thing her patients name is the itch")
    assert [one.insight.id for one in found] == [same.id]
    assert not similar_insights(msl_store, "the first thing her patients name is the itch", but=same.id)
    assert not similar_insights(msl_store, "")
    assert not similar_insights(msl_store, "“'\"*() OR NEAR \x00")


def test_themes_are_counted_from_real_records_with_the_change(msl_store: Store, clock: Clock) -> None:
    world = a_world(msl_store)
    day = dt.timedelta(days=1)
    for ago in (1, 2, 100):
        save_insight(msl_store, an_insight(msl_store, heard_at=clock() - ago * day, topic_id=world.disease.id))
    save_insight(msl_store, an_insight(msl_store, heard_at=clock() - 400 * day))
    assert [(one.label, one.count, one.before) for one in themes(msl_store, clock())] == [("Itch as a goal", 2, 1)]
