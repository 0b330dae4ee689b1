"""What the guards are asked about: values only, gathered by `actions` and handed in whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from liaison_desktop.clinical.consents.record import ConsentState
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.record import BedsideVisit, Referral, ReferralDocument


class Found(msgspec.Struct, frozen=True):
    """What was found out about one thing: whether it holds, and in words, without a value of the record.

    `mend` names the tab of the chart or the checklist where it is mended, if the guard's own place is not it.
    """

    holds: bool
    words: str = ""
    mend: str = ""


class ReviewFact(msgspec.Struct, frozen=True):
    """One thing a reviewer of the screening would ask (V24 to V29): what, the missing sentence, and whether it stops."""

    title: str
    words: str
    stops: bool = False


class FormFact(msgspec.Struct, frozen=True, kw_only=True):
    """How far one checklist of the patient is, as far as a guard asks.

    `left` counts what is missing in the part that the guard is about. Of a screening, `screened_at` are the clinician's
    signature and those of the updates, `concurred_at` the physician's, `changed_at` the last answer outside the parts
    that come after the screening.
    """

    begun: bool = True
    finished: bool = False
    waits_for_review: bool = False
    left: int = 0
    screened_at: tuple[datetime.datetime, ...] = ()
    concurred: bool = False
    physician: bool = False
    signature: bool = False
    concurred_at: datetime.datetime | None = None
    changed_at: datetime.datetime | None = None
    review: tuple[ReviewFact, ...] = ()


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a guard may ask. A part that is None is not kept in this program: no guard may take it for good."""

    now: datetime.datetime
    referral: Referral
    patient: Patient | None = None
    papers: tuple[ReferralDocument, ...] = ()
    visits: tuple[BedsideVisit, ...] = ()
    forms: Mapping[str, FormFact] = {}
    consents: tuple[ConsentState, ...] = ()
    admission_at: datetime.datetime | None = None
    may_decide: Found | None = None
    coverage: Found | None = None
    authorisation: Found | None = None
    handover: Found | None = None
    medicine_sources: Found | None = None
    high_alert: Found | None = None
    rights: Found | None = None
