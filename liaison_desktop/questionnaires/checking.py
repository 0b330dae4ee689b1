"""`forms check`: a definition, and a response if there is one, judged as one OperationOutcome and an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from liaison_desktop.errors import Unreadable
from liaison_desktop.questionnaires.linting import lint
from liaison_desktop.questionnaires.outcome import Issue, Level, operation_outcome, stands_in_the_way
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.pointing import in_form
from liaison_desktop.questionnaires.reading import exact, read_path
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.structure import structure
from liaison_desktop.questionnaires.validation import validate

SOUND, FAULTY, UNREADABLE = 0, 1, 2


def check(definition_path: Path, response_path: Path | None = None) -> tuple[int, dict[str, Any]]:
    """The exit code and the OperationOutcome. Code 2: a file cannot be read; the one issue's diagnostics say which."""
    try:
        definition = _named("definition", definition_path)
        response = _named("response", response_path) if response_path is not None else _NONE_GIVEN
        issues = check_json(definition, response)
    except Unreadable as fault:
        issue = Issue(severity=Level.FATAL, code="exception", diagnostics=str(fault))
        return UNREADABLE, operation_outcome([issue])
    return (FAULTY if any(map(stands_in_the_way, issues)) else SOUND), operation_outcome(issues)


def _named(what: str, path: Path) -> Any:
    try:
        return read_path(path)
    except Unreadable as fault:
        raise Unreadable(f"The {what} cannot be read. {' '.join(str(fault).split())}") from None


_NONE_GIVEN = object()


def check_json(definition: Any, response: Any = _NONE_GIVEN) -> list[Issue]:
    """The issues of JSON that was already read. Our own short notation of a form is compiled first."""
    from liaison_desktop.questionnaires.compiling import compile_form, is_short_notation

    definition, response = exact(definition), exact(response)
    if is_short_notation(definition):
        definition = compile_form(definition)
    is_form = isinstance(definition, dict) and definition.get("resourceType") == "Questionnaire"
    held = parse(definition) if is_form else None
    issues = in_form(definition, lint(definition, definition=held))
    if response is _NONE_GIVEN or held is None:
        return issues
    shape = structure(held, response)
    issues += shape
    if not isinstance(response, dict) or response.get("resourceType") != "QuestionnaireResponse":
        return issues
    status = response.get("status")
    told = validate(Sheet.read(held, response), status=status if isinstance(status, str) else "completed")
    seen = {(issue.link_id, issue.diagnostics) for issue in issues}
    return [*issues, *(issue for issue in told if (issue.link_id, issue.diagnostics) not in seen)]
