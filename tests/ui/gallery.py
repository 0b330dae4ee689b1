"""Everything the kit has, on two screens; `python -m tests.ui.gallery FOLDER` draws them in every theme."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Annotated, ClassVar

from PySide6.QtWidgets import QApplication, QFrame, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.records import Code, Field, Record
from liaison_desktop.ui.banner import Banner, BannerFact
from liaison_desktop.ui.bar_rows import BarRow
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, FollowUpRow, list_card
from liaison_desktop.ui.charts import Bars, ChartCard, Sparkline
from liaison_desktop.ui.chips import TONES, Chip, ChipSpec, FilterChip, KeyCap
from liaison_desktop.ui.choices import BigChoices
from liaison_desktop.ui.command_bar import CommandBar
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import action_bar, page_header, title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import card, column, hairline, panel, row, scroll
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.pictures import Avatar, Bar, Mark, Timeline
from liaison_desktop.ui.rail import Rail, RailPage
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.status_bar import StatusBar
from liaison_desktop.ui.tab_strip import TabStrip
from liaison_desktop.ui.tabs import SectionRail, SectionState, Stages
from liaison_desktop.ui.text import elided, icon_text, label, wrapped
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.toast import Toasts
from liaison_desktop.ui.tokens import CONTEXT, LIST, STATUS, Density, Mode

ZONE = dt.timezone(dt.timedelta(hours=-6))


class Channel(Code):
    """How they met."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"


class Subject(Code):
    """Many codes."""

    DOSING = "dosing", "Renal dosing"
    ITCH = "itch", "Itch as endpoint"
    SWITCH = "switch", "Switching from OCA"
    BURDEN = "burden", "Monitoring burden"
    COST = "cost", "Cost and access"
    SAFETY = "safety", "Safety in the long run"


class Meeting(Record, frozen=True, kw_only=True):
    """A kind with one field of each type."""

    kind: ClassVar[str] = "meeting"

    who: Annotated[str, Field("Whom you met", required=True)] = ""
    minutes: Annotated[int | None, Field("Minutes")] = None
    dose: Annotated[float | None, Field("Dose, mg")] = None
    started: Annotated[dt.datetime | None, Field("Started", required=True)] = None
    next_on: Annotated[dt.date | None, Field("Next meeting", help="A day, or a month and a day.")] = None
    channel: Annotated[Channel | None, Field("Channel")] = None
    theme: Annotated[Subject | None, Field("Main theme")] = None
    themes: Annotated[tuple[Subject, ...], Field("Other themes")] = ()
    heard: Annotated[bool | None, Field("Did you hear of an adverse event?", required=True)] = None
    notes: Annotated[str, Field("Notes", lines=3)] = ""
    lines: Annotated[tuple[str, ...], Field("Questions, one a line")] = ()
    fair: Annotated[bool, Field("Fair balance was given")] = False


A_MEETING = Meeting(
    who="Dr. Hannah Okonkwo",
    minutes=30,
    dose=2.5,
    started=dt.datetime(2026, 11, 19, 14, 0, tzinfo=ZONE),
    channel=Channel.VIDEO,
    theme=Subject.BURDEN,
    themes=(Subject.DOSING, Subject.COST),
    notes="Sees about 40 patients, a third with eGFR below 45. One stopped after severe itching.",
)
ROWS = [
    "Today, Thu 19 Nov",
    ListRow(
        "Dr. Hannah Okonkwo", "14:00 · In person · Renal dosing", ChipSpec("Draft", "amber", "pencil"), "30 min", 1
    ),
    ListRow(
        "Dr. Peter Vance", "16:30 · Video · Trial HARBOR-2", ChipSpec("Planned", "outline", "calendar-clock"), "", 2
    ),
    ListRow("Dr. Lucía Ferrer", "09:30 · In person · Itch burden", ChipSpec("Submitted", "green", "lock"), "25 min", 3),
    "Wednesday 18 Nov",
    ListRow("Dr. Samir Mbeki", "15:15 · Phone · Tolerability", ChipSpec("Safety open", "red", "siren"), "12 min", 4),
    ListRow("Northlake journal club of the whole clinic", "08:00 · Group of 9 · A long review", key=5),
]


def _nothing() -> None:
    """Do nothing."""


def rail() -> Rail:
    """The rail of a window."""
    pages = [
        RailPage("today", "Today", "sun"),
        RailPage("people", "People", "users"),
        RailPage("visits", "Visits", "messages-square"),
        RailPage("safety", "Safety", "shield-alert", alert=True),
    ]
    foot = [RailPage("journal", "Journal", "scroll-text"), RailPage("settings", "Settings", "settings")]
    made = Rail("Medical science", pages, foot, "Amara Lindqvist")
    made.set_page("visits")
    for key, count in (("today", 5), ("visits", 3), ("safety", 1)):
        made.set_count(key, count)
    return made


