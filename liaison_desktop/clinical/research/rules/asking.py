"""Who decides, how it was told, what was understood and chosen. An answer that is not there is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.communication.rules import v10_faults
from liaison_desktop.clinical.consents.record import Answer, DecidedBy, TeachBackState
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.directives.rules import CapacityStanding, capacity_faults, representative_faults
from liaison_desktop.clinical.research.record import Assent, ResearchConsent
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

VOLUNTARY = "Q4"  # of the checklist RC: whether one has to take part
_UNDERSTOOD = (TeachBackState.OK_FIRST, TeachBackState.OK_AFTER_RETEACH)


def person_faults(consent: ResearchConsent, policy: Policy, note: CapacityNote | None = None) -> Iterator[Fault]:
    """V38, V10, V11 for research (45 CFR 46.102(i)): by what law a representative decides, and what the person says."""
    if consent.decided_by is None:
        yield policy.fault("RC-ASK", field="decided_by", what="Who decides")
    represented = consent.decided_by in (DecidedBy.REPRESENTATIVE, DecidedBy.PARENT)
    if represented:
        yield from _representative(consent, policy)
    apart = consent.form_language.strip().casefold() != consent.language.strip().casefold()
    if apart and not consent.short_form:
        yield policy.fault(
            "RC-LANGUAGE", field="language", form=consent.form_language, language=consent.language or "another language"
        )
    if consent.interpreter_needed is None:
        yield policy.fault("V10-ASK", field="interpreter_needed")
    elif consent.interpreter_needed:
        yield from v10_faults(
            policy,
            name=consent.interpreter_name,
            modality=consent.interpreter_modality,
            qualified=consent.interpreter_qualified,
            adult=consent.interpreter_adult,
            exception=consent.interpreter_exception,
            waiver=consent.interpreter_waiver,
            prefix="interpreter_",
        )
    standing = CapacityStanding(
        concern=consent.capacity_concern if note is None or note.concern is None else note.concern,
        determination=note.determination if note is not None else None,
        determined_by=note.determined_by if note is not None else "",
        note=note,
    )
    yield from capacity_faults(standing, policy, represented=represented)


def _representative(consent: ResearchConsent, policy: Policy) -> Iterator[Fault]:
    yield from representative_faults(
        name=consent.representative_name,
        relationship=consent.representative_relationship,
        basis=consent.authority_basis,
        seen=consent.document_seen,
        objects=False,  # the assent says it, and more strictly
        policy=policy,
    )
    if not consent.authority_law.strip():
        yield policy.fault("RC-LAW", field="authority_law")
    if consent.assent is None:
        yield policy.fault("RC-ASK", field="assent", what="What the person themselves says")
    elif consent.assent is Assent.DISSENTS:
        yield policy.fault("RC-DISSENT", field="assent")


def talk_faults(consent: ResearchConsent, policy: Policy) -> Iterator[Fault]:
    """R01, R03, R29, R36: time and answers; the short form told aloud before an impartial witness; authorisation."""
    for name, rule in (("enough_time", "RC-TIME"), ("questions_answered", "RC-QUESTIONS")):
        if getattr(consent, name) is not True:
            yield policy.fault(rule, field=name)
    if consent.authorisation is None:
        yield policy.fault("RC-ASK", field="authorisation", what="How health information may be used")
    if consent.short_form is None:
        yield policy.fault("RC-ASK", field="short_form", what="Whether the short form is used")
    elif consent.short_form:
        for name, rule in (("told_aloud", "RC-ALOUD"), ("summary_approved", "RC-SUMMARY")):
            if getattr(consent, name) is not True:
                yield policy.fault(rule, field=name)
        if not consent.impartial_witness.strip():
            yield policy.fault("RC-ASK", field="impartial_witness", what="The impartial witness")
        if consent.witness_impartial is not True:
            yield policy.fault("RC-WITNESS", field="witness_impartial")


def comprehension_faults(consent: ResearchConsent, policy: Policy) -> Iterator[Fault]:
    """Each question was answered in own words and is clear. Nothing is counted: one unclear point is explained again."""
    for place, point in enumerate(consent.comprehension):
        field = f"comprehension.{place}"
        if point.state in _UNDERSTOOD:
            if not point.patient_words.strip():
                yield policy.fault("RC-WORDS", field=field, ask=point.ask)
        elif point.code == VOLUNTARY:
            yield policy.fault("RC-VOLUNTARY", field=field)
        elif point.state is TeachBackState.DECLINED:
            yield policy.fault("RC-NOT-SAID", field=field, ask=point.ask)
        else:
            yield policy.fault("RC-UNCLEAR", field=field, ask=point.ask)
    if not consent.comprehension:
        yield policy.fault("RC-ASK", field="comprehension", what="What was understood")


def choice_faults(consent: ResearchConsent, policy: Policy) -> Iterator[Fault]:
    """V45: every separate choice has the person's own answer; the main one is asked on the signing page."""
    for place, choice in enumerate(consent.choices):
        missing = choice.answer is None or (choice.answer is Answer.NA and not choice.may_not_apply)
        if choice.code != "agree" and missing:
            yield policy.fault("V45", field=f"choices.{place}")
