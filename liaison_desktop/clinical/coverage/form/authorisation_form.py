"""Entering an authorisation, and each step of it: what its status needs stands open, the rest is out of the way."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.clinical.coverage.actions import save_authorisation
from liaison_desktop.clinical.coverage.record import Authorisation, AuthorisationStatus
from liaison_desktop.clinical.coverage.rules import NEXT, authorisation_faults
from liaison_desktop.clinical.coverage.rules.authorising import BEGINS
from liaison_desktop.clinical.patients.form import RecordEntry
from liaison_desktop.clinical.patients.form.fields import ShortTextsEditor
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.layout import Item
from liaison_desktop.ui.suggest import ChoiceLine, Option

A = AuthorisationStatus
_ANSWERED = (A.APPROVED, A.PARTIALLY_APPROVED, A.EXPIRED)
_REFUSED = (A.DENIED, A.APPEALED, A.P2P_REQUESTED, A.PARTIALLY_APPROVED)


class AuthorisationForm(RecordEntry):
    """A new authorisation, or the next step of one."""

    title, act, done = "Authorisation", "Save authorisation", "Authorisation saved."

    def parts(self) -> Iterable[Item]:
        """Status first; then what it needs."""
        held: Authorisation = self._base  # type: ignore[assignment]
        after = NEXT[held.status] | {held.status} if held.version is not None else frozenset(BEGINS)
        options = [Option(status, status.label) for status in A if status in after]
        self._status = self.form(
            Authorisation,
            "status",
            "service",
            "codes",
            "note",
            editors={
                "status": ChoiceLine(options),
                "codes": ShortTextsEditor(placeholder="45378; another"),
            },
        )
        self._sent = self.form(
            Authorisation,
            "submitted_at",
            "submitted_by",
            "reference",
            "reviewer",
            ("reviewer_phone", "reviewer_fax"),
        )
        self._approved = self.form(
            Authorisation,
            "number",
            ("approved_from", "approved_to"),
            (("units", 1), ("unit", 3)),
            ("units_used",),
            "review_due",
        )
        self._denied = self.form(Authorisation, "denial_reason", "peer_until", "peer_by", "peer_at", "appeal_until")
        self._sent_card = self.group("Submitted", self._sent)
        self._approved_card = self.group("Approved", self._approved)
        self._denied_card = self.group("Denied", self._denied)
        return (
            self.group("How far it is", self._status),
            self._sent_card,
            self._approved_card,
            self._denied_card,
        )

    def arrange(self) -> None:
        """Open what the status needs; what was filled in once stays open."""
        now: Authorisation = self.read()
        self._sent_card.setVisible(now.status not in (A.NOT_REQUIRED, A.TO_SUBMIT) or now.submitted_at is not None)
        self._approved_card.setVisible(now.status in _ANSWERED or bool(now.number))
        self._denied_card.setVisible(now.status in _REFUSED or bool(now.denial_reason))
        self.show_warnings(authorisation_faults(now, policy_of(self.store)))

    def write(self, record: Authorisation) -> Authorisation:
        """Keep it, with its step."""
        return save_authorisation(self.store, record)
