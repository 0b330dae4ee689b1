"""What we store about a person, by keyboard alone: read, print, and take them out of the store after a preview."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from liaison_desktop.documents.reading import letters, read
from liaison_desktop.errors import Refused
from liaison_desktop.msl.directory.record import Affiliation, Person
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Question
from liaison_desktop.msl.insights.record import Audience, Decision, Insight, InsightFeedback, Vote
from liaison_desktop.msl.report.actions import anonymise, note_stored, preview
from liaison_desktop.msl.report.document import stored_paper
from liaison_desktop.msl.report.page import StoredPage
from liaison_desktop.msl.report.queries import mentions, moments, timeline
from liaison_desktop.msl.report.rules import REMOVED_TEXT, Fate, is_anonymous, without, words_of
from liaison_desktop.msl.safety.record import NoReport, SafetyDismissal, SafetyEvent
from liaison_desktop.msl.visits.actions import submit_visit
from liaison_desktop.msl.visits.record import Attendee, Visit
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Act, Store
from tests.fakes import TODAY, PaperTray
from tests.flows.keyboard import CTRL, KEY, ask_bar, frame, here, press, tab_to, types
from tests.msl.builders import World, a_person, a_visit, a_world

__all__ = ["frame"]


def name_in_rows(store: Store, name: str) -> list[str]:
    """Where in the current rows of every kind, in the index and in what is being typed the name is found."""
    found = [kind.kind for kind in store.kinds.values() for one in store.all(kind) if name in repr(one).casefold()]
    found += [f"search: {hit.kind}" for hit in store.search(name)]
    return found + [key for key in store.drafts.keys("") if name in (store.drafts.get(key) or b"").decode().casefold()]


def test_read_print_and_anonymise_by_keyboard(qtbot: QtBot, frame: WorkFrame, printer: PaperTray) -> None:
    store = frame.desk.store
    person = next(one for one in store.all(Person) if one.last_name == "Solberg")
    ask_bar(qtbot, frame, "ingrid solberg")
    qtbot.waitUntil(lambda: frame.page_key == "people")
    ask_bar(qtbot, frame, "what we store about")
    qtbot.waitUntil(lambda: frame.page_key == "stored")
    page = frame.page
    assert isinstance(page, StoredPage)
    qtbot.waitUntil(lambda: page.paper.page_count >= 1)
    press(KEY.Key_P, CTRL)
    assert printer.printed[0][0].startswith(b"%PDF")

    ask_bar(qtbot, frame, "anonymise this")
    qtbot.waitUntil(page.side.isVisible)
    assert store.get(Person, person.id) == person, "a preview does nothing"
    assert here().accessibleName() == "Why"
    tab_to("Anonymise now")
    press(KEY.Key_Space)
    assert page._reason_field.fault()
    assert here().accessibleName() == "Why"
    assert store.get(Person, person.id) == person, "without a reason nothing is done"
    types("Dr. Solberg asked by letter on 3 November")
    tab_to("Anonymise now")
    press(KEY.Key_Space)
    assert not page.side.isVisible()
    left = {kind.removeprefix("search: ") for kind in name_in_rows(store, "solberg")}
    assert left <= {"person", "medical_inquiry"}, "only what the law keeps, and the card it refers to"
    acts = store.lines(limit=200)
    assert {"viewed", "printed"} <= {line.act for line in acts if line.reason.partition(":")[0] == "what we store"}
    assert any(line.reason == "anonymised: this person asked by letter on 3 November" for line in acts)


def full(store: Store) -> World:
    """A person in a locked visit, as somebody else's company in another, an insight, a report and inquiries."""
    world = a_world(store)
    submit_visit(store, a_visit(world, TODAY - dt.timedelta(hours=3), notes="Dr. Okonkwo would start earlier."))
    other = store.save(a_person(first_name="Kenji", last_name="Okada"))
    with store.transaction() as transaction:
        transaction.save(
            Visit(primary_person_id=other.id, start_at=TODAY, attendees=(Attendee(person_id=world.person.id),))
        )
        transaction.save(
            Insight(headline="Okonkwo waits for data", votes=(Vote(person_id=world.person.id),), heard_at=TODAY)
        )
        transaction.save(SafetyEvent(number="SE-1", description="A rash", reporter_hcp_id=world.person.id))
        transaction.save(
            MedicalInquiry(
                number="MI-1",
                status=InquiryStatus.SUBMITTED,
                person_id=world.person.id,
                questions=(Question(verbatim="May I?"),),
            )
        )
        transaction.save(MedicalInquiry(person_id=world.person.id, questions=(Question(verbatim="A draft"),)))
    return world


