"""One line is a whole visit: what each word is taken for."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.msl.materials.record import LabelStatus, ScientificTopic
from liaison_desktop.msl.visits.record import Channel
from liaison_desktop.msl.visits.rules import Understood, follow_up, is_visit_line, understand
from tests.fakes import TODAY

DOSING = ScientificTopic(code="dosing", label="Dosing in renal impairment", label_status=LabelStatus.OFF_LABEL)
ITCH = ScientificTopic(code="itch", label="Itch as a treatment goal", label_status=LabelStatus.DISEASE_STATE)
RETIRED = ScientificTopic(code="old", label="Old topic", active=False)
OKONKWO = (uuid.UUID(int=1), "Dr. Hannah Okonkwo")
OKADA = (uuid.UUID(int=2), "Dr. Kenji Okada")


def people(text: str) -> Sequence[tuple[uuid.UUID, str]]:
    words = text.casefold().split()
    return [
        one for one in (OKONKWO, OKADA) if all(any(w.startswith(t) for w in one[1].casefold().split()) for t in words)
    ]


def near(text: str) -> Sequence[tuple[uuid.UUID, str]]:
    return [OKONKWO] if text.casefold() in ("okonkow", "okonko") else []


def said(line: str) -> Understood:
    return understand(line, TODAY, people, (DOSING, ITCH, RETIRED), near)


def at(hour: int, minute: int = 0, day: int = 19) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=TODAY.tzinfo)


def test_the_line_of_the_guide() -> None:
    found = said("v oko 14:00 30m #dosing #itch phone")
    assert found.person == "Dr. Hannah Okonkwo"
    assert (found.start_at, found.minutes, found.channel) == (at(14), 30, Channel.PHONE)
    assert found.topics == (DOSING, ITCH)
    assert found.left_over == ()


@pytest.mark.parametrize(
    ("word", "start"),
    [
        ("9:05", at(9, 5)),
        ("2pm", at(14)),
        ("12am", at(0)),
        ("yesterday", at(14, 0, 18)),
        ("mon", at(14, 0, 16)),
        ("thursday", at(14)),
        ("2026-11-13", at(14, 0, 13)),
        ("13nov", at(14, 0, 13)),
        ("mon 9:30", at(9, 30, 16)),
    ],
)
def test_days_and_times(word: str, start: dt.datetime) -> None:
    assert said(word).start_at == start


@pytest.mark.parametrize(("word", "minutes"), [("30m", 30), ("1h", 60), ("1h30", 90), ("90min", 90), ("45'", 45)])
def test_lengths(word: str, minutes: int) -> None:
    assert said(word).minutes == minutes


def test_topics_by_short_name_or_by_a_word() -> None:
    assert said("#dos #goal").topics == (DOSING, ITCH)
    assert said("#old #nothing").left_over == ("#old", "#nothing")


def test_several_people_are_counted_and_unknown_words_are_said() -> None:
    found = said("ok wobble")
    assert (found.person, found.others) == ("Dr. Hannah Okonkwo", 1)
    assert found.left_over == ("wobble",)
    assert said("kenji oka").person == "Dr. Kenji Okada"
    assert said("nobody").left_over == ("nobody",)


@pytest.mark.parametrize("word", ["25:00", "0m", "99pm", "2026-02-30", "32nov", "#", "24:60"])
def test_what_is_no_time_is_left_over(word: str) -> None:
    found = said(word)
    assert found.start_at is None
    assert found.minutes is None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_line_is_safe(line: str) -> None:
    assert isinstance(said(line), Understood)
    text, due = follow_up(line, TODAY.date())
    assert isinstance(text, str)
    assert due >= TODAY.date()


@pytest.mark.parametrize(
    ("line", "text", "due"),
    [
        ("send the letter fri", "send the letter", dt.date(2026, 11, 20)),
        ("f send the letter thu", "send the letter", dt.date(2026, 11, 26)),
        ("call back 3d", "call back", dt.date(2026, 11, 22)),
        ("call back 2w", "call back", dt.date(2026, 12, 3)),
        ("call back tomorrow", "call back", dt.date(2026, 11, 20)),
        ("call back 2026-12-24", "call back", dt.date(2026, 12, 24)),
        ("call back", "call back", dt.date(2026, 11, 26)),
        ("fri", "fri", dt.date(2026, 11, 26)),
    ],
)
def test_a_follow_up_in_one_line(line: str, text: str, due: dt.date) -> None:
    assert follow_up(line, TODAY.date()) == (text, due)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("v oko 14:00 liked the poster", "liked the poster"),
        ("liked 14:00 the #nothing poster oko", "liked the #nothing poster"),
        ("v zzyzx", "zzyzx"),
        ("oko 14:00 9:30 30m 45m", "9:30 45m"),
        ("oko " + "word " * 60, " ".join(["word"] * 60)),
        ("v oko v", "v"),
    ],
)
def test_words_nobody_understands_are_a_note_in_their_order(line: str, note: str) -> None:
    assert said(line).notes == note


@pytest.mark.parametrize(
    ("line", "person", "guessed"),
    [
        ("v oko 14:00", "Dr. Hannah Okonkwo", False),
        ("v okonkow 14:00", "Dr. Hannah Okonkwo", True),
        ("14:00 okonkow renal", "Dr. Hannah Okonkwo", True),
        ("v renal okonkow", "", False),
        ("v okada okonkow", "Dr. Kenji Okada", False),
    ],
)
def test_a_mistyped_name_is_guessed_only_where_a_name_stands(line: str, person: str, guessed: bool) -> None:
    found = said(line)
    assert (found.person, found.guessed) == (person, guessed)


@pytest.mark.parametrize(
    ("line", "visit"), [("v oko", True), ("V  x", True), ("v", False), ("vance", False), ("", False)]
)
def test_a_visit_line_begins_with_v(line: str, visit: bool) -> None:
    assert is_visit_line(line) is visit


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text(max_size=120))
def test_no_word_is_lost(line: str) -> None:
    found = said(line)
    for word in found.left_over:
        assert word in line.split()


def test_flags_and_the_words_behind_them() -> None:
    found = said("oko liked it !ae one stopped 14:00 for itching ?inq may I start low")
    assert (found.heard, found.happened) == (True, "one stopped for itching")
    assert (found.asked, found.question) == (True, "may I start low")
    assert found.notes == "liked it one stopped for itching may I start low"
    assert found.start_at == at(14)
    plain = said("oko a! ?in !aex")
    assert (plain.heard, plain.asked, plain.left_over) == (False, False, ("a!", "?in", "!aex"))


WORDS = st.sampled_from(["liked", "poster", "waits", "for", "numbers", "zzyzx"])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([None, "14:00", "9:05", "23:55"]),
    st.sampled_from([None, 20, 30, 95]),
    st.sampled_from([None, *Channel]),
    st.sets(st.sampled_from(["dosing", "itch"])),
    st.booleans(),
    st.booleans(),
    st.lists(WORDS, max_size=6),
    st.randoms(use_true_random=False),
)
def test_what_is_said_comes_back_in_whatever_order(
    time: str | None,
    minutes: int | None,
    channel: Channel | None,
    codes: set[str],
    heard: bool,
    asked: bool,
    note: list[str],
    order: random.Random,
) -> None:
    spoken = {Channel.IN_PERSON: "f2f", Channel.EMAIL: "e-mail", Channel.CHAT_TEXT: "chat"}
    channel = None if channel is Channel.OTHER else channel
    facts = ["okonkwo", *(f"#{code}" for code in sorted(codes))]
    facts += [time] if time else []
    facts += [f"{minutes}m"] if minutes else []
    facts += [spoken.get(channel, channel.value)] if channel else []
    facts += ["!ae"] if heard else []
    facts += ["?inq"] if asked else []
    order.shuffle(facts)
    # The words of the note keep their order among the facts.
    places = sorted(order.randrange(len(facts) + 1) for _ in note)
    for word, place in reversed(list(zip(note, places, strict=True))):
        facts.insert(place, word)
    found = said("v " + " ".join(facts))
    assert found.person == OKONKWO[1]
    assert found.start_at == (at(*map(int, time.split(":"))) if time else None)
    assert (found.minutes, found.channel) == (minutes, channel)
    assert {topic.code for topic in found.topics} == codes
    assert (found.heard, found.asked) == (heard, asked)
    assert found.notes == " ".join(note)
