"""Code lists of coverage. Codes never change; labels may."""

from __future__ import annotations

from liaison_desktop.records import Code


class PlanType(Code):
    """What sort of plan it is."""

    MEDICARE_FFS_A = "Medicare_FFS_A", "Medicare Part A"
    MEDICARE_FFS_B = "Medicare_FFS_B", "Medicare Part B"
    MEDICARE_ADVANTAGE = "Medicare_Advantage", "Medicare Advantage"
    MEDICAID_FFS = "Medicaid_FFS", "Medicaid"
    MEDICAID_MCO = "Medicaid_MCO", "Medicaid managed care"
    DUAL = "Dual", "Dual plan"
    COMMERCIAL_HMO = "Commercial_HMO", "Commercial HMO"
    PPO = "PPO", "PPO"
    POS = "POS", "POS"
    EPO = "EPO", "EPO"
    HDHP = "HDHP", "High deductible plan"
    VA = "VA", "Veterans Affairs"
    TRICARE = "TRICARE", "TRICARE"
    WORKERS_COMP = "WorkersComp", "Workers' compensation"
    AUTO_NO_FAULT = "Auto_NoFault", "Auto, no-fault"
    LTC_POLICY = "LTC_policy", "Long-term care policy"
    CHARITY = "Charity", "Charity"
    SELF_PAY = "SelfPay", "Pays alone"
    OTHER = "Other", "Other"


class SubscriberIs(Code):
    """What the subscriber is to the patient (FHIR subscriber-relationship)."""

    SELF = "self", "The patient"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    COMMON = "common", "Common-law spouse"
    OTHER = "other"
    INJURED = "injured", "Injured party"


class MspScreen(Code):
    """Whether the questions were asked that say if Medicare pays second."""

    DONE = "done"
    NOT_DONE = "not_done", "Not done"
    NA = "na", "Does not apply"


class Method(Code):
    """How it was verified."""

    PHONE = "phone", "Call"
    PORTAL = "portal"
    EDI271 = "edi271", "Electronic (271)"
    CARD_ONLY = "card_only", "Card only"


class Outcome(Code):
    """What the payer said, or that the call broke off before it did."""

    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Not active"
    NOT_FOUND = "not_found", "Not found"
    PENDING = "pending", "Pending"
    DROPPED = "dropped", "Call dropped"


class Network(Code):
    """Whether we are in the plan's network."""

    IN = "in", "In network"
    OUT = "out", "Out of network"
    TIER = "tier", "Lower tier"
    BOTH = "both", "Some of us"
    UNKNOWN = "unknown", "Not known"


class Asked(Code):
    """An answer of the payer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown", "Not known"


class AmountsFor(Code):
    """Whose deductible and limit the amounts are."""

    INDIVIDUAL = "individual", "The patient alone"
    FAMILY = "family", "The family together"


class CopayPer(Code):
    """What a copay is paid for."""

    STAY = "stay", "a stay"
    DAY = "day", "a day"
    VISIT = "visit", "a visit"


class Benefit(Code):
    """Days or visits that run out."""

    PART_A = "part_a", "Hospital days, Part A"
    LIFETIME_RESERVE = "lifetime_reserve", "Lifetime reserve days"
    SNF = "snf", "Skilled nursing days"
    HHA_VISITS = "hha_visits", "Home health visits"
    OTHER = "other", "Other days"


class PriorStay(Code):
    """The stay of three midnights in a row, as an inpatient, before skilled nursing."""

    MET = "met"
    NOT_MET = "not_met", "Not met"
    WAIVED = "waived", "Waived by the plan"
    NA = "na", "Does not apply"


class Financial(Code):
    """Help with the costs that was asked for."""

    MEDICAID_PENDING = "medicaid_pending", "Medicaid pending"
    CHARITY = "charity", "Charity care"
    VA = "va", "Veterans Affairs"
