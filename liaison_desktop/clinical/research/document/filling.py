"""From the record of a research consent to what its document says. Only the consent is asked: it holds what was shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.consents.document.content import Allergies, SummaryContent, SupportLine
from liaison_desktop.clinical.consents.document.filling import choice_line, teach_back_line
from liaison_desktop.clinical.consents.record import DecidedBy
from liaison_desktop.clinical.patients.record import birth_text, day_text
from liaison_desktop.clinical.research.document.content import NUMBER, ResearchContent, Told
from liaison_desktop.clinical.research.record import Authorisation, ResearchConsent, ResearchState
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.signatures import signature_line

UNNUMBERED = "Not yet numbered"
_NONE = "Not recorded"


def content_of(consent: ResearchConsent) -> ResearchContent:
    """The document of this consent, signed or not."""
    number, digest = consent.document_number or UNNUMBERED, consent.fingerprint or consent.content_fingerprint()
    combined = consent.authorisation is Authorisation.COMBINED
    return ResearchContent(
        common=_common(consent, number, digest),
        participant=(
            ("Participant", consent.shown_name or _NONE),
            ("Date of birth", birth_text(consent.shown_birth_date) or _NONE),
            (NUMBER, consent.shown_record_number or _NONE),
            ("Study", f"{consent.study_short}, {consent.protocol}"),
            ("Language", consent.language or _NONE),
        ),
        replaces=consent.replaces,
        lead=consent.lead,
        key=tuple(Told(point.heading, point.words) for point in consent.key_points),
        told=tuple(Told(part.heading, part.words) for part in consent.parts),
        authorisation=tuple(Told(line.part.label, line.words) for line in consent.authorisation_lines)
        if combined
        else (),
        footer=f"{consent.protocol} form v{consent.form_version} · {number} · fingerprint {digest[:8]} {digest[8:16]}",
    )


def _common(consent: ResearchConsent, number: str, digest: str) -> SummaryContent:
    return SummaryContent(
        title="Consent to take part in research",
        facility=consent.facility.strip() or "Hospital not recorded",
        facility_place=consent.unit,
        subtitle=f"{consent.study_name} · {_state(consent)}",
        document_number=number,
        patient_name=consent.shown_name,
        patient_born=birth_text(consent.shown_birth_date),
        patient_number=consent.shown_record_number,
        visit=consent.protocol,
        language=consent.language,
        allergies=Allergies.NONE_KNOWN,  # a research consent does not speak of allergies; its layout leaves them out
        plain_words=(consent.lead,),
        teach_back=tuple(teach_back_line(point) for point in consent.comprehension),
        choices=tuple(choice_line(choice) for choice in consent.choices),
        support=tuple(_support(consent)),
        signatures=tuple(signature_line(signature) for signature in consent.signatures),
        history=tuple(_history(consent)),
        form_code=consent.words_code,
        form_version=consent.words_version,
        fingerprint=digest,
        fingerprint_note="Of the record as it was completed. If any of its content were changed, these digits would differ."
        if consent.fingerprint
        else "Of the record as it stands now. It is not complete; its digits will change with each signature.",
        made=made_at(consent),
        record=consent.canonical(),
    )


def made_at(consent: ResearchConsent) -> datetime.datetime:
    """The record's own time: when it became complete, else its last signature, else when it was begun."""
    signed = [signature.signed_at for signature in consent.signatures if signature.signed_at]
    found = consent.active_at or (signed[-1] if signed else None) or consent.ready_at or consent.begun_at
    # The first 48 bits of an id are the milliseconds of its making.
    return found or datetime.datetime.fromtimestamp((consent.id.int >> 80) / 1000, datetime.UTC)


def _state(consent: ResearchConsent) -> str:
    if consent.state is ResearchState.DECLINED:
        return "declined"
    return f"signed {day_text(consent.signed_at.date())}" if consent.signed_at else "not yet signed"


def _support(consent: ResearchConsent) -> Iterator[SupportLine]:
    yield SupportLine(label="Whom to ask", text=f"{consent.investigator}, {consent.study_phone}")
    if consent.decided_by not in (None, DecidedBy.PATIENT):
        basis = consent.authority_basis.label if consent.authority_basis else _NONE
        seen = "document seen" if consent.document_seen else "document not seen"
        text = f"{consent.representative_name}, {consent.representative_relationship}. {basis}, {consent.authority_law}; {seen}."
        yield SupportLine(label="Legally authorised representative", text=text)
    if consent.assent is not None:
        yield SupportLine(label="The person themselves", text=f"{consent.assent.label}.")
    if consent.interpreter_needed and consent.interpreter_name.strip():
        how = consent.interpreter_modality.label.lower() if consent.interpreter_modality else ""
        number = f"ID {consent.interpreter_number}" if consent.interpreter_number else ""
        parts = (consent.interpreter_name, number, how, "qualified" if consent.interpreter_qualified else "")
        yield SupportLine(label="Interpreter", text=", ".join(filter(None, parts)))
    if consent.short_form:
        text = (
            f"Everything was told aloud in {consent.language}, by the summary that the review board approved, before the"
            f" impartial witness {consent.impartial_witness}. Each signature below stands under form and summary."
        )
        yield SupportLine(label="Short form", text=text)
    if consent.authorisation is Authorisation.SEPARATE:
        yield SupportLine(label="Use of your health information", text="You sign for this on its own form.")
    if consent.again is not None:
        yield SupportLine(label="Asked again", text=f"{consent.again.label}.")


def _history(consent: ResearchConsent) -> Iterator[str]:
    yield f"{consent.study_short}: protocol {consent.protocol}, {consent.sponsor}. {consent.board}, {consent.board_number}."
    until = f" until {day_text(consent.approved_to)}" if consent.approved_to else ""
    since = f", approved from {day_text(consent.approved_from)}{until}" if consent.approved_from else ""
    yield f"Consent form version {consent.form_version}{since}; words {consent.words_code} version {consent.words_version}."
    if consent.form_sha256:
        yield f"Approved form given, SHA-256: {grouped(consent.form_sha256)}"
    if consent.given_at is not None:
        signed = f"; signed {moment_text(consent.signed_at)}" if consent.signed_at else ""
        between = f"; {consent.minutes} minutes between" if consent.minutes is not None else ""
        yield f"Form given {moment_text(consent.given_at)}{signed}{between}."
    if consent.home_at is not None:
        yield f"Taken home {moment_text(consent.home_at)}."
    if consent.obtained_by:
        yield f"Obtained by {consent.obtained_by}, who was on the delegation log of the study."
    if consent.confirm_reason.strip():
        yield f"Gone on with a reason: {consent.confirm_reason}"
