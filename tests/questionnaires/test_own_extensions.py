"""Our own extensions are published: each that a form or a response carries has its StructureDefinition, and is used as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from liaison_desktop.paths import resource
from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.compiling import compile_form
from liaison_desktop.questionnaires.library import folder
from liaison_desktop.questionnaires.reading import read_path

PUBLISHED = {
    held["url"]: held
    for held in (json.loads(path.read_bytes()) for path in sorted(resource("questionnaires/extensions").glob("*.json")))
}
NAMED = {
    value
    for name, value in vars(names).items()
    if name.isupper() and name != "OWN" and isinstance(value, str) and value.startswith(names.OWN)
}


def forms() -> Iterator[tuple[str, Any]]:
    """Every released form, and every one as it would be compiled now."""
    for path in sorted(folder().glob("*-*.json")):
        yield path.name, read_path(path)
    for path in sorted(folder().glob("*.yaml")):
        yield path.name, compile_form(read_path(path))


def used(raw: Any, where: str = "Questionnaire") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each of our extensions with the element it stands on."""
    if isinstance(raw, list):
        for one in raw:
            yield from used(one, where)
    elif isinstance(raw, dict):
        for one in raw.get("extension", ()):
            if one["url"].startswith(names.OWN):
                yield where, one
        for key, value in raw.items():
            if key in ("item", "answerOption", "answer"):
                root = where.split(".")[0]
                path = f"{root}.item" if key == "item" else f"{root}.item.{key}"
                yield from used(value, path)


def faults(where: str, extension: dict[str, Any], definition: dict[str, Any]) -> Iterator[str]:
    """What an extension does that its StructureDefinition does not allow."""
    called = f"{extension['url']} on {where}"
    if where not in {one["expression"] for one in definition["context"]}:
        yield f"{called}: not there"
    elements = {one["id"]: one for one in definition["differential"]["element"]}
    parts = extension.get("extension", [])
    yield from value_faults(called, extension, elements["Extension.value[x]"], complex_type=bool(parts))
    slices = {one["sliceName"]: one for one in elements.values() if "sliceName" in one}
    if not parts and any(one["min"] for one in slices.values()):
        yield f"{called}: holds nothing"
    for part in parts:
        if part["url"] not in slices:
            yield f"{called}: unknown part {part['url']}"
        else:
            yield from value_faults(called, part, elements[f"Extension.extension:{part['url']}.value[x]"])
    for name, one in slices.items():
        count = sum(part["url"] == name for part in parts)
        if count < one["min"] or (one["max"] != "*" and count > int(one["max"])):
            yield f"{called}: {count} times {name}"


def value_faults(
    called: str, held: dict[str, Any], element: dict[str, Any], complex_type: bool = False
) -> Iterator[str]:
    values = [key for key in held if key.startswith("value")]
    if element.get("max") == "0" or complex_type:
        if values:
            yield f"{called}: has a value"
        return
    allowed = {f"value{one['code'][0].upper()}{one['code'][1:]}" for one in element.get("type", ())}
    if len(values) != 1 or (allowed and values[0] not in allowed):
        yield f"{called}: {values} where {sorted(allowed)} is meant"


def test_each_that_our_forms_use_is_published_and_used_as_it_says() -> None:
    wrong = []
    for name, raw in forms():
        for where, extension in used(raw):
            definition = PUBLISHED.get(extension["url"])
            if definition is None:
                wrong.append(f"{name}: write resources/questionnaires/extensions for {extension['url']}")
            else:
                wrong += [f"{name}: {one}" for one in faults(where, extension, definition)]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_each_that_the_code_names_is_published_and_no_other() -> None:
    assert PUBLISHED.keys() == NAMED, "resources/questionnaires/extensions and questionnaires/names.py differ"


@pytest.mark.parametrize("url", sorted(PUBLISHED))
def test_a_structure_definition_says_what_r4_asks_of_it(url: str) -> None:
    held = PUBLISHED[url]
    assert held["resourceType"] == "StructureDefinition"
    assert url == names.OWN + held["id"]
    assert (held["fhirVersion"], held["type"], held["derivation"]) == ("4.0.1", "Extension", "constraint")
    assert held["baseDefinition"] == "http://hl7.org/fhir/StructureDefinition/Extension"
    assert held["name"].isidentifier()
    assert held["context"]
    elements = {one["id"]: one for one in held["differential"]["element"]}
    assert next(iter(elements)) == "Extension"
    assert elements["Extension.url"]["fixedUri"] == url
    simple = elements["Extension.value[x]"].get("max") != "0"
    assert (elements.get("Extension.extension", {}).get("max") == "0") is simple


def test_a_wrong_use_is_caught() -> None:
    rule = {"url": names.RULE, "extension": [{"url": "id", "valueString": "V1"}]}
    assert list(faults("Questionnaire.item", rule, PUBLISHED[names.RULE])) == [
        f"{names.RULE} on Questionnaire.item: 0 times class"
    ]
    flag = {"url": names.RN_ONLY, "valueString": "yes"}
    assert len(list(faults("Questionnaire", flag, PUBLISHED[names.RN_ONLY]))) == 2
