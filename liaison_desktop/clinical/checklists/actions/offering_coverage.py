"""What the chart knows of coverage, offered to the insurance verification and to the screening with its source and day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liaison_desktop.clinical.coverage.actions import coverage_standing
from liaison_desktop.clinical.coverage.queries import authorisations_of
from liaison_desktop.clinical.coverage.record import (
    AuthorisationStatus,
    Coverage,
    CoverageVerification,
    Method,
    Outcome,
)
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store

Offer = tuple[str, Any, str]
_METHOD = {Method.EDI271: "edi", Method.CARD_ONLY: "card"}
_STATUS = {AuthorisationStatus.PARTIALLY_APPROVED: "partial"}
# The state of an authorisation in the screening.
_SCREENED = {
    AuthorisationStatus.NOT_REQUIRED: "not-required",
    AuthorisationStatus.TO_SUBMIT: "to-submit",
    AuthorisationStatus.SUBMITTED: "submitted",
    AuthorisationStatus.PENDED: "submitted",
    AuthorisationStatus.P2P_REQUESTED: "submitted",
    AuthorisationStatus.APPROVED: "approved",
    AuthorisationStatus.PARTIALLY_APPROVED: "approved",
    AuthorisationStatus.DENIED: "denied",
}


def known_coverage(store: Store, patient: Patient) -> Iterator[Offer]:
    """The card of who pays first, what was said on the last call, and how far the authorisation is."""
    standing = coverage_standing(store, patient.id, store.clock().date())
    coverage, said = standing.coverage, standing.said
    if coverage is None:
        return
    yield from _card(coverage)
    if said is not None:
        yield from _said(said, f"Coverage, {standing.words.lower()}")
    held = [one for one in authorisations_of(store, patient.id) if one.coverage == coverage.id]
    if held:
        source = "Authorisations"
        yield "I24", _STATUS.get(held[-1].status, held[-1].status.value), source
        yield "I25", _text(held[-1].number), source


def _card(coverage: Coverage) -> Iterator[Offer]:
    source, holder = "Coverage", coverage.subscriber
    yield "I1.payer", _text(coverage.payer), source
    yield "I1.plan", coverage.plan_type.value if coverage.plan_type is not None else "", source
    yield "I1.member", _text(coverage.member_id), source
    yield "I1.group", _text(coverage.group_number), source
    yield "I1.subscriber", _text(holder.name), source
    yield "I1.relation", holder.relation.value if holder.relation is not None else "", source
    yield "I1.phone", _text(coverage.payer_phone), source


def _said(said: CoverageVerification, source: str) -> Iterator[Offer]:
    if said.method is not None:
        yield "I3", _METHOD.get(said.method, said.method.value), source
    yield "I5", _text(said.representative), source
    yield "I6a", "given" if said.call_reference else "refused" if said.no_reference else "", source
    yield "I6", _text(said.call_reference), source
    yield "I7", _text(said.portal_reference), source
    if said.outcome is not None and said.outcome is not Outcome.DROPPED:
        yield "I8", said.outcome.value.replace("_", "-"), source
    yield "I9", said.network.value if said.network is not None else "", source
    yield "I21", said.authorisation.value if said.authorisation is not None else "", source


def known_payer(store: Store, patient: Patient) -> Iterator[Offer]:
    """Who pays first, and how far the authorisation is, for the screening."""
    standing = coverage_standing(store, patient.id, store.clock().date())
    if standing.coverage is None:
        return
    source = f"Coverage, {standing.words.lower()}"
    yield "S9a", _text(standing.coverage.payer), source
    held = [one for one in authorisations_of(store, patient.id) if one.coverage == standing.coverage.id]
    yield "S9b", _SCREENED.get(held[-1].status, "") if held else "", source


def _text(text: str) -> tuple[str, str] | str:
    return ("valueString", text) if text else ""
