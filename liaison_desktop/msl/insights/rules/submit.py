"""What must hold before an insight is sent: INS-1 to INS-5 and PHI-1."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator

import msgspec

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.insights.record import Insight, InsightFeedback, may_follow
from liaison_desktop.policies import Policy
from liaison_desktop.policies.guarding import identity_faults
from liaison_desktop.policies.radar import scan
from liaison_desktop.records import spec_of

TEXTS = ("headline", "quote", "so_what", "suggested_action", "detail")


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules need beside the insight."""

    now: datetime.datetime
    policy: Policy
    products: tuple[str, ...] = ()


def insight_faults(insight: Insight, context: Context) -> tuple[Fault, ...]:
    """Everything that is wrong or doubtful about an insight; what was answered with a reason is not among it.

    INS-3 refuses until a reason is given, so that an answer turns it into a flag.
    """
    found = [
        *insight.faults(),
        *_needed(insight, context),
        *_time(insight, context),
        *_question(insight, context.policy),
        *_safety(insight, context),
        *_restricted(insight, context.policy),
        *identity_faults(insight, context.policy),
        *_priority(insight, context),
    ]
    answered = {(one.rule, one.about) for one in insight.answers if one.answer.strip()}
    return tuple(one for one in found if not (asks(one) and (one.rule, one.message) in answered))


def asks(fault: Fault) -> bool:
    """Whether a reason answers this fault."""
    return fault.severity is Severity.CONFIRM or fault.rule == "INS-3"


def blocking(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The faults that stand in the way of sending."""
    return tuple(one for one in faults if one.severity in (Severity.REFUSE, Severity.CONFIRM))


def feedback_faults(feedback: InsightFeedback, insight: Insight | None) -> tuple[Fault, ...]:
    """What is wrong with a word that came back: it needs an insight that was sent, and a state that may follow."""
    found = list(feedback.faults())
    if insight is None:
        found.append(Fault(field="insight_id", message="There is no such insight in this store."))
    elif not insight.locked:
        found.append(Fault(field="insight_id", message="This insight was not sent yet."))
    elif feedback.status is not None and not may_follow(insight.status, feedback.status):
        words = f"It is {insight.status.label.lower()} and cannot become {feedback.status.label.lower()}."
        found.append(Fault(field="status", message=words))
    return tuple(found)


def texts(insight: Insight) -> Iterator[tuple[str, str]]:
    """Every text somebody typed into an insight, with its field."""
    for name in TEXTS:
        yield name, getattr(insight, name)


def safety_spans(text: str, policy: Policy, products: tuple[str, ...] = ()) -> Iterator[str]:
    """The places of a text that may speak of an adverse event, as the radar sees them: denials and history are none."""
    for found in scan(text, policy.lexicon, products=products):
        yield found.words


def _needed(insight: Insight, context: Context) -> Iterator[Fault]:
    for name in ("headline", "so_what"):
        if not getattr(insight, name).strip():
            yield context.policy.fault("INS-1", field=name)


def _time(insight: Insight, context: Context) -> Iterator[Fault]:
    if insight.heard_at is not None and insight.heard_at > context.now:
        yield Fault(field="heard_at", message="This is in the future. An insight was heard before it is sent.")


def _question(insight: Insight, policy: Policy) -> Iterator[Fault]:
    asking = _pattern(policy.words("request"))
    for name, text in texts(insight):
        if name in ("headline", "quote", "detail") and (_ASKED.search(text) or asking.search(text)):
            yield policy.fault("INS-2", field=name)
            return


def _safety(insight: Insight, context: Context) -> Iterator[Fault]:
    for name, text in texts(insight):
        for span in safety_spans(text, context.policy, context.products):
            yield context.policy.fault("INS-3", field=name, span=span, heard_at=_moment(insight, context))


def _restricted(insight: Insight, policy: Policy) -> Iterator[Fault]:
    banned = _pattern(policy.words("restricted"))
    for name, text in texts(insight):
        for found in banned.finditer(text):
            # The sentence names the field in words; the fault names it for the form.
            rule, where = policy.rules["INS-5"], spec_of(Insight, name).field.label.lower()
            words = rule.message.format(word=found.group(), field=where)
            yield Fault(field=name, message=words, rule="INS-5", severity=rule.severity)


def _priority(insight: Insight, context: Context) -> Iterator[Fault]:
    if insight.priority_id is None:
        yield context.policy.fault("INS-4", field="priority_id")


def _moment(insight: Insight, context: Context) -> str:
    heard = (insight.heard_at or context.now).astimezone(context.now.tzinfo)
    return f"{heard.day} {heard:%b}, {heard:%H:%M}"


_ASKED = re.compile(r"\?[\s”\"'»)]*$|\?\s", re.MULTILINE)


@functools.lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in words)})\b", re.IGNORECASE)