def test_every_kind_that_mentions_somebody_is_found_and_printed(msl_store: Store) -> None:
    world = full(msl_store)
    found = mentions(msl_store, world.person.id)
    kinds = sorted(one.record.kind for one in found)
    assert kinds == [
        "affiliation", "insight", "medical_inquiry", "medical_inquiry", "safety_event", "visit", "visit",
    ]  # fmt: skip
    made = stored_paper(msl_store, world.person.id)
    assert made.content.startswith(b"%PDF")
    assert "Okonkwo" not in made.file_name


def test_the_first_page_says_it_all_at_a_glance(msl_store: Store) -> None:
    world = full(msl_store)
    pages = read(stored_paper(msl_store, world.person.id).content, 0)
    first = letters(pages[0].body)
    for said in ("Affiliation", "Insight", "Medical inquiry", "Safety event", "Visit", "First name: Hannah"):
        assert letters(said) in first
    assert letters("Safety reports are kept whole, with who reported.") in first
    assert letters("Headline") not in first


def test_the_law_keeps_what_it_keeps_and_the_rest_lets_go(msl_store: Store) -> None:
    world = full(msl_store)
    before = {one.id: one for one in msl_store.all(MedicalInquiry)}
    plan = preview(msl_store, world.person.id)
    assert sorted(step.record.kind for step in plan.of(Fate.KEPT)) == ["medical_inquiry", "safety_event"]
    assert all(step.citation for step in plan.of(Fate.KEPT))
    assert [step.record.kind for step in plan.of(Fate.REMOVED)] == ["affiliation"]
    with pytest.raises(Refused):
        anonymise(msl_store, world.person.id, "  ")
    anonymise(msl_store, world.person.id, "asked by letter")
    card = msl_store.get(Person, world.person.id)
    assert (card.last_name, card.specialty, card.email) == ("Okonkwo", "Not kept", "")
    assert msl_store.all(SafetyEvent)[0].reporter_hcp_id == world.person.id
    for inquiry in msl_store.all(MedicalInquiry):
        assert (inquiry == before[inquiry.id]) is bool(inquiry.number)
    with pytest.raises(Refused):
        anonymise(msl_store, world.person.id, "again")
    stand_in = next(one for one in msl_store.all(Person) if is_anonymous(one))
    locked, group = sorted(msl_store.all(Visit), key=lambda one: not one.locked)
    assert locked.locked
    assert locked.primary_person_id == stand_in.id
    assert locked.notes == f"{REMOVED_TEXT} would start earlier."
    assert group.attendees[0].person_id == stand_in.id
    assert msl_store.all(Insight)[0].headline == f"{REMOVED_TEXT} waits for data"
    assert not msl_store.all(Affiliation)
    assert msl_store.verify().verified


def test_with_nothing_to_keep_nothing_is_left_of_the_card(msl_store: Store) -> None:
    world = a_world(msl_store)
    visit = msl_store.save(a_visit(world, TODAY))
    assert not preview(msl_store, world.person.id).keeps_name
    anonymise(msl_store, world.person.id, "asked by letter")
    assert is_anonymous(msl_store.get(Person, world.person.id))
    assert msl_store.get(Visit, visit.id).primary_person_id == world.person.id
    assert not msl_store.search("okonkwo")
    with pytest.raises(Refused):
        anonymise(msl_store, world.person.id, "again")
    assert len(msl_store.versions(visit.id)) >= 1, "the journal keeps what was, and the page says so"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_no_name_and_no_text_raises(notes: str, first: str, last: str) -> None:
    person = a_person(first_name=first, last_name=last)
    done = without(Visit(notes=notes, primary_person_id=person.id), person.id, person.id, words_of(person))
    assert isinstance(done.notes, str)


def test_the_timeline_tells_everything_with_somebody_newest_first(msl_store: Store) -> None:
    world = full(msl_store)
    assert len(moments(msl_store, world.person.id)) == len(timeline(msl_store, world.person.id))
    told = [(one.what, one.about) for one in timeline(msl_store, world.person.id)]
    assert ("Visit", "Starting dose") in told, "her own name stands above the timeline already"
    assert {what for what, _about in told} == {"Visit", "Insight", "Medical inquiry", "Safety event"}
    assert len(told) == 6, "what she attended and what she voted for is among it"


