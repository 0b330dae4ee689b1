"""What the features below found out, as the guards of a referral ask it: medicines, coverage, rights, hand-over."""

from __future__ import annotations

import datetime
import uuid

from liaison_desktop.clinical.coverage.actions.standing import authorisation_standing, coverage_standing
from liaison_desktop.clinical.directives.queries import rights_given_to
from liaison_desktop.clinical.handover.queries import handovers_of
from liaison_desktop.clinical.medications.actions import Standing, high_alert_judgement, standing_of
from liaison_desktop.clinical.medications.rules.sources import sources_used
from liaison_desktop.clinical.referrals.rules import Found
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store


def medicines(store: Store, episode: uuid.UUID) -> tuple[Found, Found]:
    """Whether a source of medicines was asked in this stay, and V32 as the medicines judge it; read once for both."""
    stands = standing_of(store, episode)
    said = high_alert_judgement(store, episode, stands)
    return _sources(store, stands), Found(said.passed, said.words)


def _sources(store: Store, stands: Standing) -> Found:
    """At least one source was asked, or the patient takes none and said so."""
    used = sources_used(stands.history, stands.medicines)
    if used:
        return Found(True, f"{len(used)} {'source' if len(used) == 1 else 'sources'} asked")
    if stands.history is not None and stands.history.takes_none:
        return Found(True, "The patient takes no medicine")
    return Found(False, policy_of(store).fault("REF-MEDICINES").message)


def handed_over(store: Store, patient: uuid.UUID, episode: uuid.UUID) -> Found:
    """The receiving team was told in this stay, and read it back."""
    given = [one for one in handovers_of(store, patient) if one.episode == episode and one.given_at is not None]
    if any(one.read_back for one in given):
        return Found(True, "Given and read back")
    return Found(False, policy_of(store).fault("REF-READ-BACK" if given else "REF-HANDOVER").message)


def covered(store: Store, patient: uuid.UUID, on: datetime.date) -> Found:
    """The coverage that pays first is verified, active and not stale on that day."""
    stands = coverage_standing(store, patient, on)
    return Found(stands.good, stands.words)


def authorised(store: Store, patient: uuid.UUID, on: datetime.date) -> Found:
    """V35: a stay that begins on that day is authorised, or nobody asks for it."""
    stands = authorisation_standing(store, patient, on)
    return Found(stands.holds, stands.words)


def rights(store: Store, patient: uuid.UUID, episode: uuid.UUID, since: datetime.datetime | None) -> Found:
    """Written information on rights was given in this stay; what names no stay counts from when the referral came in."""
    given = rights_given_to(store, patient)
    later = [
        one for one in given if one.episode is None and one.at is not None and since is not None and one.at >= since
    ]
    if later or any(one.episode == episode for one in given):
        return Found(True, "Given in writing")
    return Found(False, policy_of(store).fault("REF-RIGHTS").message)