def status_bar() -> StatusBar:
    """The foot of a window."""
    made = StatusBar()
    made.show_saved("Saved 15:04")
    made.show_backup("Backed up 4 min ago")
    made.show_place("This laptop only")
    made.show_sent("Sent 10:42", "3 waiting")
    return made


def window(body: QWidget) -> QWidget:
    """A body in the frame of the window, 1366 x 768."""
    made = row(rail(), (column((body, 1), status_bar(), gap=0), 1), gap=0)
    made.setObjectName("gallery")
    made.setAutoFillBackground(True)
    made.resize(1366, 768)
    return made


def form() -> RecordForm:
    """A form with one field of each type, and two faults."""
    made = RecordForm(
        Meeting, (("who", 3), ("minutes", 1), ("dose", 1)), ("started", "next_on"), "channel", "theme", "themes", "heard",
        "notes", "fair", hints={"notes": "Facts only, no patient names"},
    )  # fmt: skip
    made.set_values(A_MEETING)
    made.show_faults(
        (
            Fault(field="heard", message="Answer this before you submit."),
            Fault(field="next_on", message="Her standing request ends before.", severity=Severity.WARN),
        ),
        focus=False,
    )
    return made


def forms_screen() -> QWidget:
    """List, form and context, as a visit has them."""
    view = RowsView("Visits")
    view.rows.set_rows(ROWS)
    view.select(1)
    filters = row(FilterChip("Open 3", on=True), FilterChip("This week"), None, gap=6, margins=(16, 0, 12, 0))
    search = row(line_edit(placeholder="Search 412 visits", icon="search", quiet=True), margins=(16, 0, 12, 0))
    new = button("New", icon="plus", small=True)
    left = panel(title_line("Visits", new), search, filters, (view, 1), margins=(0, 12, 0, 0))
    left.setFixedWidth(LIST)
    head = panel(
        title_line(
            row(label("Dr. Hannah Okonkwo", "title"), Chip("Draft", "amber", "pencil")),
            button(kind="quiet", icon="history", small=True, name="Earlier versions"),
            button(kind="quiet", icon="ellipsis", small=True, name="More"),
            margins=0,
        ),
        row(label("Hepatology, Northlake", "secm"), label("Thu 19 Nov, 14:00", "sec"), None, gap=12),
        gap=2,
        margins=(20, 12, 12, 10),
    )
    foot = action_bar(
        icon_text("circle-alert", "1 answer missing", "secs", "red"),
        None,
        button("Preview"),
        button("Submit & lock", "primary", "lock"),
    )
    body = scroll(column(form(), None, margins=(20, 12, 20, 12)))
    middle = column(head, hairline(), (body, 1), hairline(), foot, gap=0)
    return row(left, hairline(True), (middle, 1), hairline(True), _context(), gap=0)


def _context() -> QFrame:
    made = panel(
        title_line(label("Brief", "section"), KeyCap("Space"), margins=0),
        label("Promises due", "capstrong"),
        FollowUpRow("Safety table", ChipSpec("2 d over", "red", "clock"), inset=0),
        FollowUpRow("Renal letter", ChipSpec("tomorrow", "amber", "clock"), done=True, inset=0),
        hairline(),
        label("Last three interactions", "capstrong"),
        Timeline(
            [
                ("Video, 20 min", "Asked about the pipeline", "13 Nov"),
                ("In person, 35 min", "Wants an itch score at visit 1", "22 Oct"),
            ]
        ),
        hairline(),
        elided("A fact that is far too long for this pane and gives way", "secm"),
        wrapped("Protocol amendment 3, 6 Nov. She has not been told.\nTell her <b>soon</b>.", "cap"),
        Segmented(["No", "Yes"], name="Answer", stretch=False),
        None,
        gap=6,
        margins=(16, 12, 16, 12),
    )
    made.setFixedWidth(CONTEXT)
    return made


