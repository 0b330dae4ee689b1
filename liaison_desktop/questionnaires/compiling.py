"""From the short notation of `resources/questionnaires/*.yaml` to FHIR Questionnaire JSON.

The notation: a form has `sections` of `items`; an item names its `type` or an answer `set`; `show` is its condition
(`B3 = yes`, `A9 exists`, `C5 != none and C5 != unknown`); `range` is the implausible band, `normal` the abnormal one;
`calculate` names a calculation and the questions it reads; `calculate` and `show` may also be FHIRPath behind an equals
sign (`show: "= %resource.item.count() > 2"`). `rule: V13 block` names a safety rule. `findings` become texts that show while their condition holds. `signed`, `reviewed`
and `teachback` are groups that many forms hold; `applies` says for which service line and plan a form is called for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from liaison_desktop.errors import Unreadable
from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.compiling_bounds import bounds
from liaison_desktop.questionnaires.notation import CALLED, FLAGS, KNOWN, SETS, SHORTCUTS, TEXTS, UNITS

_TERM = re.compile(r"(\S+)\s+(?:(exists|absent)|(=|!=|>=|<=|>|<)\s+(\S+))\Z")
_OPTION_FLAGS = {"exclusive": names.EXCLUSIVE, "unable": names.UNABLE_OPTION, "reason": names.REASON_OPTION}


def is_short_notation(raw: Any) -> bool:
    """Whether this is our short notation, not FHIR."""
    return isinstance(raw, dict) and "form" in raw and "resourceType" not in raw


def compile_form(source: Mapping[str, Any]) -> dict[str, Any]:
    """The Questionnaire. Raises Unreadable, naming the item, where the notation is not followed."""
    return _Compiler(source).form()


class _Compiler:
    def __init__(self, source: Mapping[str, Any]) -> None:
        self.source = source
        self.system = names.CODES + _word(source, "form", "The form")
        held = source.get("answers", {})
        if not isinstance(held, dict):
            raise Unreadable("The form's answers are not a list of sets.")
        self.sets = {**SETS, **held}
        self.types: dict[str, str] = {}
        self.systems: dict[str, str] = {}

    def form(self) -> dict[str, Any]:
        source = self.source
        sections = [self._expanded(one) for one in _list(source, "sections", "The form")]
        sections += (
            [{"id": "findings", "text": "Findings", "type": "group", "hidden": True, "items": found}]
            if (found := [_finding(one) for one in _list(source, "findings", "The form")])
            else []
        )
        for section in sections:
            self._learn(section)
        items = [self._item(section) for section in sections]
        for item, section in zip(items, sections, strict=True):
            if any(_required(one) for one in item.get("item", ())) and section.get("required") is not False:
                item["required"] = True
        made: dict[str, Any] = {"resourceType": "Questionnaire", "id": _word(source, "form", "The form")}
        for key in ("url", "version", "name", "title", "status", "date", "publisher", "description", "copyright"):
            if key in source:
                made[key] = _word(source, key, "The form")
        made["subjectType"] = ["Patient"]
        made["item"] = items
        return made

    def _learn(self, source: Mapping[str, Any]) -> None:
        self.types[source["id"]] = _type(source)
        self.systems[source["id"]] = self._system(source)
        for child in source.get("items", ()):
            self._learn(child)

    def _expanded(self, source: Any) -> dict[str, Any]:
        """The item with its short forms written out: `each`, `vital`, and the same below."""
        if not isinstance(source, dict):
            raise Unreadable("An item of the form is not a set of keys.")
        made = dict(source)
        link_id = _word(made, "id", "An item")
        if unknown := sorted(set(made) - KNOWN):
            raise Unreadable(f"Item {link_id} has {unknown[0][:40]!a}, which the notation does not know.")
        items = [dict(one) if isinstance(one, dict) else one for one in _list(made, "items", f"Item {link_id}")]
        for code, text in (made.pop("each", None) or {}).items():
            items.append(
                {"id": f"{link_id}.{code}", "text": text, "set": made.get("set", ""), **made.get("each-is", {})}
            )
        if made.pop("vital", False):
            items.append({"id": f"{link_id}.at", "text": "Taken at", "type": "dateTime"})
            items.append({"id": f"{link_id}.from", "text": "Source", "set": "SOURCE"})
        for shortcut, fields in SHORTCUTS.items():
            if made.pop(shortcut, False):
                items += [{**one, "id": f"{link_id}.{one['id']}"} for one in fields]
                made |= {"required": True} if shortcut == "signed" else {}
                made |= {"hidden": True, "rn-only": True, "rule": "V7 warn"} if shortcut == "reviewed" else {}
        if items:
            made["items"] = [self._expanded(one) for one in items]
            made.setdefault("type", "group")
            if "each-is" in made or "set" in made:
                made.pop("each-is", None)
                made.pop("set", None)
        return made

    def _item(self, source: Mapping[str, Any]) -> dict[str, Any]:
        link_id, kind = source["id"], _type(source)
        extension = [*self._marks(source, kind), *bounds(source, kind), *_rules(source)]
        made: dict[str, Any] = {"linkId": link_id}
        if extension:
            made["extension"] = extension
        if re.fullmatch(r"[A-Z]{1,3}\d*[a-z]{0,2}", link_id) and not source.get("hidden"):
            made["prefix"] = link_id.removeprefix(str(self.source.get("strip-code", ""))) or link_id
        if "text" in source:
            made["text"] = _word(source, "text", f"Item {link_id}")
        made["type"] = kind
        made |= self._condition(source)
        for key, name in (("required", "required"), ("repeats", "repeats"), ("read-only", "readOnly")):
            if source.get(key) is True:
                made[name] = True
        if "max-length" in source:
            made["maxLength"] = source["max-length"]
        if options := list(self._options(source)):
            made["answerOption"] = options
        if "items" in source:
            made["item"] = [self._item(one) for one in source["items"]]
        return made

    def _marks(self, source: Mapping[str, Any], kind: str) -> Iterator[dict[str, Any]]:
        for key, url in FLAGS.items():
            if source.get(key) is True:
                yield {"url": url, "valueBoolean": True}
        for key, url in TEXTS.items():
            if key in source:
                yield {"url": url, "valueString": _word(source, key, f"Item {source['id']}")}
        # A required question may be answered by "unable to assess" with a reason, unless the form says no, or has
        # that answer among its own.
        own = any(isinstance(one, dict) and one.get("unable") for one in self._set(source).values())
        asked = source.get("required") is True and kind not in ("group", "display") and not own
        if source.get("unable", asked) is True and not source.get("hidden"):
            yield {"url": names.UNABLE_ALLOWED, "valueBoolean": True}
        for unit in source.get("units", ()):
            code, label = UNITS.get(unit, (unit, unit))
            coding = {"system": names.UCUM, "code": code, "display": label}
            yield {"url": names.UNIT_OPTION if kind == "quantity" else names.UNIT, "valueCoding": coding}
        yield from _expressions(source)
        if "calculate" in source and not _is_expression(source, "calculate"):
            word, *of = str(source["calculate"]).split()
            code = [one[1:] for one in of if one.startswith("=")]
            yield {
                "url": names.CALCULATION,
                "extension": [
                    {"url": "name", "valueString": word},
                    *({"url": "of", "valueString": one} for one in of if not one.startswith("=")),
                    *({"url": "code", "valueString": one} for one in code),
                ],
            }

    def _set(self, source: Mapping[str, Any]) -> dict[str, Any]:
        name = source.get("set")
        held = source.get("options", self.sets.get(name) if name else {})
        if not isinstance(held, dict):
            raise Unreadable(f"Item {source['id']} names an answer set that is not there.")
        return held

    def _options(self, source: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for code, told in self._set(source).items():
            label = told.get("text", code) if isinstance(told, dict) else told
            if not isinstance(label, str) or not label.strip():
                raise Unreadable(f"Item {source['id']}: the answer {code[:40]!a} has no words.")
            option: dict[str, Any] = {"valueCoding": {"system": self._system(source), "code": code, "display": label}}
            marks = [
                {"url": url, "valueBoolean": True}
                for flag, url in _OPTION_FLAGS.items()
                if isinstance(told, dict) and told.get(flag)
            ]
            yield {"extension": marks, **option} if marks else option

    def _system(self, source: Mapping[str, Any]) -> str:
        return names.CODES + "answers" if source.get("set") in SETS else self.system

    def _condition(self, source: Mapping[str, Any]) -> dict[str, Any]:
        if "show" not in source or _is_expression(source, "show"):
            return {}
        text = _word(source, "show", f"Item {source['id']}")
        ands, ors = text.split(" and "), text.split(" or ")
        if len(ands) > 1 and len(ors) > 1:
            raise Unreadable(f"Item {source['id']}: a condition joins either by and, or by or.")
        terms = [self._term(term.strip(), source["id"]) for term in (ands if len(ands) > 1 else ors)]
        made: dict[str, Any] = {"enableWhen": terms}
        if len(terms) > 1:
            made["enableBehavior"] = "all" if len(ands) > 1 else "any"
        return made

    def _term(self, term: str, link_id: str) -> dict[str, Any]:
        match = _TERM.match(term)
        if match is None or match[1] not in self.types:
            raise Unreadable(f"Item {link_id}: the condition {term[:60]!a} is not understood.")
        question, word, operator, value = match.groups()
        if word:
            return {"question": question, "operator": "exists", "answerBoolean": word == "exists"}
        return {"question": question, "operator": operator, **self._asked(question, value, link_id)}

    def _asked(self, question: str, value: str, link_id: str) -> dict[str, Any]:
        kind = self.types[question]
        if kind in ("choice", "open-choice"):
            return {"answerCoding": {"system": self.systems[question], "code": value}}
        if kind == "boolean" and value in ("true", "false"):
            return {"answerBoolean": value == "true"}
        if kind in ("integer", "decimal") and re.fullmatch(r"-?\d+(\.\d+)?", value):
            return {"answerInteger": int(value)} if kind == "integer" else {"answerDecimal": Decimal(value)}
        if kind in ("date", "dateTime", "string", "text"):
            return {{"date": "answerDate", "dateTime": "answerDateTime"}.get(kind, "answerString"): value}
        raise Unreadable(f"Item {link_id}: {value[:40]!a} cannot be an answer of {question}.")


def _is_expression(source: Mapping[str, Any], key: str) -> bool:
    return str(source.get(key, "")).startswith("= ")


def _expressions(source: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """`calculate` and `show` may be FHIRPath, behind an equals sign."""
    for key, url in (("calculate", names.CALCULATED), ("show", names.ENABLE_WHEN)):
        if _is_expression(source, key):
            text = _word(source, key, f"Item {source['id']}").removeprefix("= ")
            yield {"url": url, "valueExpression": {"language": "text/fhirpath", "expression": text}}


def _type(source: Mapping[str, Any]) -> str:
    default = "group" if "items" in source else "choice" if "set" in source or "options" in source else "string"
    word = str(source.get("type", default))
    return CALLED.get(word, word)


def _word(source: Mapping[str, Any], key: str, whose: str) -> str:
    value = source.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{whose} needs {key} as text.")
    return " ".join(value.split())


def _list(source: Mapping[str, Any], key: str, whose: str) -> list[Any]:
    value = source.get(key, [])
    if not isinstance(value, list):
        raise Unreadable(f"{whose}: {key} is not a list.")
    return value


def _required(item: Mapping[str, Any]) -> bool:
    return item.get("required") is True


def _finding(source: Any) -> dict[str, Any]:
    if not isinstance(source, dict):
        raise Unreadable("A finding is not a set of keys.")
    return {
        "id": _word(source, "id", "A finding"),
        "type": "display",
        "text": _word(source, "text", "A finding"),
        "short": _word(source, "title", "A finding"),
        "show": _word(source, "show", "A finding"),
        "finding": _word(source, "goto", "A finding"),
        "rule": _word(source, "rule", "A finding"),
    }


def _rules(source: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in str(source.get("rule", "")).split(","):
        if not one.strip():
            continue
        rule, _, level = one.strip().partition(" ")
        parts = [{"url": "id", "valueString": rule}, {"url": "class", "valueCode": level or "info"}]
        yield {"url": names.RULE, "extension": parts}
