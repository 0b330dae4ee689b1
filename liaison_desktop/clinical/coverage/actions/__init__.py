"""What can be done with coverage. The only writers of its kinds."""

from liaison_desktop.clinical.coverage.actions.authorising import save_authorisation
from liaison_desktop.clinical.coverage.actions.covering import end_coverage, pay_earlier, save_coverage
from liaison_desktop.clinical.coverage.actions.handing_out import note_exported, note_printed
from liaison_desktop.clinical.coverage.actions.practice import fill_practice_coverage
from liaison_desktop.clinical.coverage.actions.standing import (
    AuthorisationStanding,
    authorisation_standing,
    coverage_standing,
    standings,
)
from liaison_desktop.clinical.coverage.actions.verifying import begin_verification, record_verification

__all__ = [
    "AuthorisationStanding",
    "authorisation_standing",
    "begin_verification",
    "coverage_standing",
    "end_coverage",
    "fill_practice_coverage",
    "note_exported",
    "note_printed",
    "pay_earlier",
    "record_verification",
    "save_authorisation",
    "save_coverage",
    "standings",
]
