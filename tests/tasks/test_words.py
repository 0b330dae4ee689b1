"""How what is left and what is due are said."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.policies import load_policy
from liaison_desktop.tasks.form import ClockRow, clock_card, due_chip, left_words
from liaison_desktop.tasks.form.words import left_spoken
from liaison_desktop.tasks.rules import clocks
from liaison_desktop.ui.desk import Desk
from tests.fakes import TODAY
from tests.tasks.test_clocks import event

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("left", "words", "spoken"),
    [
        (30 * HOUR + 50 * MINUTE, "30:50", "30 hours 50 minutes left"),
        (HOUR + 56 * MINUTE, "01:56", "1 hour 56 minutes left"),
        (MINUTE, "00:01", "1 minute left"),
        (4 * DAY + HOUR, "4 d", "4 days left"),
        (-(2 * HOUR), "02:00 over", "2 hours over"),
        (-(5 * DAY), "5 d over", "5 days over"),
    ],
)
def test_what_is_left(left: dt.timedelta, words: str, spoken: str) -> None:
    assert (left_words(left), left_spoken(left)) == (words, spoken)


@pytest.mark.parametrize(
    ("due", "text", "tone"),
    [
        (TODAY + 2 * HOUR, "16:00", "amber"),
        (TODAY - HOUR, "01:00 over", "red"),
        (TODAY - 2 * DAY, "2 d over", "red"),
        (TODAY + DAY, "tomorrow", "neutral"),
        (TODAY + 4 * DAY, "Mon", "neutral"),
        (TODAY + 11 * DAY, "30 Nov", "neutral"),
        ((TODAY + 2 * HOUR).astimezone(dt.UTC), "16:00", "amber"),
    ],
)
def test_when_it_is_due(due: dt.datetime, text: str, tone: str) -> None:
    chip = due_chip(due, TODAY)
    assert chip is not None
    assert (chip.text, chip.tone) == (text, tone)
    assert due_chip(None, TODAY) is None


def test_a_card_shows_the_first_and_counts_the_rest(qtbot: QtBot, clinical_desk: Desk) -> None:
    events = [event("referral_received", TODAY, uuid.UUID(int=n)) for n in range(20, 28)]
    found = clocks(load_policy("clinical").clocks(), events, TODAY + 25 * MINUTE)
    opened = []
    card = clock_card(found, TODAY + 25 * MINUTE, opens=lambda clock: lambda: opened.append(clock.about), most=3)
    qtbot.addWidget(card)
    rows = card.findChildren(ClockRow)
    assert [row.left for row in rows] == ["00:05"] * 3
    rows[1].click()
    assert opened == [found[1].about]
    assert "5 minutes left" in rows[0].accessibleName()
