"""Large forms and forms full of expressions, without a screen. Prints medians in milliseconds, by the clock and by the processor (on a busy machine the second tells more).

Run `python -m tests.benchmarks.bench_expressions`. The budgets are 300 ms to open a form of 300 items, 50 ms from an answer
to what it changes, 20 ms to validate; a form of 1,000 items is to remain usable.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.enablement import Plan
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate
from liaison_desktop.questionnaires.writing import canonical


def median(act: Callable[[], Any], rounds: int = 15) -> str:
    """The median milliseconds of the act on the wall's clock, and those the processor spent on it."""
    walls, busy = [], []
    for _ in range(rounds):
        begun, began = time.perf_counter(), time.process_time()
        act()
        walls.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - began) * 1000)
    return f"{statistics.median(walls):9.2f} ms, processor {statistics.median(busy):8.2f} ms"


def expression(url: str, text: str, name: str = "") -> dict[str, Any]:
    """An extension with an expression in it."""
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": {**named, "language": "text/fhirpath", "expression": text}}


def value_of(link_id: str) -> str:
    """The costly way to an answer, which most published forms use."""
    return f"%resource.descendants().where(linkId='{link_id}').answer.value"


def question(number: int, heavy: bool) -> dict[str, Any]:
    """One question; in a heavy form every third is calculated and every fourth is asked by an expression."""
    link_id = f"q{number}"
    kind = ("boolean", "integer", "choice", "string", "decimal")[number % 5]
    made: dict[str, Any] = {"linkId": link_id, "type": kind, "text": f"Question {number}", "required": number % 2 == 0}
    if kind == "choice":
        made["answerOption"] = [{"valueCoding": {"system": "s", "code": one, "display": one}} for one in "abcde"]
    if number % 10 == 7:
        made["enableWhen"] = [{"question": "q0", "operator": "=", "answerBoolean": True}]
    extension = []
    if heavy and number % 3 == 2:
        made |= {"type": "decimal", "readOnly": True}
        made.pop("answerOption", None)
        extension.append(expression(names.CALCULATED, f"{value_of('q1')} + {number} + iif(%total > 5, 1, 0)"))
    elif heavy and number % 4 == 0 and number:
        text = f"{value_of('q1')} > {number % 7} or {value_of('q0')} = true"
        extension.append(expression(names.ENABLE_WHEN, text))
        made.pop("enableWhen", None)
    if extension:
        made["extension"] = extension
    return made


def form(count: int, heavy: bool) -> dict[str, Any]:
    """A form of that many questions in groups of twenty."""
    groups = [
        {"linkId": f"g{start}", "type": "group", "text": f"Section {start}", "item": [question(n, heavy) for n in range(start, min(start + 20, count))]}
        for start in range(0, count, 20)
    ]  # fmt: skip
    made: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "url": "http://x",
        "version": "1",
        "status": "active",
        "item": groups,
    }
    if heavy:
        made["extension"] = [expression(names.VARIABLE, f"{value_of('q1')} * 2", "total")]
    return made


def measure(called: str, raw: dict[str, Any]) -> None:
    """Prints what one form costs."""
    content = canonical(raw)
    definition = parse(read_json(content))
    plan = Plan(definition)
    sheet = Sheet.blank(definition, plan)
    for node in list(sheet.walk()):
        if node.item.type == "string":
            sheet.answer(node, ("valueString", "x"))
    turn = [0]

    def answer(link_id: str, key: str, values: tuple[Any, Any]) -> None:
        turn[0] += 1
        sheet.answer(sheet.nodes(link_id)[0], (key, values[turn[0] % 2]))

    expressions = len(plan.calculated) + len(plan.formula_conditions)
    print(f"\n{called}: {len(definition.index)} items, {expressions} expressions")
    print(f"  read and parse        {median(lambda: parse(read_json(content)))}")
    print(f"  open a blank sheet    {median(lambda: Sheet.blank(definition, Plan(definition)))}")
    written = sheet.write()
    print(f"  open a draft          {median(lambda: Sheet.read(definition, written, plan))}")
    print(f"  answer, touches most  {median(lambda: answer('q1', 'valueInteger', (1, 9)))}")
    print(f"  answer, shows or hides{median(lambda: answer('q0', 'valueBoolean', (True, False)))}")
    print(f"  answer, touches none  {median(lambda: answer('q3', 'valueString', ('a', 'b')), 100)}")
    print(f"  full validation       {median(lambda: validate(sheet))}")
    print(f"  write a draft         {median(lambda: canonical(sheet.write()))}")


def main() -> None:
    """Prints the figures of each form."""
    for count in (300, 1000):
        measure("plain", form(count, heavy=False))
        measure("full of expressions", form(count, heavy=True))


if __name__ == "__main__":
    main()
