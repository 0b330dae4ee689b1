"""What one form alone can decide and its conditions cannot say: doses, the FDA's sentence, a member's number, clocks.

Each is a finding beside the form's own. Nothing here raises, whatever was typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from liaison_desktop.clinical.coverage.rules import member_fits
from liaison_desktop.clinical.medications.rules.doses import dose_without_unit, unsafe_number, unsafe_words
from liaison_desktop.errors import Severity
from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires.elapsed import hours, moments
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.progress import Finding, explanation
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.ui.dates import plain_day

_LEVELS = {Severity.REFUSE: "block", Severity.CONFIRM: "hard-warn", Severity.WARN: "warn"}


def inside(sheet: Sheet, now: dt.datetime, policy: Policy) -> list[Finding]:
    """The findings of this form that hold now."""
    rules = _BY_FORM.get(sheet.definition.url.rpartition("/")[2], ())
    return [finding for rule in rules for finding in rule(sheet, now, policy)]


def _found(policy: Policy, rule: str, node: Node, **names: str | int) -> Finding:
    fault = policy.fault(rule, field=node.key, **names)
    title = node.item.short or node.item.text
    return Finding(
        rule=rule,
        level=_LEVELS.get(fault.severity, "warn"),
        title=title,
        text=fault.message,
        goto=node.item.link_id,
        key=node.key,
        reason=explanation(node),
    )


def _asked(sheet: Sheet, *link_ids: str) -> Iterator[tuple[Node, str]]:
    for link_id in link_ids:
        for node in sheet.nodes(link_id):
            if node.enabled and isinstance(node.value, str) and node.value.strip():
                yield node, node.value


def _beside(node: Node, link_id: str) -> Node | None:
    held = node.parent.children.get(link_id, []) if node.parent is not None else []
    return held[0] if held else None


def _doses(sheet: Sheet, _now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    words = policy.words("unsafe_abbreviations")
    for node, text in _asked(sheet, "M7.name", "M7.strength", "M7.dose", "M7.times", "M11.order"):
        for word in unsafe_words(text, words):
            yield _found(policy, "V20", node, word=word)
        if wrong := unsafe_number(text):
            yield _found(policy, "V20-NUMBER", node, what=wrong)
    for node, text in _asked(sheet, "M7.dose"):
        if dose_without_unit(text):
            yield _found(policy, "V20-UNIT", node)


def _medicines(sheet: Sheet, _now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    for node, name in _asked(sheet, "M7.name"):
        route, often = _beside(node, "M7.route"), _beside(node, "M7.frequency")
        weekly = any(word in name.casefold() for word in policy.words("never_daily"))
        if weekly and route is not None and often is not None and "PO" in route.codes and "daily" in often.codes:
            yield _found(policy, "V20-DAILY", node)
    for node in sheet.nodes("M11.discrepancy"):
        if not node.enabled or not node.codes or node.codes[0] == "none":
            continue
        answer, by, at, alert = (_beside(node, f"M11.{one}") for one in ("answer", "by", "by-at", "alert"))
        said = [one for one in (answer, by, at) if one is not None and one.answers]
        if said and len(said) < 3 and answer is not None:
            yield _found(policy, "V23", answer)
        if not said and answer is not None and alert is not None and alert.codes and alert.codes[0] != "none":
            yield _found(policy, "V32", answer)


def _weight(sheet: Sheet, _now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    """V16: a weight that differs a lot from the last one is weighed again or explained."""
    node, last, on = (sheet.first(one) for one in ("H7.weight", "ctx.last-weight", "ctx.last-weight-on"))
    if node is None or last is None or on is None or not node.enabled or not isinstance(node.value, dict):
        return
    now_kg, before = node.value.get("value"), last.value
    if not isinstance(now_kg, Decimal | int) or not isinstance(before, Decimal | int) or before <= 0:
        return
    change = (now_kg - before) * 100 / Decimal(before)
    if abs(change) > Decimal(str(policy.number("weight_change_percent"))):
        day = plain_day(dt.date.fromisoformat(str(on.value))) if on.value else "an earlier day"
        kg = f"{Decimal(before).normalize():f}"
        way = "more now" if change > 0 else "less now"
        yield _found(policy, "V16-WEIGHT", node, before=kg, day=day, percent=f"{abs(change):.0f}", way=way)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _fda_sentence(sheet: Sheet, _now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    exact = [_plain(one) for one in policy.words("clinical_trials_statement")]
    for node, text in _asked(sheet, "R25"):
        if _plain(text) not in exact:
            yield _found(policy, "V42", node)


def _member(sheet: Sheet, _now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    for node, text in _asked(sheet, "I1.member"):
        plan = _beside(node, "I1.plan")
        codes = plan.codes if plan is not None else ()
        original = any(code in ("Medicare_FFS_A", "Medicare_FFS_B", "Dual") for code in codes)
        if original and not all(member_fits(text, code, policy) for code in codes):
            yield _found(policy, "V35-MEMBER", node)
    verified, until = moments(sheet, "I4"), moments(sheet, "I34")
    if verified and until and hours(verified[0][0], until[0][0]) > 24 * (policy.number("insurance_valid_days") + 1):
        for node in sheet.nodes("I34"):
            yield _found(policy, "V24-INSURANCE", node, days=int(policy.number("insurance_valid_days")))


def _screening_clock(sheet: Sheet, now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    """Live: how much of the window is left while the physician has not concurred."""
    admission, concurred = moments(sheet, "S0h"), moments(sheet, "S13d")
    signed = moments(sheet, "S11c") + moments(sheet, "S12.at")
    node = sheet.first("S13d")
    if not signed or node is None:
        return
    latest = max(signed, key=lambda one: one[0].replace(tzinfo=None))[0]
    gone = hours(latest, now)
    for link_id in ("S11c", "S12.at", "S13d"):
        for one in sheet.nodes(link_id):
            if one.enabled and any(hours(now, at) > 0 for at, _ in moments(sheet, link_id)):
                yield _found(policy, "V24-FUTURE", one)
                break
    if concurred or not node.enabled:
        return
    most = policy.number("screening_hours")
    if admission and hours(now, admission[0][0]) <= 0:
        yield _found(policy, "V29-LATE", node)
    elif gone > most:
        yield _found(policy, "V24-OVER", node, hours=int(most))
    elif gone >= 0:
        yield _found(policy, "V24-LEFT", node, left=f"{most - float(gone):.0f}", hours=int(most))


def _witness(sheet: Sheet, _now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    names = {
        "PC2.name": "the practitioner who explained",
        "PC7.name": "the representative",
        "PC9a.name": "the interpreter",
    }
    for node, witness in _asked(sheet, "PC21"):
        for link_id, who in names.items():
            if any(_plain(text).casefold() == _plain(witness).casefold() for _, text in _asked(sheet, link_id)):
                yield _found(policy, "V8", node, who=who)


def _consent_choices(sheet: Sheet, _now: dt.datetime, policy: Policy) -> Iterator[Finding]:
    unclear = [node for node in sheet.walk() if node.enabled and node.item.link_id.startswith("PC13")]
    unclear = [node for node in unclear if "not-ok" in node.codes or "not-done" in node.codes]
    signed = any(_asked(sheet, "PC20.at"))
    for node in unclear[:1] if signed else ():
        count = len(unclear)
        yield _found(policy, "PC13", node, n=count, are="is" if count == 1 else "are")


_Rule = Callable[[Sheet, dt.datetime, Policy], Iterator[Finding]]
_BY_FORM: Mapping[str, tuple[_Rule, ...]] = {
    "pan": (_weight,),
    "mr": (_doses, _medicines),
    "rc": (_fda_sentence,),
    "iv": (_member,),
    "pas": (_screening_clock,),
    "pc": (_witness, _consent_choices),
}
