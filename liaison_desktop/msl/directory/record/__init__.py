"""Kinds of the directory: people, institutions, and who works where."""

from liaison_desktop.msl.directory.record.codes import (
    AffiliationRole,
    Confidence,
    ContactChannel,
    ContactPermission,
    CoveredRecipient,
    Credential,
    InstitutionKind,
    InstitutionStatus,
    KnownOrNot,
    PersonStatus,
    PersonType,
    ScientificRole,
    ScientificTier,
    Verification,
)
from liaison_desktop.msl.directory.record.person import Person, is_npi, plain
from liaison_desktop.msl.directory.record.place import Affiliation, Institution

__all__ = [
    "Affiliation",
    "AffiliationRole",
    "Confidence",
    "ContactChannel",
    "ContactPermission",
    "CoveredRecipient",
    "Credential",
    "Institution",
    "InstitutionKind",
    "InstitutionStatus",
    "KnownOrNot",
    "Person",
    "PersonStatus",
    "PersonType",
    "ScientificRole",
    "ScientificTier",
    "Verification",
    "is_npi",
    "plain",
]
