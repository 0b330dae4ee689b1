"""Guards of taking a referral and reading its packet: source, identity, documents, priority, time of the screening."""

from __future__ import annotations

from liaison_desktop.clinical.patients.record import partial_fits
from liaison_desktop.clinical.referrals.rules.expected import unlisted, unread
from liaison_desktop.clinical.referrals.rules.facts import Facts, Found
from liaison_desktop.clinical.referrals.rules.said import counted, holds, lacks
from liaison_desktop.policies import Policy

_WHOLE_DAY = 10  # characters of a date to the day


def source(facts: Facts, policy: Policy) -> Found:
    """A place or its name, and the channel."""
    referral = facts.referral
    named = referral.source_place is not None or bool(referral.source_text.strip())
    if named and referral.channel is not None:
        return holds(f"Named, came by {referral.channel.label.lower()}")
    return lacks(policy, "REF-SOURCE")


def identified(facts: Facts, policy: Policy) -> Found:
    """A name and a birth date to the day."""
    patient = facts.patient
    known = patient is not None and bool(patient.family.strip() and patient.given.strip())
    if patient is not None and known and partial_fits(patient.birth_date) and len(patient.birth_date) == _WHOLE_DAY:
        return holds("Name and birth date are known")
    return lacks(policy, "REF-IDENTIFIED")


def packet(facts: Facts, policy: Policy) -> Found:
    """Every document that came was read, or it is said that none came."""
    received = [paper for paper in facts.papers if not paper.missing]
    if waiting := unread(facts.papers):
        return lacks(policy, "REF-UNREAD", documents=counted(len(waiting), "document is", "documents are"))
    if received:
        return holds(f"{counted(len(received), 'document', 'documents')} read")
    if facts.referral.no_packet:
        return holds("Nothing was received with it")
    return lacks(policy, "REF-PACKET")


def missing_listed(facts: Facts, policy: Policy) -> Found:
    """Each expected document came, is asked for with a day to ask again, or is not needed for a reason."""
    if left := unlisted(facts.referral.service, facts.papers, policy):
        return lacks(policy, "REF-MISSING", what=", ".join(kind.label.lower() for kind in left))
    awaited = sum(paper.awaited for paper in facts.papers)
    return holds(f"{counted(awaited, 'is', 'are')} awaited" if awaited else "Nothing is missing")


def priority(facts: Facts, policy: Policy) -> Found:
    """How soon."""
    chosen = facts.referral.priority
    return holds(chosen.label) if chosen is not None else lacks(policy, "REF-PRIORITY")


def screening_time(facts: Facts, policy: Policy) -> Found:
    """When the screening is to be."""
    return holds("Planned") if facts.referral.screening_at is not None else lacks(policy, "REF-SCREENING-TIME")
