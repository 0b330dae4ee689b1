"""Research: Consent in the scope of research, ResearchStudy, and ResearchSubject that points to its Consent."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator, Mapping

from liaison_desktop.clinical.consents.record import DecidedBy
from liaison_desktop.clinical.exchange.document.papers import signature_resource
from liaison_desktop.clinical.exchange.document.values import (
    HL7,
    Json,
    coding,
    concept,
    extension,
    moment,
    period,
    refer,
    resource,
    without_blanks,
)
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, ResearchWithdrawal
from liaison_desktop.clinical.research.rules import standing
from liaison_desktop.signing import Role

S = ResearchState
# R4 codes of Consent.status, and of ResearchSubject.status.
_CONSENT = {
    S.ACTIVE: "active",
    S.SIGNED: "proposed",
    S.DECLINED: "rejected",
    S.NOT_ELIGIBLE: "rejected",
    S.ENTERED_IN_ERROR: "entered-in-error",
}
_SUBJECT = {
    S.ACTIVE: "on-study",
    S.SIGNED: "pending-on-study",
    S.DECLINED: "not-registered",
    S.NOT_ELIGIBLE: "ineligible",
    S.WITHDRAWN: "withdrawn",
}


def research_resources(
    consents: Iterable[ResearchConsent],
    endings: Mapping[uuid.UUID, tuple[ResearchWithdrawal, ...]],
    ours: Facility | None,
    recorded: datetime.datetime,
) -> Iterator[Json]:
    """Each consent with its signatures, the studies once each, and where the person stands in each of them.

    A consent that a newer one replaced is told, and leads to no subject of its own.
    """
    studies: set[uuid.UUID] = set()
    for consent in consents:
        ended = endings.get(consent.id, ())
        state = standing(consent, ended)
        yield _consent(consent, ended, state, ours)
        if consent.signatures:
            yield signature_resource(consent, recorded)
        if consent.study_id is None:
            continue
        if consent.study_id not in studies:
            studies.add(consent.study_id)
            yield _study(consent, consent.study_id)
        if state in _SUBJECT:
            yield _subject(consent, state, ended)


def _consent(
    consent: ResearchConsent, ended: tuple[ResearchWithdrawal, ...], state: ResearchState, ours: Facility | None
) -> Json:
    signed = consent.signature(Role.PATIENT) or consent.signature(Role.REPRESENTATIVE)
    who = consent.patient_id if consent.decided_by in (None, DecidedBy.PATIENT) else consent.representative_id
    agreed = signed is not None and state in (S.ACTIVE, S.SIGNED)
    over = moment(ended[-1].withdrawn_at) if ended else None
    verified = without_blanks(
        {
            "verified": True,
            "verifiedWith": refer(who, signed.name_printed) if signed is not None else None,
            "verificationDate": moment(signed.signed_at) if signed is not None else None,
        }
    )
    prints = [extension("record-fingerprint", valueString=consent.fingerprint)] if consent.fingerprint else None
    return resource(
        "Consent",
        consent.id,
        extension=prints,
        identifier=[{"value": consent.document_number}] if consent.document_number else None,
        status=_CONSENT.get(state, "inactive"),
        scope=concept("", coding(HL7 + "consentscope", "research")),
        category=[concept("Consent to take part in research")],
        patient=refer(consent.patient_id),
        dateTime=moment(consent.active_at or consent.ready_at or consent.begun_at),
        performer=[refer(who, signed.name_printed)] if signed is not None else None,
        organization=[refer(ours.id, ours.name)] if ours is not None else None,
        policyRule=concept(f"{consent.protocol}, consent form version {consent.form_version}"),
        verification=[verified] if signed is not None else None,
        provision=without_blanks(
            {"type": "permit" if agreed else "deny", "period": period(moment(consent.active_at), over)}
        ),
    )


def _study(consent: ResearchConsent, study: uuid.UUID) -> Json:
    return resource(
        "ResearchStudy",
        study,
        identifier=[{"value": consent.protocol}],
        title=consent.study_name,
        status="active",
        sponsor={"display": consent.sponsor} if consent.sponsor else None,
        principalInvestigator={"display": consent.investigator} if consent.investigator else None,
    )


def _subject(consent: ResearchConsent, state: ResearchState, ended: tuple[ResearchWithdrawal, ...]) -> Json:
    until = moment(ended[-1].withdrawn_at) if ended else None
    return resource(
        "ResearchSubject",
        uuid.uuid5(consent.id, "subject"),
        status=_SUBJECT[state],
        period=period(moment(consent.active_at), until) or None,
        study=refer(consent.study_id, consent.study_short),
        individual=refer(consent.patient_id),
        consent=refer(consent.id),
    )
