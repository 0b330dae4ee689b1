"""The liaison's part: topics, a list of people brought in, and a visit recorded with the keyboard and locked."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from liaison_desktop.msl.directory.page import PeoplePage
from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.msl.materials.record import Product, ScientificTopic
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Direction, ExchangeBasis, Visit, VisitStatus
from liaison_desktop.tour.hand import NotSo, click, find, key, names_of, press, shown, until, write
from liaison_desktop.tour.parts import Part, Stage
from liaison_desktop.tour.parts_msl_day import day_parts

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PEOPLE = """NPI,Last name,First name,Title,Primary Specialty,Hospital,City
1234567893,Okonkwo,Hannah,Dr.,Hepatology,Northlake University Hospital,Northlake
,Vance,Peter,Dr.,Cardiology,St. Brigid Medical Center,Ashford
,Ferrer,Lucía,Dr.,Hepatology,Northlake University Hospital,Northlake
1234567890,Lindgren,Eva,Dr.,Hepatology,Harrow Liver Institute,Harrow
"""
TOPICS = (
    ("Dosing in renal impairment", "dosing", "Velacor", "Off-label"),
    ("Itch as a treatment goal", "itch", "", "Disease state"),
)
QUESTION = "Can I start 5 mg at an eGFR of 28, or do I have to wait for it to recover?"


def msl_parts(stage: Stage) -> tuple[Part, ...]:
    """From an empty store to a locked visit."""

    def topics() -> None:
        stage.go("topics")
        press("New product")
        write(find(QLineEdit, "Name"), "Velacor")
        press("Approved")
        press("Save product")
        for label, short, product, status in TOPICS:
            press("New topic")
            write(find(QLineEdit, "Topic"), label)
            write(find(QLineEdit, "Short name"), short)
            if product:
                line = find(QLineEdit, "Product")
                write(line, product)
                key(Qt.Key.Key_Return, on=line)
            press(status)
            press("Save topic")
        stage.so(
            "a product and two topics are stored", _count(stage, Product) == 1 and _count(stage, ScientificTopic) == 2
        )
        stage.pictures("topics")

    def people() -> None:
        stage.go("people")
        path = stage.application.home / "people.csv"
        path.write_text(PEOPLE, encoding="utf-8")
        stage.files.opens.append(path)
        press("Import a list")
        page = stage.frame.page
        if not isinstance(page, PeoplePage):
            raise NotSo("the page of people is open")
        until(lambda: page.importing.go.isVisible(), "the list is read")
        stage.pictures("import-preview")
        click(page.importing.go)
        stage.so("three people are in, the row with a false NPI is not", _count(stage, Person) == 3)
        stage.so("with their two places", _count(stage, Institution) == 2)
        stage.so("a person is found by name", len(stage.store.search("okon", "person")) == 1)
        page.show_record(stage.store.search("okon", "person")[0].id)
        stage.pictures("person")

    def visit() -> None:
        stage.go("visits")
        page = stage.frame.page
        if not isinstance(page, VisitsPage):
            raise NotSo("the page of visits is open")
        stage.frame.new()
        line = find(QLineEdit, "Quick entry")
        write(line, f"v okonkwo {_lately(stage):%H:%M} 20m in-person #dosing #itch")
        key(Qt.Key.Key_Return, on=line)
        key(Qt.Key.Key_Return, CONTROL, SHIFT, on=page.pane.form)
        stage.so("an off-label topic without its ground is refused", _statuses(stage) <= {VisitStatus.DRAFT})
        stage.pictures("visit-faults")
        click(next(button for button in shown(QAbstractButton, page) if "Unsolicited" in " ".join(names_of(button))))
        card = page.pane.form.topics.cards[0]
        stage.so("an unsolicited question is the doctor's", card.direction.value() is Direction.ASKED_BY_HCP)
        write(card.question, QUESTION)
        write(page.pane.form.notes, "Sees about 40 PBC patients, a third with eGFR below 45. Would use it earlier.")
        stage.pictures("visit-draft")
        follow = find(QWidget, "Add a follow-up", page)
        write(follow, "send the renal letter fri")
        key(Qt.Key.Key_Return, on=follow)
        key(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier, on=page.pane.form)
        key(Qt.Key.Key_1)
        key(Qt.Key.Key_Return, CONTROL, SHIFT, on=page.pane.form)
        saved = stage.store.all(Visit)
        stage.so("the visit is submitted and locked", _statuses(stage) == {VisitStatus.SUBMITTED})
        stage.so("the ground is the doctor's own question", saved[0].topics[0].verbatim_question == QUESTION)
        stage.so("recorded as unsolicited", saved[0].topics[0].exchange_basis is ExchangeBasis.UNSOLICITED_REQUEST)
        stage.pictures("visit-submitted")

    def today() -> None:
        stage.go("today")
        stage.pictures("msl-today")
        verdict = stage.store.verify()
        stage.so(f"the journal of {verdict.entries} lines verifies", verdict.verified)

    return (
        ("topics and a product", topics),
        ("import of a people list", people),
        ("record and submit a visit", visit),
        *day_parts(stage),
        ("today", today),
    )


def _count(stage: Stage, kind: type[Product] | type[ScientificTopic] | type[Person] | type[Institution]) -> int:
    return len(stage.store.all(kind))


def _statuses(stage: Stage) -> set[VisitStatus]:
    return {visit.status for visit in stage.store.all(Visit)}


def _lately(stage: Stage) -> dt.datetime:
    # A visit is submitted after it has happened, and a bare time means today.
    now = stage.application.clock()
    return max(now - dt.timedelta(minutes=50), now.replace(hour=0, minute=0))
