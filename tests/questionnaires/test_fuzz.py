"""Anything at all: forms and responses with something in them broken. Each is answered in words, and soon.

2,000 documents by default; LIAISON_FUZZ=100000 asks for more, and LIAISON_FUZZ_SEED for others.
"""

from __future__ import annotations

import copy
import json
import os
import random
import time
from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.errors import Unreadable
from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.library import folder
from liaison_desktop.questionnaires.outcome import operation_outcome
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical
from tests.questionnaires.forms import answered, code, form, item, response, when

ROUNDS = int(os.environ.get("LIAISON_FUZZ", "2000"))
SEED = int(os.environ.get("LIAISON_FUZZ_SEED", "20261122"))
LONGEST = 10.0  # seconds for one document; a hang is told apart from a slow machine

WORDS: list[Any] = [
    None, True, -1, 0, 2**31, 2**62, Decimal("1.5"), Decimal("1E+40"), "", "x", " ", "\x00", "\u202egnp", "<img src=x>", [], {},
    [[]], [{}], {"item": []}, {"extension": [{}]}, "in-progress", "group", "display", "linkId", ["a"], {"valueString": 5},
    "9" * 400, "2026-13-45", "(a+)+$", "%resource.descendants()", "(1).repeat($this+1)", "text/cql", "a", "q", "#vs", "~", "exists",
    {"valueExpression": {"language": "text/fhirpath", "expression": "%a"}},
]  # fmt: skip
KEYS = [
    "item", "answer", "linkId", "type", "enableWhen", "enableBehavior", "valueX", "valueCoding", "valueExpression", "extension",
    "modifierExtension", "answerOption", "answerValueSet", "initial", "contained", "url", "expression", "repeats", "required",
]  # fmt: skip


def expression(url: str, text: str, name: str = "") -> dict[str, Any]:
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": {**named, "language": "text/fhirpath", "expression": text}}


def busy_form() -> dict[str, Any]:
    """A small form with something of everything."""
    reads = "%resource.descendants().where(linkId='{}').answer.value"
    constraint = [
        {"url": "key", "valueId": "c"}, {"url": "severity", "valueCode": "error"}, {"url": "human", "valueString": "No."},
        {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": "%n.empty() or %n > 0"}},
    ]  # fmt: skip
    return form(
        item("a", "integer", extension=[{"url": names.MIN_VALUE, "valueInteger": 0}, {"url": names.MAX_OCCURS, "valueInteger": 1}]),
        item("b", "choice", answerValueSet="#vs", show=[when("a", ">", 1), when("a", "exists", True)], any=True),
        item(
            "g",
            "group",
            repeats=True,
            items=[
                item("q", "decimal", items=[item("under", show=[when("q", "=", 1)])]),
                item("x", "decimal", readOnly=True, extension=[expression(names.CALCULATED, reads.format("q") + ".sum() * 2")]),
                item("y", extension=[expression(names.ENABLE_WHEN, "%n > 1"), {"url": names.REGEX, "valueString": "[a-z]+"}]),
            ],
            extension=[expression(names.VARIABLE, "item.where(linkId='q').answer.value", "n"), {"url": names.TARGET_CONSTRAINT, "extension": constraint}],
        ),
        item("d", "date", extension=[expression(names.INITIAL, "today()")]),
        item("w", "quantity", extension=[{"url": names.UNIT_OPTION, "valueCoding": {"system": names.UCUM, "code": "kg"}}]),
        contained=[{"resourceType": "ValueSet", "id": "vs", "compose": {"include": [{"system": "s", "concept": [{"code": "x"}]}]}}],
    )  # fmt: skip


BUSY_ANSWERS = response(
    answered("a", 2),
    answered("b", {"system": "s", "code": "x"}),
    answered("g", items=[answered("q", {"valueDecimal": 1}), answered("y", "abc")]),
    answered("g", items=[{"linkId": "q", "answer": [{"valueDecimal": 2, "item": [answered("under", "u")]}]}]),
    answered("w", {"valueQuantity": {"value": 5, "system": names.UCUM, "code": "kg"}}),
)


def documents() -> list[tuple[Any, Any]]:
    whole = read_json((folder() / "pan-2026.2.json").read_bytes())
    part = {**whole, "item": [whole["item"][0], whole["item"][5], whole["item"][-1]]}
    answers = response(
        answered("E", items=[answered("E1", code("has")), answered("E2", items=[answered("E2.substance", "x")])]),
        questionnaire=whole["url"],
    )
    # The busy form is small, so that what is broken in it is more often something that matters.
    return [(part, answers), *[(busy_form(), BUSY_ANSWERS)] * 4]


def mutated(value: Any, chance: random.Random) -> Any:
    """The value with something in it taken away, doubled, moved, scrambled or made into something else."""
    value = copy.deepcopy(value)
    for _ in range(chance.randint(1, 4)):
        holders: list[Any] = []
        waiting = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict | list) and one:
                holders.append(one)
                waiting += one.values() if isinstance(one, dict) else one
        if not holders:
            return copy.deepcopy(chance.choice(WORDS))
        holder = chance.choice(holders)
        place = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        act = chance.randrange(6)
        if act == 0:
            del holder[place]
        elif act == 1 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[place]))
        elif act == 2 and isinstance(holder, dict):
            holder[chance.choice(KEYS)] = holder.pop(place)
        elif act == 3 and isinstance(holder[place], str):
            holder[place] = scrambled(holder[place], chance)
        elif act == 4:
            holder[place] = copy.deepcopy(chance.choice(holders))
        else:
            holder[place] = copy.deepcopy(chance.choice(WORDS))
    return value


