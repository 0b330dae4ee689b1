"""What is wrong, as FHIR says it: issues and the OperationOutcome that carries them."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any

import msgspec

from liaison_desktop.questionnaires import names


class Level(enum.StrEnum):
    """FHIR's issue severities."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One finding. `code` is FHIR's issue type; `where` is the key of the node in a sheet, if there is one.

    `at` says in FHIRPath where in the resource it lies, for whoever reads the OperationOutcome.
    """

    severity: Level
    code: str
    diagnostics: str
    link_id: str = ""
    where: str = ""
    at: str = ""


def error(code: str, diagnostics: str, link_id: str = "", where: str = "", at: str = "") -> Issue:
    """An issue that stands in the way."""
    return Issue(severity=Level.ERROR, code=code, diagnostics=diagnostics, link_id=link_id, where=where, at=at)


def warning(code: str, diagnostics: str, link_id: str = "", where: str = "", at: str = "") -> Issue:
    """An issue to look at."""
    return Issue(severity=Level.WARNING, code=code, diagnostics=diagnostics, link_id=link_id, where=where, at=at)


def note(diagnostics: str, link_id: str = "", at: str = "") -> Issue:
    """Something worth knowing."""
    return Issue(severity=Level.INFORMATION, code="informational", diagnostics=diagnostics, link_id=link_id, at=at)


def stands_in_the_way(issue: Issue) -> bool:
    """Whether the issue is an error."""
    return issue.severity in (Level.FATAL, Level.ERROR)


def operation_outcome(issues: Iterable[Issue]) -> dict[str, Any]:
    """The OperationOutcome; with nothing to say it says so, since FHIR asks for one issue at least."""
    told = [
        {
            **({"extension": [{"url": names.LINK_ID, "valueString": issue.link_id}]} if issue.link_id else {}),
            "severity": issue.severity.value,
            "code": issue.code,
            "diagnostics": issue.diagnostics,
            **({"expression": [issue.at]} if issue.at else {}),
        }
        for issue in issues
    ]
    return {
        "resourceType": "OperationOutcome",
        "issue": told or [{"severity": "information", "code": "informational", "diagnostics": "No issues found."}],
    }
