"""Promises read out of the notes: `I will send her the letter by Friday` becomes a proposed follow-up, never more.

Deterministic: who promises and which verbs make which kind of promise are word lists of the policy. What stands between
quotation marks was said by somebody else, what is denied or only asked about is no promise.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.visits.record import FollowUp, FollowUpKind
from liaison_desktop.msl.visits.rules.due_days import due_in
from liaison_desktop.policies import Policy

_KINDS = {
    "promise_send": FollowUpKind.SEND_INFORMATION,
    "promise_introduce": FollowUpKind.INTRODUCE_EXPERT,
    "promise_schedule": FollowUpKind.SCHEDULE,
    "promise_answer": FollowUpKind.ANSWER_QUESTION,
    "promise_internal": FollowUpKind.INTERNAL_HANDOVER,
}
_MOST = 5  # more at once is no help
_LONGEST = 20_000  # characters; notes are far below
_QUOTED = re.compile(r"[“\"„«][^”\"“»\n]{0,600}[”\"“»]")
# A sentence ends at a full stop before a blank, but not after a title such as Dr.
_ENDS = re.compile(r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bSt)(?<!\bvs)[.!?;]+(?=\s|$)|\n+")
_DENIED = re.compile(r"\b(?:not|never|no longer|cannot)\b|n['’]t\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:whether|if|when|that she|that he|that they)\s*$", re.IGNORECASE)
_TEXT = 200  # characters of a proposed follow-up


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that the notes speak of."""

    text: str
    due_on: datetime.date
    kind: FollowUpKind

    def row(self) -> FollowUp:
        """The follow-up as it would be added."""
        return FollowUp(text=self.text, due_on=self.due_on, kind=self.kind, promised_to_hcp=self.promised)

    @property
    def promised(self) -> bool:
        """Whether the doctor waits for it."""
        return self.kind is not FollowUpKind.INTERNAL_HANDOVER


def proposals(notes: str, today: datetime.date, policy: Policy, known: Iterable[FollowUp] = ()) -> tuple[Proposal, ...]:
    """The promises in a text that are not among the known follow-ups, in the order they stand there."""
    words = tuple(tuple(policy.words(name)) for name in ("promise_who", "promise_start", "promise_alone", *_KINDS))
    if not all(words):
        return ()
    later = today + datetime.timedelta(days=int(policy.number("promise_days")))
    seen = [_told(row.text) for row in known]
    found: list[Proposal] = []
    for sentence in _ENDS.split(_QUOTED.sub(" ", notes[:_LONGEST])):
        for text, kind in _promised(sentence.strip(), _pattern(words)):
            what, due = due_in(text, today)
            told = _told(what)
            if len(told) > 1 and not any(_same(told, one) for one in seen):
                seen.append(told)
                found.append(Proposal(text=_headed(what), due_on=due or later, kind=kind))
    return tuple(found[:_MOST])


class _Reader(msgspec.Struct, frozen=True):
    promise: re.Pattern[str]
    more: re.Pattern[str]
    kinds: tuple[re.Pattern[str], ...]

    def kind(self, verb: str) -> FollowUpKind:
        for pattern, kind in zip(self.kinds, _KINDS.values(), strict=True):
            if pattern.fullmatch(verb):
                return kind
        return FollowUpKind.OTHER


@functools.lru_cache(maxsize=4)
def _pattern(words: tuple[tuple[str, ...], ...]) -> _Reader:
    who, start, alone, *verbs = (_any(one) for one in words)
    verb = "|".join(verbs)
    # Between who and verb stand at most three short words, such as "then also" or "of course".
    return _Reader(
        re.compile(
            rf"(?:(?:\b(?:{who})|^(?:{start}))\s+(?P<between>(?:[\w'’-]+\s+){{0,3}}?)|^(?=(?:{alone})\b))(?P<verb>{verb})\b",
            re.IGNORECASE,
        ),
        re.compile(rf",?\s+and\s+(?:then\s+|also\s+)?(?:(?:{who})\s+)?(?P<verb>{verb})\b", re.IGNORECASE),
        tuple(re.compile(one, re.IGNORECASE) for one in verbs),
    )


def _any(words: Sequence[str]) -> str:
    # A typed apostrophe may be straight or curly; the longest phrase comes first so that it wins.
    alike = (re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))
    return "|".join(alike)


def _promised(sentence: str, reader: _Reader) -> Iterator[tuple[str, FollowUpKind]]:
    """Each promise of a sentence from its verb on, with its kind."""
    first = reader.promise.search(sentence)
    if first is None or _DENIED.search(first["between"] or "") or _ASKED.search(sentence[: first.start()]):
        return
    at, verb = first.start("verb"), first["verb"]
    for other in reader.more.finditer(sentence, first.end()):
        yield sentence[at : other.start()], reader.kind(verb)
        at, verb = other.start("verb"), other["verb"]
    yield sentence[at:], reader.kind(verb)


def _headed(text: str) -> str:
    text = " ".join(text.split()).strip(" ,:-")[:_TEXT]
    return text[:1].upper() + text[1:]


def _told(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", plain(text))) - {"the", "a", "an", "her", "him", "them", "to", "of", "with"}


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) >= 0.75 * smaller
