"""The coverage tab of a chart: payers in their order, what each said, and what was authorised."""

from __future__ import annotations

import functools
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.coverage.actions import (
    begin_verification,
    end_coverage,
    note_exported,
    note_printed,
    pay_earlier,
    standings,
)
from liaison_desktop.clinical.coverage.form.authorisation_form import AuthorisationForm
from liaison_desktop.clinical.coverage.form.cards import authorisation_row, coverage_card, said_pairs, said_row
from liaison_desktop.clinical.coverage.form.coverage_form import CoverageForm
from liaison_desktop.clinical.coverage.form.verification_form import VerificationForm
from liaison_desktop.clinical.coverage.form.worked_out import estimate_items
from liaison_desktop.clinical.coverage.queries import authorisations_of, coverages_of, verifications_of
from liaison_desktop.clinical.coverage.record import Authorisation, Coverage, CoverageVerification
from liaison_desktop.clinical.coverage.rules import Standing, estimate_of
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.patients.form import FormPane, ReadingPane
from liaison_desktop.clinical.patients.form.read_only import facts_grid
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import Item, card, column, row, scroll


class CoveragePane(FormPane):
    """What is known of coverage, and the forms of calls, cards and authorisations in its place."""

    kinds: ClassVar[frozenset[str]] = frozenset({Coverage.kind, CoverageVerification.kind, Authorisation.kind})

    # ---- what is shown

    def overview(self) -> QWidget:
        """Payers at the left, authorisations and calls at the right."""
        store, patient = self.desk.store, self.patient.id
        held = standings(store, patient, self.desk.today())
        if not held and not coverages_of(store, patient, ended=True):
            return EmptyState(
                "No coverage yet.",
                "Add what the card shows, then call the payer from here.",
                "Add coverage",
                "plus",
                self.add,
            )
        add = self.opener("Add coverage", "add", self.add, icon="plus")
        left = [coverage_card(standing, self._buttons(place, standing)) for place, standing in enumerate(held)]
        return scroll(
            row(
                (column(row(None, add), *left, *self._ended(), None, gap=12), 3),
                (column(self._authorisations(held), self._calls(), None, gap=12), 2),
                gap=12,
                margins=(24, 12, 24, 24),
            )
        )

    def _buttons(self, place: int, standing: Standing) -> list[QWidget]:
        coverage = standing.coverage
        if coverage is None:
            return []
        key, weight = coverage.id, "primary" if place == 0 else "secondary"
        words = "Verify again" if standing.said is not None else "Verify"
        if self.drafted(f"coverage_verification/{key}"):
            words = "Go on with the call"
        found: list[QWidget] = [
            self.opener(words, f"verify/{key}", functools.partial(self.verify, coverage), weight, "phone"),
            self.opener("Change", f"change/{key}", functools.partial(self.change, coverage), icon="pencil"),
        ]
        if place > 0:
            up = functools.partial(self._earlier, coverage)
            found.append(self.opener("Pays earlier", f"up/{key}", up, "quiet", "arrow-up"))
        end = functools.partial(self._ask_end, coverage)
        found.append(self.opener("No longer used", f"end/{key}", end, "quiet"))
        return found

    def _ended(self) -> list[QWidget]:
        over = [one for one in coverages_of(self.desk.store, self.patient.id, ended=True) if not one.used]
        rows = [CardRow(one.payer, one.ended_reason, "minus") for one in over]
        return [list_card("No longer used", *rows)] if rows else []

    def _authorisations(self, held: tuple[Standing, ...]) -> QWidget:
        found = authorisations_of(self.desk.store, self.patient.id)
        rows = [authorisation_row(one, functools.partial(self.step, one)) for one in reversed(found)]
        add = self.opener("Add", "authorise", self.authorise, "link")
        add.setAccessibleName("Add authorisation")
        add.setEnabled(bool(held))
        none = CardRow("None yet", "" if held else "Add the coverage first", "minus")
        return list_card("Authorisations", *(rows or [none]), right=add)

    def _calls(self) -> QWidget:
        store = self.desk.store
        payers = {one.id: one.payer for one in coverages_of(store, self.patient.id, ended=True)}
        rows = [
            said_row(said, payers.get(said.coverage, "") if said.coverage else "", functools.partial(self.read, said))
            for said in verifications_of(store, self.patient.id)
        ]
        return list_card("Calls and checks", *(rows or [CardRow("Nobody has asked yet", "", "minus")]))

    # ---- what can be done

    def add(self) -> None:
        """A new coverage."""
        made = Coverage(patient=self.patient.id)
        self.open_form(CoverageForm(self.desk, made, f"coverage/new/{self.patient.id}"))

    def change(self, coverage: Coverage) -> None:
        """Other words in a coverage."""
        self.open_form(CoverageForm(self.desk, coverage, f"coverage/{coverage.id}"))

    def verify(self, coverage: Coverage) -> None:
        """A call to the payer, begun now or taken up."""
        key = f"coverage_verification/{coverage.id}"
        self.open_form(VerificationForm(self.desk, begin_verification(self.desk.store, coverage), key))

    def verify_first(self) -> None:
        """A call to the payer that pays first; without one, the form of a coverage."""
        held = coverages_of(self.desk.store, self.patient.id)
        if held:
            self.verify(held[0])
        else:
            self.add()

    def authorise(self) -> None:
        """A new authorisation under the coverage that pays first."""
        store, patient = self.desk.store, self.patient.id
        first, episode = coverages_of(store, patient)[0], current_episode(store, patient)
        made = Authorisation(coverage=first.id, patient=patient, episode=episode.id if episode is not None else None)
        self.open_form(AuthorisationForm(self.desk, made, f"authorisation/new/{patient}"))

    def step(self, one: Authorisation) -> None:
        """The next step of an authorisation."""
        self._opened_by = f"authorisation/{one.id}"
        self.open_form(AuthorisationForm(self.desk, one, f"authorisation/{one.id}"))

    def _earlier(self, coverage: Coverage) -> None:
        pay_earlier(self.desk.store, coverage)
        self.close_form()

    def _ask_end(self, coverage: Coverage) -> None:
        asked = Confirm(
            "No longer used", "What was said about it stays.", "No longer used", reason="Why it is no longer used"
        )

        def end(reason: str) -> None:
            end_coverage(self.desk.store, coverage, reason)
            self.close_form()

        asked.accepted.connect(end)
        asked.rejected.connect(self.close_form)
        self.show_instead(scroll(column(asked, None, margins=(24, 12, 24, 24))))
        asked.setFocus()

    def read(self, said: CoverageVerification) -> None:
        """Everything that was said on one call."""
        store = self.desk.store
        coverage = next(
            (one for one in coverages_of(store, self.patient.id, ended=True) if one.id == said.coverage), None
        )
        estimate = estimate_of(said)
        shown = ReadingPane("What the payer said")
        said_card = card(facts_grid(said_pairs(said)), gap=10)
        body: list[Item] = [(column(said_card, None), 3)]
        if estimate is not None and coverage is not None:
            paper = button(
                "Estimate on paper", icon="printer", small=True, on_click=lambda: self.show_estimate(said, coverage)
            )
            side = card(*estimate_items(estimate, policy_of(store)), row(paper, None), gap=8)
            body.append((column(side, None), 2))
        shown.fill(scroll(row(*body, gap=12, margins=(24, 12, 24, 24))))
        shown.closed.connect(self.close_form)
        self.show_instead(shown)

    def show_estimate(self, said: CoverageVerification, coverage: Coverage) -> None:
        """The estimate as it is printed for the patient."""
        from liaison_desktop.clinical.coverage.document import estimate_document

        desk, patient = self.desk, self.patient
        place = own_facility(desk.store)
        paper = estimate_document(said, coverage, patient, policy_of(desk.store), place=place.name if place else "")
        preview, shown = Preview(), ReadingPane("Estimate for the patient")
        preview.print_asked.connect(
            lambda: print_copy(
                desk,
                paper.content,
                lambda how: note_printed(desk.store, said, how),
                lambda: require(desk.store, "print"),
            )
        )
        preview.save_asked.connect(
            lambda: save_copy(
                desk,
                paper.content,
                paper.file_name,
                lambda: note_exported(desk.store, said),
                lambda: require(desk.store, "export"),
            )
        )
        preview.show_document(paper.content, "Estimate for the patient")
        shown.fill(preview)
        shown.closed.connect(self.close_form)
        self.show_instead(shown)
        preview.setFocus()
