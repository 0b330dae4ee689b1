"""Papers: Consent with its signatures as Provenance, QuestionnaireResponse, DocumentReference."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterable, Iterator

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal, DecidedBy
from liaison_desktop.clinical.consents.rules import standing
from liaison_desktop.clinical.exchange.document.values import (
    HL7,
    OWN_CODES,
    Json,
    coding,
    concept,
    extension,
    moment,
    period,
    refer,
    resource,
    urn,
    without_blanks,
)
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.clinical.referrals.record import ReferralDocument
from liaison_desktop.clinical.research.record import ResearchConsent
from liaison_desktop.signing import Role, Signature

_CONSENT = {
    ConsentState.ACTIVE: "active",
    ConsentState.SIGNED: "proposed",
    ConsentState.WITNESSED: "proposed",
    ConsentState.REFUSED: "rejected",
    ConsentState.ENTERED_IN_ERROR: "entered-in-error",
}
# ASTM E1762-95: what a signature is for.
_MEANING = {
    Role.PATIENT: ("1.2.840.10065.1.12.1.7", "Consent Signature"),
    Role.REPRESENTATIVE: ("1.2.840.10065.1.12.1.7", "Consent Signature"),
    Role.WITNESS: ("1.2.840.10065.1.12.1.11", "Consent Witness Signature"),
    Role.SECOND_WITNESS: ("1.2.840.10065.1.12.1.11", "Consent Witness Signature"),
    Role.INTERPRETER: ("1.2.840.10065.1.12.1.12", "Interpreter Signature"),
    Role.PRACTITIONER: ("1.2.840.10065.1.12.1.5", "Verification Signature"),
    Role.PERSON_OBTAINING: ("1.2.840.10065.1.12.1.5", "Verification Signature"),
    Role.RN_REVIEWER: ("1.2.840.10065.1.12.1.8", "Review Signature"),
    Role.PHYSICIAN_CONCURRENCE: ("1.2.840.10065.1.12.1.2", "Coauthor's Signature"),
}


def consent_resource(
    consent: Consent, endings: Iterable[ConsentWithdrawal], today: datetime.date, ours: Facility | None
) -> Json:
    """Consent. R4 asks for a policy rule (invariant ppc-1): the form with its version, as it was shown."""
    who = consent.representative_id if consent.decided_by is not DecidedBy.PATIENT else consent.patient_id
    signed = next((one for one in consent.signatures if one.role in (Role.PATIENT, Role.REPRESENTATIVE)), None)
    agreed = signed is not None and consent.state is not ConsentState.REFUSED
    verified = without_blanks(
        {
            "verified": True,
            "verifiedWith": refer(who, signed.name_printed) if signed is not None else None,
            "verificationDate": moment(signed.signed_at) if signed is not None else None,
        }
    )
    return resource(
        "Consent",
        consent.id,
        extension=[extension("record-fingerprint", valueString=consent.fingerprint)] if consent.fingerprint else None,
        identifier=[{"value": consent.document_number}] if consent.document_number else None,
        status=_CONSENT.get(standing(consent, endings, today), "inactive"),
        scope=concept("", coding(HL7 + "consentscope", "treatment")),
        category=[concept(consent.title_as_signed)],
        patient=refer(consent.patient_id),
        dateTime=moment(consent.active_at or consent.ready_at or consent.begun_at),
        performer=[refer(who, signed.name_printed)] if signed is not None else None,
        organization=[refer(ours.id, ours.name)] if ours is not None else None,
        policyRule=concept(f"{consent.template_code}, version {consent.template_version}"),
        verification=[verified] if agreed else None,
        provision=without_blanks(
            {
                "type": "permit" if agreed else "deny",
                "period": period(None, consent.valid_until.isoformat() if consent.valid_until else None),
            }
        ),
    )


def signature_resource(consent: Consent | ResearchConsent, recorded: datetime.datetime) -> Json:
    """Provenance that carries the signatures of one consent; the ink stays in the record that is printed."""
    agents = [{"who": _signer(consent, one), "type": concept(one.role.label)} for one in consent.signatures]
    return resource(
        "Provenance",
        uuid.uuid5(consent.id, "signatures"),
        target=[refer(consent.id)],
        recorded=moment(consent.active_at or recorded),
        activity=concept("Signed"),
        agent=agents,
        signature=[_signature(consent, one) for one in consent.signatures],
    )


def _signer(consent: Consent | ResearchConsent, one: Signature) -> Json:
    if one.role is Role.PATIENT:
        return refer(consent.patient_id, one.name_printed)
    person = consent.representative_id if one.role is Role.REPRESENTATIVE else None
    return refer(person, one.name_printed)


def _signature(consent: Consent | ResearchConsent, one: Signature) -> Json:
    code, display = _MEANING.get(one.role, ("1.2.840.10065.1.12.1.1", "Author's Signature"))
    return without_blanks(
        {
            "extension": [
                extension("signature-meaning", valueString=one.meaning),
                extension("signature-shown-sha256", valueString=one.shown_sha256),
            ],
            "type": [coding("urn:iso-astm:E1762-95:2013", code, display)],
            "when": moment(one.signed_at),
            "who": _signer(consent, one),
        }
    )


def checklist_resource(checklist: Checklist) -> Json:
    """QuestionnaireResponse: the answers as they are stored, under the version of the form they were given to."""
    held: Json = json.loads(checklist.content or "{}")
    held.update(
        resourceType="QuestionnaireResponse",
        id=str(checklist.id),
        questionnaire=f"{checklist.form_url}|{checklist.form_version}"
        if checklist.form_version
        else checklist.form_url,
        status=checklist.status.value,
        subject=refer(checklist.patient),
    )
    held.setdefault("authored", moment(checklist.completed_at or checklist.started_at))
    if checklist.author:
        held["author"] = {"display": checklist.author}
    return without_blanks(held)


def document_resources(documents: Iterable[ReferralDocument]) -> Iterator[Json]:
    """DocumentReference for each document of the packet: what it is, its pages and its SHA-256, without the file."""
    for paper in documents:
        kind = paper.document
        content = without_blanks(
            {
                "extension": [extension("sha256", valueString=paper.file_sha256)] if paper.file_sha256 else None,
                "contentType": "application/pdf" if paper.file_sha256 else None,
                "title": ", ".join(filter(None, (paper.title(), paper.facts()))),
            }
        )
        yield resource(
            "DocumentReference",
            paper.id,
            status="current",
            type=concept(paper.title(), coding(OWN_CODES + "referral-document", kind.value)) if kind else None,
            subject=refer(paper.patient),
            date=moment(paper.received_at),
            description=paper.note or None,
            content=[{"attachment": content}],
        )


def bundle_resource(id: uuid.UUID, targets: Iterable[str], recorded: datetime.datetime, who: str, by: str) -> Json:
    """Provenance of the whole: who gathered it, when, on which application."""
    return resource(
        "Provenance",
        id,
        target=[{"reference": urn(uuid.UUID(target))} for target in targets],
        recorded=moment(recorded),
        activity=concept("Gathered for another system"),
        agent=[
            {"type": concept("Author"), "who": {"display": who}},
            {"type": concept("Assembler"), "who": {"display": by}},
        ],
    )
