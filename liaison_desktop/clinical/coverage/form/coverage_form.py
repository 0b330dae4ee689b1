"""Entering a coverage, as its card shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liaison_desktop.clinical.coverage.actions import save_coverage
from liaison_desktop.clinical.coverage.record import Coverage, PlanType, Subscriber, SubscriberIs
from liaison_desktop.clinical.coverage.rules import coverage_faults
from liaison_desktop.clinical.coverage.rules.covering import MEDICARE
from liaison_desktop.clinical.patients.form import RecordEntry
from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.layout import Item


class CoverageForm(RecordEntry):
    """A new coverage, or other words in one."""

    title, act, done = "Coverage", "Save coverage", "Coverage saved."

    def parts(self) -> Iterable[Item]:
        """Payer and numbers, who holds it, and when it runs."""
        self._payer = self.form(
            Coverage,
            (("payer", 3), ("payer_phone", 2)),
            "plan_type",
            (("member_id", 3), ("group_number", 2)),
            editors={"plan_type": ComboEditor(PlanType)},
        )
        whose: Any = self._base
        self._photos = self.form(
            Coverage,
            "card_front",
            "card_back",
            editors={
                "card_front": attachment_strip(self.desk, whose.patient, most_files=2, word="Add the front"),
                "card_back": attachment_strip(self.desk, whose.patient, most_files=2, word="Add the back"),
            },
        )
        self._holder = self.form(
            Subscriber,
            "relation",
            (("name", 3), ("birth_date", 2)),
            "employer",
            under="subscriber",
            editors={"relation": ComboEditor(SubscriberIs), "birth_date": PartialEditor()},
        )
        self._dates = self.form(
            Coverage, ("effective_from", "effective_to"), "plan_year_month", hints={"plan_year_month": "1 is January"}
        )
        self._medicare = self.form(Coverage, "msp_screen")
        self._medicare_card = self.group("Medicare", self._medicare)
        return (
            self.group("As the card shows it", self._payer),
            self.group("Photos of the card", self._photos),
            self.group("Who holds the policy", self._holder),
            self.group("When it runs", self._dates),
            self._medicare_card,
        )

    def arrange(self) -> None:
        """The holder's name where it is somebody else; a number that looks wrong is said while it is typed."""
        other = self._holder.editor("relation").value() not in (None, SubscriberIs.SELF)
        for name in ("name", "birth_date"):
            self._holder.field(name).setVisible(other)
        self._medicare_card.setVisible(self._payer.editor("plan_type").value() in MEDICARE)
        self.show_warnings(coverage_faults(self.read(), policy_of(self.store), today=self.desk.today()))

    def write(self, record: Coverage) -> Coverage:
        """Keep it."""
        return save_coverage(self.store, record)
