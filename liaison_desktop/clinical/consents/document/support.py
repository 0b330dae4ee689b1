"""The paragraphs under "Help with communication, and your rights": the talk, the interpreter, who decided, the rights."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.consents.document.content import SupportLine
from liaison_desktop.clinical.consents.record import Consent, DecidedBy, Decision
from liaison_desktop.documents.moments import moment_text, span_text

_DECISIONS = {
    Decision.AGREES: "You agreed.",
    Decision.REFUSES: "You said no.",
    Decision.WANTS_TIME: "You want time to think.",
    Decision.WANTS_SECOND_OPINION: "You want a second opinion.",
}


def support_lines(consent: Consent) -> Iterator[SupportLine]:
    """What there is to say, in the order it is printed; a part that was not recorded says so where it matters."""
    paragraphs = (
        ("The talk", _talk(consent)),
        ("Interpreter", _interpreter(consent)),
        ("Who decided", _decider(consent)),
        ("Your decision", _decision(consent)),
        ("Questions for your clinician", consent.questions_for_practitioner),
    )
    for label, text in paragraphs:
        if text.strip():
            yield SupportLine(label=label, text=text)
    for statement in consent.statements:
        yield SupportLine(label=statement.heading, text=statement.words, place=f"statements.{statement.code}")


def _named(name: str, credential: str) -> str:
    return ", ".join(part for part in (name.strip(), credential.strip()) if part)


def _talk(consent: Consent) -> str:
    explained = _named(consent.discussed_by, consent.discussed_by_credential) or "Nobody recorded"
    parts = [f"Explained by {explained}, {moment_text(consent.discussed_at)}."]
    if consent.practitioner_responsible.strip():
        done_by = _named(consent.practitioner_responsible, consent.practitioner_credential)
        parts.append(f"Responsible for the procedure: {done_by}.")
    told = (
        ("Others who take part", consent.others_performing),
        ("Sleep medicine", consent.anaesthesia_type),
        ("Also present", consent.present),
    )
    parts += [f"{label}: {_sentence(text)}" for label, text in told if text.strip()]
    return " ".join(parts)


def _sentence(text: str) -> str:
    return text.strip() if text.strip().endswith((".", "!", "?")) else f"{text.strip()}."


def _interpreter(consent: Consent) -> str:
    language = consent.language.strip() or "a language that was not recorded"
    if consent.interpreter_needed is None:
        return f"The talk was in {language}. Whether an interpreter was needed was not recorded."
    if not consent.interpreter_needed:
        return f"The talk was in {language}. No interpreter was needed."
    if not consent.interpreter_name.strip() and not consent.interpreter_number.strip():
        return _without_interpreter(consent, language)
    if consent.interpreter_qualified:
        kind = "a qualified interpreter"
    elif consent.interpreter_adult is False:
        kind = "not a qualified interpreter, and not an adult"
    else:
        kind = "not a qualified interpreter"
    how = consent.interpreter_modality.label.lower() if consent.interpreter_modality else ""
    number = f"ID {consent.interpreter_number.strip()}" if consent.interpreter_number.strip() else ""
    aside = ", ".join(part for part in (how, number) if part)
    who = ", ".join(part for part in (consent.interpreter_name.strip(), kind) if part)
    span = span_text(consent.interpreter_from, consent.interpreter_to)
    told = " ".join(part for part in (f"with {who}", f"({aside})" if aside else "", span) if part)
    return f"The talk was in {language} {told}.{_exception(consent)}"


def _without_interpreter(consent: Consent, language: str) -> str:
    return f"The talk was in {language}. An interpreter was needed and none is recorded.{_exception(consent)}"


def _exception(consent: Consent) -> str:
    reason = f" {_sentence(consent.interpreter_exception.label)}" if consent.interpreter_exception else ""
    return f"{reason} {_sentence(consent.interpreter_waiver)}" if consent.interpreter_waiver.strip() else reason


def _decider(consent: Consent) -> str:
    if consent.decided_by in (None, DecidedBy.PATIENT):
        return ""
    if consent.decided_by is DecidedBy.EMERGENCY:
        return f"Emergency exception, declared by {consent.emergency_by.strip() or 'nobody recorded'}."
    basis = consent.authority_basis.label if consent.authority_basis else "right to decide not recorded"
    seen = "document seen" if consent.document_seen else "document not seen"
    who = ", ".join(part for part in (consent.representative_name, consent.representative_relationship) if part.strip())
    return f"{who or 'A representative'}, for the patient. {basis}; {seen}."


def _decision(consent: Consent) -> str:
    if consent.decision is None:
        return ""
    said = (
        ("Reason, in your words", consent.refused_reason),
        ("What may follow, in your words", consent.refusal_understood),
    )
    parts = [_DECISIONS[consent.decision]]
    parts += [f"{label}: “{words.strip()}”" for label, words in said if words.strip()]
    if consent.practitioner_told.strip():
        parts.append(f"Practitioner told: {_sentence(consent.practitioner_told)}")
    if consent.free_to_refuse is not None:
        parts.append(
            "You know that you are free to refuse."
            if consent.free_to_refuse
            else "You were not sure that you are free to refuse."
        )
    return " ".join(parts)
