"""The one-line entry: `v oko 14:00 30m #dosing phone` is a whole visit. Pure: what is known comes in as arguments.

The grammar is a list of words in any order: a person's name or its beginning; a time (`14:00`, `2pm`); a length
(`30m`, `1h30`); a day (`mon`, `yesterday`, `13nov`, `2026-11-13`); a channel (`phone`, `video`); topics after `#`;
`!ae` for an adverse event or product complaint that was heard, `?inq` for a question that becomes a medical inquiry.
A `v` in front says that it is a visit. Whatever is nothing of this is kept as a note, in the order it was typed; what
follows a flag is also what happened, or what was asked.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.materials.record import ScientificTopic
from liaison_desktop.msl.visits.record import Channel
from liaison_desktop.msl.visits.rules.typed_days import clock_of, day_of, minutes_of

_CHANNELS = {
    "phone": Channel.PHONE,
    "call": Channel.PHONE,
    "tel": Channel.PHONE,
    "video": Channel.VIDEO,
    "teams": Channel.VIDEO,
    "zoom": Channel.VIDEO,
    "mail": Channel.EMAIL,
    "email": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "chat": Channel.CHAT_TEXT,
    "text": Channel.CHAT_TEXT,
    "person": Channel.IN_PERSON,
    "in-person": Channel.IN_PERSON,
    "f2f": Channel.IN_PERSON,
}
_LONGEST_NAME, _TRIED = 4, 12  # words
_HEARD = frozenset({"!ae", "!pqc", "!safety"})
_ASKED = frozenset({"?inq", "?mirf", "?inquiry"})

# Whom a few typed letters may mean: (id, name), most likely first.
FindPeople = Callable[[str], Sequence[tuple[uuid.UUID, str]]]


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says. What it does not say is None or empty; `left_over` are the words that become a note.

    `people` are all whom the name may mean, the likeliest first; `guessed` says that none is spelled as it was typed.
    `heard` and `asked` are the flags `!ae` and `?inq`, `happened` and `question` the words that follow them.
    """

    people: tuple[tuple[uuid.UUID, str], ...] = ()
    guessed: bool = False
    start_at: datetime.datetime | None = None
    minutes: int | None = None
    channel: Channel | None = None
    topics: tuple[ScientificTopic, ...] = ()
    heard: bool = False
    asked: bool = False
    happened: str = ""
    question: str = ""
    left_over: tuple[str, ...] = ()

    @property
    def person_id(self) -> uuid.UUID | None:
        """Whom it most likely means."""
        return self.people[0][0] if self.people else None

    @property
    def person(self) -> str:
        """The name of that person; empty if nobody is meant."""
        return self.people[0][1] if self.people else ""

    @property
    def others(self) -> int:
        """How many others the name may mean as well."""
        return max(0, len(self.people) - 1)

    @property
    def notes(self) -> str:
        """The words that were understood as nothing else, as a note."""
        return " ".join(self.left_over)


def _nobody(_text: str) -> Sequence[tuple[uuid.UUID, str]]:
    return ()


def is_visit_line(line: str) -> bool:
    """Whether a line asks for a visit by its first word."""
    words = line.split(maxsplit=1)
    return len(words) == 2 and words[0].casefold() == "v"


def understand(
    line: str,
    now: datetime.datetime,
    find: FindPeople,
    topics: Iterable[ScientificTopic],
    near: FindPeople = _nobody,
) -> Understood:
    """Read a line; no text raises. `near` is asked for names that were mistyped, when `find` knows nobody.

    A day alone means today's hour there; a time alone means today; neither leaves the start open.
    """
    taxonomy = [topic for topic in topics if topic.active]
    clock: datetime.time | None = None
    day: datetime.date | None = None
    minutes: int | None = None
    channel: Channel | None = None
    found: list[ScientificTopic] = []
    names: dict[int, str] = {}
    unknown: dict[int, str] = {}
    flags: dict[str, int] = {}  # which flag, and its place in the line
    for number, raw in enumerate(line.split()):
        word = raw.casefold()
        if word in _HEARD or word in _ASKED:
            flags.setdefault("heard" if word in _HEARD else "asked", number)
        elif word.startswith("#"):
            topic = _topic(word[1:], taxonomy)
            if topic is None:
                unknown[number] = raw
            elif topic not in found:
                found.append(topic)
        elif word == "v" and number == 0:
            continue
        elif clock is None and (read := clock_of(word)) is not None:
            clock = read
        elif minutes is None and (length := minutes_of(word)) is not None:
            minutes = length
        elif channel is None and word in _CHANNELS:
            channel = _CHANNELS[word]
        elif day is None and (on := day_of(word, now.date())) is not None:
            day = on
        else:
            names[number] = raw
    people, taken = _people(names, find)
    if guessed := not people and bool(names):
        people, taken = _people(names, near, only_first=True)
    rest = {number: word for number, word in names.items() if number not in taken}
    words = sorted({**unknown, **rest}.items())
    return Understood(
        people=tuple(people),
        guessed=guessed and bool(people),
        start_at=_start(day, clock, now),
        minutes=minutes,
        channel=channel,
        topics=tuple(found),
        heard="heard" in flags,
        asked="asked" in flags,
        happened=_after("heard", flags, words),
        question=_after("asked", flags, words),
        left_over=tuple(word for _number, word in words),
    )


def _after(flag: str, flags: Mapping[str, int], words: Sequence[tuple[int, str]]) -> str:
    """The words behind a flag, up to the next one."""
    begin = flags.get(flag)
    if begin is None:
        return ""
    end = min((place for place in flags.values() if place > begin), default=None)
    return " ".join(word for place, word in words if place > begin and (end is None or place < end))


def _people(
    names: Mapping[int, str], find: FindPeople, *, only_first: bool = False
) -> tuple[Sequence[tuple[uuid.UUID, str]], frozenset[int]]:
    """Whom the words mean, and the places of the words that say so: the longest run of words that finds somebody.

    Only the first dozen words are tried, or with `only_first` the first run: a name is not at the end of a long note.
    """
    places = list(names)[:_TRIED]
    for length in range(min(len(places), _LONGEST_NAME), 0, -1):
        for first in range(1 if only_first else len(places) - length + 1):
            run = places[first : first + length]
            if people := find(" ".join(names[place] for place in run)):
                return people, frozenset(run)
    return (), frozenset()


def _start(day: datetime.date | None, clock: datetime.time | None, now: datetime.datetime) -> datetime.datetime | None:
    if day is None and clock is None:
        return None
    at = clock or datetime.time(now.hour, now.minute - now.minute % 5)
    return datetime.datetime.combine(day or now.date(), at, tzinfo=now.tzinfo)


def _topic(word: str, topics: Sequence[ScientificTopic]) -> ScientificTopic | None:
    said = plain(word)
    if not said:
        return None
    for fits in (_is_code, _begins_code, _begins_word):
        if hit := next((topic for topic in topics if fits(topic, said)), None):
            return hit
    return None


def _is_code(topic: ScientificTopic, said: str) -> bool:
    return plain(topic.code) == said


def _begins_code(topic: ScientificTopic, said: str) -> bool:
    return plain(topic.code).startswith(said)


def _begins_word(topic: ScientificTopic, said: str) -> bool:
    return any(part.startswith(said) for part in plain(topic.label).split())
