"""From the record of a consent to the content of its summary. Only the consent is asked: it holds what was shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

import msgspec

from liaison_desktop.clinical.consents.document.content import (
    Allergies,
    ChoiceLine,
    Clarity,
    MedicineLine,
    Second,
    SecondText,
    SummaryContent,
    TeachBackLine,
    TopicLine,
)
from liaison_desktop.clinical.consents.document.history import history_lines
from liaison_desktop.clinical.consents.document.release import release_lines
from liaison_desktop.clinical.consents.document.support import support_lines
from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import (
    WORD,
    Answer,
    Choice,
    Consent,
    ConsentState,
    DecidedBy,
    Laterality,
    TeachBack,
    TeachBackState,
)
from liaison_desktop.clinical.patients.record import AllergyAssertion, birth_text, day_text
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.signatures import SignatureLine, signature_line
from liaison_desktop.signing import Role

_CLARITY = {
    TeachBackState.OK_FIRST: Clarity.FIRST,
    TeachBackState.OK_AFTER_RETEACH: Clarity.AGAIN,
    TeachBackState.NOT_OK: Clarity.NOT_YET,
    TeachBackState.DECLINED: Clarity.DECLINED,
    TeachBackState.NOT_DONE: Clarity.NOT_ASKED,
}
_ANSWERS = {Answer.YES: True, Answer.NO: False}
_SIDES = {Laterality.LEFT: "left side", Laterality.RIGHT: "right side", Laterality.BOTH: "both sides"}
UNNUMBERED = "Not yet numbered"


def content_of(consent: Consent, scans: Mapping[str, bytes] | None = None) -> SummaryContent:
    """The summary of this consent, signed or not. `scans` as in `signature_line`."""
    second = _second(consent)
    return SummaryContent(
        facility=consent.facility.strip() or "Hospital not recorded",
        facility_place=" · ".join(part for part in (consent.unit, consent.facility_phone) if part.strip()),
        subtitle=_subtitle(consent),
        document_number=consent.document_number or UNNUMBERED,
        patient_name=consent.shown_name,
        patient_born=birth_text(consent.shown_birth_date),
        patient_number=consent.shown_record_number,
        visit=consent.shown_visit,
        language=consent.language,
        allergies=_allergies(consent),
        # The box is labelled already: "Allergies not recorded" reads "Not recorded" in it.
        allergy_text=_begun_large(consent.shown_allergies.strip().removeprefix("Allergies ")),
        plain_words=tuple(part.strip() for part in consent.plain_words.split("\n\n") if part.strip()),
        title=catalogue().of(consent.type).heading,
        release=tuple(release_lines(consent)),
        topics=tuple(
            TopicLine(topic=topic.heading, told=topic.words, covered=topic.covered_by, place=f"topics.{topic.code}")
            for topic in consent.topics
        ),
        teach_back=tuple(teach_back_line(point) for point in consent.teach_back),
        medicines=tuple(
            MedicineLine(
                medicine=medicine.name,
                taken=medicine.how_taken,
                instruction=medicine.what_to_do,
                urgent=medicine.alert,
            )
            for medicine in consent.medicines
        ),
        choices=tuple(choice_line(choice) for choice in consent.choices),
        support=tuple(support_lines(consent)),
        signatures=(
            *(_in_both(signature_line(signature, scans), second) for signature in consent.signatures),
            *_refusal(consent),
        ),
        history=tuple(history_lines(consent)),
        form_code=consent.template_code,
        form_version=consent.template_version,
        fingerprint=consent.fingerprint or consent.content_fingerprint(),
        fingerprint_note=_fingerprint_note(consent),
        record=consent.canonical(),
        second=second,
        made=made_at(consent),
    )


def _refusal(consent: Consent) -> Iterator[SignatureLine]:
    """Who said no signs nothing; the page says so where a signature would stand."""
    if consent.state is not ConsentState.REFUSED or consent.signatures:
        return
    represented = consent.decided_by not in (None, DecidedBy.PATIENT) and consent.representative_name.strip()
    yield SignatureLine(
        role=(Role.REPRESENTATIVE if represented else Role.PATIENT).label,
        name=consent.representative_name if represented else consent.shown_name,
        moment=moment_text(consent.refused_at, consent.refused_at.tzname() or "" if consent.refused_at else ""),
        method="said no; nobody signed",
        meaning="I do not agree",
        stand_in="Refused",
    )


def _second(consent: Consent) -> Second | None:
    if consent.second_language is None:
        return None
    return Second(
        language=consent.second_language.value,
        words={row.heading: row.words for row in consent.translation if row.place == WORD},
        texts={
            row.place: SecondText(heading=row.heading, words=row.words)
            for row in consent.translation
            if row.place != WORD
        },
        reviewed=bool(consent.translation_reviewed),
    )


def _in_both(line: SignatureLine, second: Second | None) -> SignatureLine:
    """A signature whose role and meaning are said twice."""
    said = {
        name: f"{text} · {second.words[text]}"
        for name, text in (("role", line.role), ("meaning", line.meaning))
        if second is not None and text in second.words
    }
    return msgspec.structs.replace(line, **said)


def made_at(consent: Consent) -> datetime.datetime:
    """The record's own time: when it became complete, else its last signature, else when it was begun."""
    signed = [signature.signed_at for signature in consent.signatures if signature.signed_at]
    found = (
        consent.active_at
        or consent.refused_at
        or (signed[-1] if signed else None)
        or consent.ready_at
        or consent.begun_at
    )
    # The first 48 bits of an id are the milliseconds of its making.
    return found or datetime.datetime.fromtimestamp((consent.id.int >> 80) / 1000, datetime.UTC)


def _subtitle(consent: Consent) -> str:
    side = _SIDES.get(consent.laterality) if consent.laterality else None
    site = f"({consent.site.strip()})" if consent.site.strip() else ""
    procedure = " ".join(part for part in (consent.procedure_text, f"– {side}" if side else "", site) if part)
    return f"{procedure} · {_state(consent)}" if procedure else _state(consent)


def _state(consent: Consent) -> str:
    if consent.state is ConsentState.REFUSED:
        return "refused"
    given = consent.signature(Role.PATIENT) or consent.signature(Role.REPRESENTATIVE)
    if given is None and consent.decided_by is DecidedBy.EMERGENCY:
        return "emergency exception"
    if given is None or given.signed_at is None:
        return "not yet signed"
    return f"signed {day_text(given.signed_at.date())}"


def _allergies(consent: Consent) -> Allergies:
    if not consent.allergies_recorded:
        return Allergies.NOT_RECORDED
    none = (AllergyAssertion.NKA.label, AllergyAssertion.NKDA.label)
    return Allergies.NONE_KNOWN if consent.shown_allergies.strip() in none else Allergies.LISTED


def _begun_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def teach_back_line(point: TeachBack) -> TeachBackLine:
    """One point of a teach-back as it is printed."""
    return TeachBackLine(
        asked=point.ask,
        answer=point.patient_words,
        clarity=_CLARITY[point.state],
        place=f"questions.{point.code}",
    )


def choice_line(choice: Choice) -> ChoiceLine:
    """One choice as it is printed."""
    remark = Answer.NA.label if choice.answer is Answer.NA else ""
    answer = _ANSWERS.get(choice.answer) if choice.answer else None
    return ChoiceLine(question=choice.words, answer=answer, remark=remark, place=f"choices.{choice.code}")


def _fingerprint_note(consent: Consent) -> str:
    if consent.fingerprint:
        return "Of the record as it was completed. If any of its content were changed, these digits would differ."
    return "Of the record as it stands now. It is not complete; its digits will change with each signature."
