"""A bundle that is sound says so; one that is not says where, and never what stood there."""

from __future__ import annotations

import ast
import copy
from typing import Any

import pytest

from liaison_desktop.interop.fhir import bundle_faults
from tests.house.reading import PACKAGE, name_of

SOUND: dict[str, Any] = {
    "resourceType": "Bundle",
    "type": "collection",
    "timestamp": "2026-03-01T10:00:00Z",
    "entry": [
        {
            "fullUrl": "urn:uuid:01a2203e-483b-777a-bdee-dbb977b614f9",
            "resource": {"resourceType": "Patient", "birthDate": "1961-03", "name": [{"family": "Secretname"}]},
        },
        {
            "fullUrl": "urn:uuid:01a2203e-483b-777a-bdee-dbb977b614fa",
            "resource": {
                "resourceType": "Observation",
                "status": "final",
                "code": {"text": "Weight"},
                "subject": {"reference": "urn:uuid:01a2203e-483b-777a-bdee-dbb977b614f9"},
                "effectiveDateTime": "2026-03-01T10:00:00-06:00",
                "valueQuantity": {"value": 71.50, "unit": "kg"},
            },
        },
    ],
}


def test_a_sound_bundle_has_no_faults() -> None:
    assert bundle_faults(SOUND) == ()


@pytest.mark.parametrize(
    ("entry", "field", "value"),
    [
        (0, "birthDate", "Secretdate"),
        (0, "madeUp", "Secretvalue"),
        (0, "name", "Secretname"),
        (1, "code", None),
        (1, "subject", {"reference": "urn:uuid:01a2203e-483b-777a-bdee-000000000000"}),
    ],
)
def test_a_fault_is_told_by_its_place_and_without_its_value(entry: int, field: str, value: object) -> None:
    bundle = copy.deepcopy(SOUND)
    resource = bundle["entry"][entry]["resource"]
    resource.pop(field, None)
    if value is not None:
        resource[field] = value
    faults = bundle_faults(bundle)
    assert faults
    assert any("entry" in fault for fault in faults)
    assert not any("Secret" in fault for fault in faults)


def test_only_the_r4b_models_are_ever_read() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.startswith("fhir") and not name.startswith("fhir.resources.R4B"):
                    wrong.append(f"{name_of(path)}: {name}")
    assert wrong == []
