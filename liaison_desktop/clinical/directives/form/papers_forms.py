"""Entering a directive, and that written information on rights was given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liaison_desktop.clinical.directives.actions import give_rights, save_directive
from liaison_desktop.clinical.directives.record import CopyOnFile, Directive, DirectiveKind, GivenTo, RightsGiven
from liaison_desktop.clinical.directives.record.directive import ABSENT
from liaison_desktop.clinical.patients.form import RecordEntry
from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.layout import Item
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import wrapped


class DirectiveForm(RecordEntry):
    """One directive, or that there is none: that too is written down."""

    title, act, done = "Directive", "Save directive", "Directive saved."

    def parts(self) -> Iterable[Item]:
        """What it is, where the paper is, what it says."""
        held: Any = self._base
        patient = self.store.find(Patient, held.patient)
        people = [Option(person.id, person.text()) for person in (patient.related if patient is not None else ())]
        self._what = self.form(
            Directive,
            "directive_kind",
            "told_by",
            "executed",
            "executed_on",
            editors={
                "directive_kind": ComboEditor(DirectiveKind),
                "executed_on": PartialEditor("3 Feb 2022, or only 2022"),
            },
        )
        self._paper = self.form(
            Directive,
            "copy",
            "asked_of",
            "seen_by",
            "in_force",
            "paper",
            editors={"paper": attachment_strip(self.desk, held.patient, word="Add the paper")},
        )
        self._says = self.form(Directive, "says", "agent", editors={"agent": ChoiceLine(people)})
        words = "Nobody has to have one. Care never depends on it."
        self._paper_card = self.group("The paper", self._paper)
        self._says_card = self.group("What it says", self._says)
        return (
            self.group("Which directive", wrapped(words, "sec", "ink2"), self._what),
            self._paper_card,
            self._says_card,
        )

    def arrange(self) -> None:
        """Where there is none, nothing is asked about a paper."""
        now: Directive = self.read()
        there = now.directive_kind is not None and now.directive_kind not in ABSENT
        for name in ("executed", "executed_on"):
            self._what.field(name).setVisible(there)
        self._paper_card.setVisible(there)
        self._says_card.setVisible(there)
        self._paper.field("asked_of").setVisible(now.copy is CopyOnFile.REQUESTED)
        for name in ("seen_by", "in_force", "paper"):
            self._paper.field(name).setVisible(now.copy is CopyOnFile.YES)
        self._says.field("agent").setVisible(now.directive_kind is DirectiveKind.HCPOA)

    def write(self, record: Directive) -> Directive:
        """Keep it."""
        return save_directive(self.store, record)


class RightsForm(RecordEntry):
    """Who was given the written information on rights, when and by whom."""

    title, act, done = "Written information on rights", "Keep", "Kept."

    def parts(self) -> Iterable[Item]:
        """To whom, in which language, when."""
        self._given = self.form(RightsGiven, "given_to", "given_name", "language", "at", "by", "note")
        words = (
            "The right to decide, to accept or refuse care, and to make directives, and what this facility does about"
            " them. Given to every adult; if the patient is not able, to family or representative, and again later."
        )
        return (self.group("Given", wrapped(words, "sec", "ink2"), self._given),)

    def arrange(self) -> None:
        """A name where it was not the patient."""
        other = self._given.editor("given_to").value() not in (None, GivenTo.PATIENT)
        self._given.field("given_name").setVisible(other)

    def write(self, record: RightsGiven) -> RightsGiven:
        """Keep it once."""
        return give_rights(self.store, record)
