"""Vital signs over time: a small card for the overview, a larger one for the findings, each with its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.clinical.findings.record import VitalSigns
from liaison_desktop.clinical.findings.rules import (
    SHOWN,
    Series,
    age_words,
    fact_age,
    series_of,
    show_height,
    show_weight,
)
from liaison_desktop.clinical.findings.rules.series import TITLES, value_words
from liaison_desktop.policies import Policy
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.charts import ChartCard
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import DAYS, short_day, show_time
from liaison_desktop.ui.time_charts import TimeChart, TimeLine, TimePoint

_SMALL, _LARGE = 44, 52
_MOST_ROWS, _SETS = 40, 4


def _lines(found: Sequence[Series], whole: bool, now: dt.datetime) -> list[TimeLine]:
    newest = max(one.points[-1].at for one in found)
    return [
        TimeLine(
            one.title,
            one.unit_words() if whole else one.unit,
            tuple(TimePoint(point.at, point.value, point.words, point.unusual) for point in one.points),
            one.usual,
            age_words(one.points[-1].at, now) if one.points[-1].at != newest else "",
        )
        for one in found
    ]


def vitals_card(
    sets: Sequence[VitalSigns], policy: Policy, now: dt.datetime, names: Sequence[str] = SHOWN, large: bool = False
) -> QFrame:
    """The chart of a patient's sets with the same numbers as a table; a card that says so where there are none."""
    found = series_of(sets, policy, names)
    if not found:
        return list_card("Vital signs", CardRow("No vital signs recorded", "", "heart-pulse"))
    chart = TimeChart(_lines(found, large, now), "Vital signs over time", _LARGE if large else _SMALL, now)
    columns = tuple(one.name for one in found)
    return ChartCard(
        "Vital signs", chart, ("Taken", *(TITLES[name][0] for name in columns), "How"), _rows(sets, columns)
    )


def _rows(sets: Sequence[VitalSigns], columns: Sequence[str]) -> list[list[str]]:
    rows = []
    for one in sets[:_MOST_ROWS]:
        if one.taken_at is None or not any(getattr(one, name) is not None for name in columns):
            continue
        when = f"{DAYS[one.taken_at.weekday()]} {short_day(one.taken_at.date())}, {show_time(one.taken_at)}"
        values = [value_words(one, name) if getattr(one, name) is not None else "" for name in columns]
        rows.append([when, *values, one.method.label])
    return rows


def sets_card(sets: Sequence[VitalSigns], now: dt.datetime, open_one: Callable[[VitalSigns], object]) -> QFrame:
    """The newest sets, each with its source and age; pressed, one opens."""
    return list_card("Newest sets", *(_set(one, now, open_one) for one in sets[:_SETS]), right=str(len(sets)))


def _set(one: VitalSigns, now: dt.datetime, open_one: Callable[[VitalSigns], object]) -> CardRow:
    chip = ChipSpec("looked at twice", "amber") if one.acknowledged else None
    title = one.facts() or "Other measures"
    return CardRow(
        title, fact_age(one.method.label, one.taken_at, now), "heart-pulse", chip, on_click=lambda: open_one(one)
    )


def measures_rows(sets: Sequence[VitalSigns], now: dt.datetime) -> list[QWidget]:
    """Weight, height and totals with their source and age: "82 kg", "stated, 9 days ago"."""
    rows: list[QWidget] = []
    for name, icon in (("weight", "weight"), ("height", "ruler")):
        one = next((one for one in sets if getattr(one, name) is not None), None)
        if one is None:
            continue
        if name == "weight" and one.weight is not None:
            how = one.weight_how.label if one.weight_how is not None else one.method.label
            rows.append(CardRow(show_weight(one.weight, one.weight_unit), fact_age(how, one.taken_at, now), icon))
        elif one.height is not None:
            rows.append(
                CardRow(show_height(one.height, one.height_unit), fact_age(one.method.label, one.taken_at, now), icon)
            )
    return [*rows, *_scores(sets, now)]


def _scores(sets: Sequence[VitalSigns], now: dt.datetime) -> list[QWidget]:
    rows: list[QWidget] = []
    seen = set()
    for one in sets:
        for score in one.scores:
            if score.name is None or score.name in seen or score.on is None:
                continue
            seen.add(score.name)
            at = dt.datetime.combine(score.on, dt.time(12), now.tzinfo)
            days = (now.date() - score.on).days
            age = "today" if days == 0 else fact_age("", at, now)
            told = " · ".join(filter(None, (score.scale, age)))
            rows.append(CardRow(f"{score.name.label}: {score.total}", told, "list-checks"))
    return rows