def scrambled(text: str, chance: random.Random) -> str:
    """The text with a few letters taken away, doubled or put in."""
    letters = list(text)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(letters) + 1)
        act = chance.randrange(3)
        if act == 0 and letters:
            del letters[min(place, len(letters) - 1)]
        elif act == 1:
            letters[place:place] = letters[max(0, place - 5) : place + 5]
        else:
            letters.insert(place, chance.choice("()[]{}'\"\\.,+-*/|&=<>~%$@`0Tn ^?\ud7ff"))
    return "".join(letters)


def judged(definition: Any, answers: Any) -> float:
    """Checks the pair, and fills the form in where it is one; how many seconds it took."""
    begun = time.perf_counter()
    issues = check_json(definition, answers)
    assert all(issue.diagnostics and "\n" not in issue.diagnostics for issue in issues)
    canonical(operation_outcome(issues))
    if isinstance(definition, dict) and definition.get("resourceType") == "Questionnaire":
        sheet = Sheet.blank(parse(definition))
        for node in list(sheet.walk())[:3]:
            if node.item.is_question:
                sheet.answer(node, ("valueInteger", 2))
        canonical(sheet.write(drop_unasked=True))
    return time.perf_counter() - begun


@pytest.mark.timeout(0 if ROUNDS > 10_000 else 240)
def test_mutated_documents_never_crash_or_hang() -> None:
    chance = random.Random(SEED)
    pool = documents()
    slowest = 0.0
    for number in range(ROUNDS):
        definition, answers = chance.choice(pool)
        if chance.random() < 0.7:
            definition = mutated(definition, chance)
        if chance.random() < 0.7:
            answers = mutated(answers, chance)
        taken = judged(definition, answers)
        assert taken < LONGEST, number
        slowest = max(slowest, taken)
    print(f"{ROUNDS} documents, the slowest took {slowest * 1000:.0f} ms")


@pytest.mark.timeout(0 if ROUNDS > 10_000 else 240)
def test_mutated_bytes_never_crash_or_hang() -> None:
    chance = random.Random(SEED + 1)
    content = json.dumps(busy_form()).encode()
    for number in range(ROUNDS):
        held = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(held))
            held[place : place + chance.choice([0, 1, 1, 40])] = chance.choice(
                [b"", b"{", b"}", b"[", b"]", b'"', b",", b":", b"NaN", b"1e999", b"\\ud800", b"\xff", b"\x00", b"-", b"[" * 200, b'"a":1,']
            )  # fmt: skip
        begun = time.perf_counter()
        try:
            raw = read_json(bytes(held))
        except Unreadable as fault:
            words = str(fault)
        else:
            words = "read"
            judged(raw, BUSY_ANSWERS)
        assert words
        assert "\n" not in words
        assert time.perf_counter() - begun < LONGEST, number
