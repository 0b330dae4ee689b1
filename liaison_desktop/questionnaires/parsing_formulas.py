"""The expressions of a definition: variables, calculated and initial answers, conditions, constraints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.calculations import expression_of
from liaison_desktop.questionnaires.definition import Constraint, Formula, Toggle, extension, extensions, value_of


def formula_of(raw: Any) -> Formula | None:
    """The formula of a FHIR Expression; None if it holds none."""
    if not isinstance(raw, dict) or not isinstance(raw.get("expression"), str):
        return None
    language, name = raw.get("language"), raw.get("name")
    return Formula(
        text=raw["expression"],
        language=language if isinstance(language, str) else "text/fhirpath",
        name=name if isinstance(name, str) else "",
    )


def formula(raw: Mapping[str, Any], url: str) -> Formula | None:
    """The first formula under that address."""
    return next(iter(formulas(raw, url)), None)


def variables(raw: Mapping[str, Any]) -> tuple[Formula, ...]:
    """What expressions may name: variables, and what a group is filled from."""
    addresses = (names.VARIABLE, names.POPULATION_CONTEXT, names.CONTEXT, names.CANDIDATES, names.ANSWERS)
    return tuple(one for url in addresses for one in formulas(raw, url) if one.name)


def formulas(raw: Mapping[str, Any], url: str) -> tuple[Formula, ...]:
    """The formulas under that address."""
    found = (formula_of(value_of(one)[1]) for one in extensions(raw, url))
    return tuple(one for one in found if one is not None)


def calculation(raw: Mapping[str, Any], holders: Mapping[str, str]) -> Formula | None:
    """How the answer is worked out. `holders` is the group of each linkId."""
    own = formula(raw, names.CALCULATED)
    if own is not None:
        return own
    for one in extensions(raw, names.CALCULATION):
        of = tuple(v for v in (value_of(part)[1] for part in extensions(one, "of")) if isinstance(v, str))
        codes = tuple(v for v in (value_of(part)[1] for part in extensions(one, "code")) if isinstance(v, str))
        text = expression_of(extension(one, "name") or "", of, codes, holders.get(of[0], "") if of else "")
        return Formula(text or "{}")
    return None


def bound_formula(raw: Mapping[str, Any], url: str) -> Formula | None:
    """The formula of a bound that is not fixed: it stands beside the value, as an extension of its own."""
    for one in extensions(raw, url):
        for key, held in one.items():
            if key.startswith("_value") and isinstance(held, dict):
                return formula(held, names.CALCULATED_VALUE) or formula(held, names.CQF_EXPRESSION)
    return None


def constraints(raw: Mapping[str, Any]) -> tuple[Constraint, ...]:
    """What must hold: targetConstraint, and the questionnaire-constraint of R4."""
    return tuple(_constraints(raw))


def _constraints(raw: Mapping[str, Any]) -> Iterator[Constraint]:
    for url in (names.TARGET_CONSTRAINT, names.CONSTRAINT):
        for one in extensions(raw, url):
            held = extension(one, "expression", (str, dict))
            made = formula_of(held) if isinstance(held, dict) else Formula(held) if isinstance(held, str) else None
            if made is not None:
                yield Constraint(
                    key=extension(one, "key") or "",
                    formula=made,
                    human=extension(one, "human") or "",
                    severity=extension(one, "severity") or "error",
                )


def toggles(raw: Mapping[str, Any]) -> tuple[Toggle, ...]:
    """Permitted answers that an expression switches on and off."""
    found = []
    for one in extensions(raw, names.TOGGLE):
        held = formula_of(extension(one, "expression", dict))
        if held is not None:
            found.append(Toggle(tuple(value_of(part) for part in extensions(one, "option")), held))
    return tuple(found)


def launch_names(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the resources that whoever opens the form may give, such as `patient`."""
    found = []
    for one in extensions(raw, names.LAUNCH_CONTEXT):
        held = extension(one, "name", (str, dict))
        word = held.get("code") if isinstance(held, dict) else held
        if isinstance(word, str):
            found.append(word)
    # Queries that were answered before the form was opened, and what a form is assembled with.
    for one in extensions(raw, names.SOURCE_QUERIES):
        held = value_of(one)[1]
        address = held.get("reference") if isinstance(held, dict) else None
        found += [address[1:]] if isinstance(address, str) and address.startswith("#") else []
    found += [held for one in extensions(raw, names.ASSEMBLE_CONTEXT) if isinstance(held := value_of(one)[1], str)]
    return tuple(found)
