"""A call to a payer, in the order in which it goes (W7): who and which call first, so that a dropped one still counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.coverage.actions import record_verification
from liaison_desktop.clinical.coverage.form.days import DaysTable
from liaison_desktop.clinical.coverage.form.editors import MoneyEditor, ShareEditor
from liaison_desktop.clinical.coverage.form.worked_out import WorkedOut
from liaison_desktop.clinical.coverage.record import (
    Asked,
    CopayPer,
    Coverage,
    CoverageVerification,
    Method,
    Outcome,
)
from liaison_desktop.clinical.coverage.rules import verification_faults
from liaison_desktop.clinical.patients.form import RecordEntry
from liaison_desktop.clinical.patients.record import Patient, birth_text, full_name
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import Item
from liaison_desktop.ui.segmented import Segmented

SAID = tuple(outcome for outcome in Outcome if outcome is not Outcome.DROPPED)


class OutcomeEditor(Segmented):
    """What the payer said. That a call dropped is a button of its own, and no answer of the payer."""

    def __init__(self) -> None:
        super().__init__([(outcome, outcome.label) for outcome in SAID])

    def complaint(self) -> str:
        """A choice can always be read."""
        return ""


class VerificationForm(RecordEntry):
    """One verification, from the first words of the call to what the patient was told."""

    title, act, done = "Verify coverage", "Keep verification", "Verification kept."

    def parts(self) -> Iterable[Item]:
        """In call order."""
        said = CoverageVerification
        self._who = self.form(said, (("representative", 3), ("call_reference", 2)), "no_reference", "portal_reference")
        self._how = self.form(said, "method", "at")
        self._active = self.form(said, "outcome", "network", editors={"outcome": OutcomeEditor()})
        self._service = self.form(said, "service", "covered", "prior_stay", ("last_discharge",), "exclusions")
        self._amounts = self.form(
            said,
            "amounts_for",
            ("deductible_total", "deductible_met"),
            ("limit_total", "limit_met"),
            (("copay", 2), ("copay_per", 3)),
            ("coinsurance",),
            editors={
                **{
                    name: MoneyEditor()
                    for name in ("deductible_total", "deductible_met", "limit_total", "limit_met", "copay")
                },
                "coinsurance": ShareEditor(),
            },
        )
        self._days = DaysTable()
        self._days.changed.connect(self.heard)
        self._asks = self.form(said, "authorisation", "referral", "referral_number")
        self._cost = self.form(
            said, ("allowed", "expected_units"), "disclaimer_given", "patient_words", "financial",
            editors={"allowed": MoneyEditor()},
        )  # fmt: skip
        self._end = self.form(said, "valid_until", "note", hints={"valid_until": "7 days unless you say otherwise"})
        return (
            self.group("First: who, and which call", self._who, right=self._drop_button()),
            self.group("How and when", self._how),
            self.group("Is it active?", self._active),
            self.group("What you asked about", self._service),
            self.group("Amounts", self._amounts),
            self.group("Days and visits", self._days),
            self.group("Authorisation and referral", self._asks),
            self.group("What it may cost the patient", self._cost),
            self.group("Before you hang up", self._end),
        )

    def _drop_button(self) -> QWidget:
        self.drop = button("Call dropped", "danger_line", "phone", small=True, on_click=self.dropped)
        self.drop.setToolTip("Keeps what was said, and asks for another call (F9)")
        QShortcut(QKeySequence("F9"), self, self.dropped)
        return self.drop

    def side(self) -> QWidget:
        """What is left, and the estimate."""
        self.worked_out = WorkedOut(policy_of(self.store), self._at_hand())
        return self.worked_out

    def _at_hand(self) -> tuple[tuple[str, str], ...]:
        """What a payer asks for first: number, holder, birth dates."""
        said: Any = self._base
        coverage, patient = self.store.find(Coverage, said.coverage), self.store.find(Patient, said.patient)
        if coverage is None or patient is None:
            return ()
        holder = coverage.subscriber
        return (
            (coverage.payer, coverage.payer_phone or "No phone recorded"),
            ("Member number", coverage.member_id),
            ("Group number", coverage.group_number),
            ("Patient", f"{full_name(patient)}, {birth_text(patient.birth_date)}"),
            ("Policy held by", ", ".join(filter(None, (holder.name, birth_text(holder.birth_date))))),
        )

    def show_record(self, record: CoverageVerification) -> None:
        """With its days."""
        super().show_record(record)
        self._days.set_rows(record.days)

    def read(self) -> CoverageVerification:
        """With its days."""
        made: CoverageVerification = msgspec.structs.replace(super().read(), days=self._days.rows())
        return made

    def unread(self) -> tuple[Fault, ...]:
        """The days too."""
        return (*super().unread(), *self._days.unread())

    def show_faults(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """The days too."""
        held = tuple(faults)
        days = tuple(fault for fault in held if fault.field.startswith("days."))
        self._days.show_faults(days)
        return super().show_faults(fault for fault in held if fault not in days)

    def arrange(self) -> None:
        """Only the references of how it was asked; what is left, as it is typed."""
        said = self.read()
        phone = said.method is Method.PHONE
        for name in ("representative", "call_reference", "no_reference"):
            self._who.field(name).setVisible(phone)
        self._who.field("portal_reference").setVisible(said.method in (Method.PORTAL, Method.EDI271))
        self.drop.setVisible(phone)
        self._asks.field("referral_number").setVisible(said.referral is Asked.YES)
        self._cost.field("expected_units").setVisible(said.copay_per in (CopayPer.DAY, CopayPer.VISIT))
        self.worked_out.show_verification(said)
        self.show_warnings(verification_faults(said, policy_of(self.store), now=self.desk.clock()))

    def dropped(self) -> None:
        """The call broke off: what was said so far is kept as such, and a task asks for another call."""
        if self._who.field("representative").isVisibleTo(self):
            self.save_as(msgspec.structs.replace(self.read(), outcome=Outcome.DROPPED))

    def write(self, record: CoverageVerification) -> CoverageVerification:
        """Keep it once."""
        if record.outcome is Outcome.DROPPED:
            self.done = "Dropped call kept. A task asks for another call."
        return record_verification(self.store, record)