def cards_screen() -> QWidget:
    """Banner, stages, tabs, cards, charts and the rest."""
    banner = Banner(button(kind="quiet", icon="ellipsis", name="More about her"))
    facts = [
        BannerFact("Record", "0049-3382"),
        BannerFact("Code status, as reported", "Full code"),
        BannerFact("Language", "Spanish, interpreter", icon="languages"),
        BannerFact("Isolation", "Contact (MRSA)", "amber", "biohazard"),
    ]
    dangers = ("Penicillin (hives, 2014)", "Latex: reported, not confirmed")
    banner.show_person("María L. Álvarez", "14 Mar 1961", facts, dangers, "0049-3382", "65 y")
    stages = Stages(
        [("Referral", "Tue 17 Nov"), ("Pre-admission", "31 h so far"), ("Admitted", ""), ("Discharge", "")], 1
    )
    top = panel(
        banner,
        hairline(),
        row((stages, 1), margins=(24, 4, 24, 0)),
        TabStrip(["Overview", "Checklists", "Consents"]),
        gap=0,
    )
    rows = (
        CardRow(
            "Latex allergy not confirmed",
            "Pre-admission checklist, E3",
            "circle-alert",
            ChipSpec("today", "red"),
            on_click=_nothing,
            tone="red",
        ),
        CardRow(
            "Call daughter about ride home", "Lucía Álvarez", "phone", ChipSpec("16:00", "amber"), on_click=_nothing
        ),
        CardRow("Ask clinic for last echo report", icon="file-text", right="waits", on_click=_nothing),
    )
    first = column(
        list_card("What is open", *rows, right="3"),
        card(wrapped("Authorisation A-22817 covers 23–25 Nov. Check again before admission."), title="Coverage", icon="shield-check", tone="amber"),
        Confirm("Export the list?", "The list leaves the encrypted store. 412 people will be in it.", "Export", danger=True, reason="Why"),
        None, gap=12,
    )  # fmt: skip
    sections = [
        SectionState("A", "Identity and setting", 8, 8),
        SectionState("E", "Allergies", 4, 6),
        SectionState("F", "Medicines", 2, 10, fault=True),
        SectionState("G", "History", 0, 8),
    ]
    second = column(
        card(row(label("Sections", "strong"), None, margins=(16, 0, 16, 0)), SectionRail(sections, 1), margins=(0, 12, 0, 8)),
        ChartCard("Insight themes", Bars([("Renal dosing", 14, "+6"), ("Itch as endpoint", 11, "+2"), ("Cost", 3, "new")], "Themes"), ["Theme", "Count"], [["Renal dosing", "14"]]),
        card(row(Sparkline([3, 4, 5, 2, 6, 5, 7], "Visits a week"), Sparkline([97, 96, 97, 94, 92], "Oxygen", band=(95, 99), tone="amber_fill"), None), row((Bar(0.6), 1), label("61/116", "secm")), title="Over time"),
        None, gap=12,
    )  # fmt: skip
    third = column(
        row(*(Chip(tone, tone, "check") for tone in TONES[:5]), None, gap=6),
        row(*(Chip(tone, tone) for tone in TONES[5:]), None, gap=6),
        row(Mark(28), Avatar("Amara Lindqvist"), KeyCap("Ctrl+K"), None),
        row(button("Ghost", "ghost", "plus"), button("Link", "link"), button("Danger", "danger"), button("Record it", "danger_line"), None),
        BigChoices(["Yes, I agree", "No"], "Do you agree?"),
        panel(EmptyState("No insight yet.", "Select a sentence in any visit, or start here.", "Capture an insight", "lightbulb"), margins=0),
        None, gap=12,
    )  # fmt: skip
    columns = scroll(row((first, 1), (second, 1), (third, 1), gap=12, margins=(24, 12, 24, 12)))
    return column(top, hairline(), (columns, 1), gap=0)


def bar_over(over: QWidget) -> CommandBar:
    """The command bar, open and typed into."""
    bar = CommandBar(over)
    bar.open_with(
        [
            ("People", [BarRow("Dr. Hannah Okonkwo", _nothing, "Hepatology, Northlake", "user-round"), BarRow("Dr. Kenji Okada", _nothing, "Nephrology", "user-round")]),
            ("Actions", [BarRow("New visit with Okonkwo", _nothing, "in person, now", "plus", "Ctrl+N"), BarRow("Lock", _nothing, icon="lock", keys="Ctrl+L")]),
        ]
    )  # fmt: skip
    bar.line.setText("ok")
    return bar


def draw(folder: Path) -> None:
    """Every screen in every theme, as pictures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    theme = Theme(app, Mode.LIGHT)
    shots = [(mode, accent, Density.DESK) for mode in list(Mode)[1:] for accent in ("msl", "clinical")]
    for mode, accent, density in [*shots, (Mode.LIGHT, "msl", Density.TOUCH)]:
        theme.set_density(density)
        theme.set_mode(mode)
        theme.set_accent(accent)
        for name, make in (("forms", forms_screen), ("cards", cards_screen)):
            shown = window(make())
            shown.show()
            Toasts(shown, lambda: 176, lambda: STATUS).show_toast("Visit with Dr. Vance cancelled", _nothing)
            bar = bar_over(shown) if name == "cards" and accent == "msl" and mode is not Mode.HIGH_CONTRAST else None
            for _ in range(3):
                app.processEvents()
            shown.grab().save(str(folder / f"{name}-{mode}-{accent}-{density}.png"))
            if bar is not None:
                bar.close_bar()
                app.processEvents()
                shown.grab().save(str(folder / f"{name}-{mode}-{accent}-{density}-open.png"))
            shown.close()
            shown.deleteLater()


def header() -> QFrame:
    """A page header."""
    return page_header(
        "Today",
        line_edit(placeholder="Quick entry", icon="pencil", quiet=True),
        button("New visit", "primary", "plus"),
        sub="Thursday 19 November",
    )


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    draw(Path(sys.argv[1]))