def test_what_belongs_to_a_record_and_what_only_names_somebody_is_found_too(msl_store: Store) -> None:
    world = full(msl_store)
    insight = msl_store.all(Insight)[0]
    visit = next(one for one in msl_store.all(Visit) if one.locked)
    with msl_store.transaction() as transaction:
        transaction.save(
            InsightFeedback(
                insight_id=insight.id,
                from_function=Audience.SAFETY,
                decision=Decision.TAKEN_UP,
                action_text="Tell Okonkwo",
            )
        )
        transaction.save(
            SafetyDismissal(about_kind="visit", about_id=visit.id, sentence="okonkwo saw a rash", reason=NoReport.OTHER)
        )
        elsewhere = transaction.save(
            Visit(start_at=TODAY, notes="Met the team. Dr Okonkwo was praised. Nothing else.", place_note="OKONKWO lab")
        )
        stranger = transaction.save(Visit(start_at=TODAY, notes="The Okonkwow method."))
        transaction.save(SafetyEvent(number="SE-2", description="Heard through Hannah Okonkwo"))
    msl_store.drafts.put("visit/x", msgspec.json.encode({"notes": "Hannah Okonkwo said so", "who": world.person.id}))
    msl_store.drafts.put("insight/y", msgspec.json.encode({"quote": "As Dr. Okonkwo put it"}))
    plan = preview(msl_store, world.person.id)
    assert sorted(step.record.kind for step in plan.steps if not step.linked) == ["safety_event", "visit"]
    assert {"insight_feedback", "safety_dismissal"} <= {step.record.kind for step in plan.of(Fate.CLEARED)}
    assert plan.drafts == 2
    (named,) = [lines for lines in _parts(msl_store, world.person.id) if "Named in the words" in lines[0]]
    assert "Notes: Dr Okonkwo was praised." in named[1]
    assert "Met the team" not in named[1], "what else that record says is not this person's"
    anonymise(msl_store, world.person.id, "asked by letter")
    kept = [one for one in name_in_rows(msl_store, "okonkwo") if one not in ("person", "search: person")]
    assert {one.removeprefix("search: ") for one in kept} == {"safety_event", "visit"}, "the law keeps a report"
    left = [one.id for one in msl_store.all(Visit) if "okonkwo" in repr(one).casefold()]
    assert left == [stranger.id], "a method is no person"
    assert msl_store.get(Visit, elsewhere.id).notes == f"Met the team. {REMOVED_TEXT} was praised. Nothing else."
    assert msl_store.get(Visit, stranger.id).notes == "The Okonkwow method."
    assert msgspec.json.decode(msl_store.drafts.get("insight/y") or b"") == {"quote": f"As {REMOVED_TEXT} put it"}
    assert str(world.person.id).encode() not in (msl_store.drafts.get("visit/x") or b"")


def test_a_shared_last_name_names_nobody(msl_store: Store) -> None:
    world = a_world(msl_store)
    msl_store.save(a_person(first_name="Ada"))
    both = msl_store.save(Visit(start_at=TODAY, notes="Okonkwo called. Hannah Okonkwo wrote, Lucía not."))
    anonymise(msl_store, world.person.id, "asked")
    assert msl_store.get(Visit, both.id).notes == f"Okonkwo called. {REMOVED_TEXT} wrote, Lucía not."
    assert [one.first_name for one in msl_store.all(Person) if one.last_name == "Okonkwo"] == ["Ada"]


def test_accents_and_small_letters_do_not_hide_a_name() -> None:
    words = words_of(a_person(first_name="Lucía", last_name="Ferrer"))
    assert words is not None
    for text in ("ferrer asked", "LUCIA FERRER asked", "Ferrer, Lucía asked", "L. Ferrer asked", "Lucia asked"):
        assert words.sub("x", text) == "x asked", text
    assert words.sub("x", "Ferrero and lucia") == "Ferrero and lucia"


def test_a_letter_kept_with_an_inquiry_goes_with_it(msl_store: Store) -> None:
    world = a_world(msl_store)
    with msl_store.transaction() as transaction:
        name = transaction.attach(b"Dear company", most=1000)
        draft = transaction.save(MedicalInquiry(person_id=world.person.id, written_sha256=name, written_name="letter"))
    anonymise(msl_store, world.person.id, "asked")
    assert msl_store.get(MedicalInquiry, draft.id).written_sha256 == ""


def _parts(store: Store, person_id: uuid.UUID) -> list[tuple[str, str]]:
    """The parts of the paper as text, by heading."""
    import pypdfium2

    made = stored_paper(store, person_id)
    document = pypdfium2.PdfDocument(made.content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    text = " ".join(text.split())
    heads = ["Named in the words of other records", "Being typed", "In the journal"]
    found = [(text.find(head), head) for head in heads if head in text]
    ends = [*(at for at, _head in found[1:]), len(text)]
    return [(head, text[at:end]) for (at, head), end in zip(found, ends, strict=True)]


def test_the_paper_counts_what_the_journal_keeps(msl_store: Store) -> None:
    world = full(msl_store)
    note_stored(msl_store, world.person.id, Act.VIEWED)
    told = dict(_parts(msl_store, world.person.id))
    assert "Saved versions" in told["In the journal"]
    assert "Viewed once" in told["In the journal"]
