"""The one-line entry: `v oko 14:00 30m #dosing phone` is a whole visit. Pure: what is known comes in as arguments.

The grammar is a list of words in any order: a person's name or its beginning; a time (`14:00`, `2pm`); a length
(`30m`, `1h30`); a day (`mon`, `yesterday`, `13nov`, `2026-11-13`); a channel (`phone`, `video`); topics after `#`.
A `v` in front says that it is a visit. Whatever is nothing of this is kept as a note, in the order it was typed.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.materials.record import ScientificTopic
from liaison_desktop.msl.visits.record import Channel

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
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})$|(\d{1,2})(am|pm)$|at?(\d{1,2})$")
_LENGTH = re.compile(r"(?:(\d{1,2})h(?:(\d{1,2})m?)?|(\d{1,3})(?:m|min|mins|'))$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_SHORT = re.compile(r"(\d{1,2})([a-z]{3})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_LONGEST_NAME, _TRIED = 4, 12  # words

# Whom a few typed letters may mean: (id, name), most likely first.
FindPeople = Callable[[str], Sequence[tuple[uuid.UUID, str]]]


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says. What it does not say is None or empty; `left_over` are the words that become a note.

    `people` are all whom the name may mean, the likeliest first; `guessed` says that none is spelled as it was typed.
    """

    people: tuple[tuple[uuid.UUID, str], ...] = ()
    guessed: bool = False
    start_at: datetime.datetime | None = None
    minutes: int | None = None
    channel: Channel | None = None
    topics: tuple[ScientificTopic, ...] = ()
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
    for number, raw in enumerate(line.split()):
        word = raw.casefold()
        if word.startswith("#"):
            topic = _topic(word[1:], taxonomy)
            if topic is None:
                unknown[number] = raw
            elif topic not in found:
                found.append(topic)
        elif word == "v" and number == 0:
            continue
        elif clock is None and (read := _time(word)) is not None:
            clock = read
        elif minutes is None and (length := _minutes(word)) is not None:
            minutes = length
        elif channel is None and word in _CHANNELS:
            channel = _CHANNELS[word]
        elif day is None and (on := _day(word, now.date())) is not None:
            day = on
        else:
            names[number] = raw
    people, taken = _people(names, find)
    if guessed := not people and bool(names):
        people, taken = _people(names, near, only_first=True)
    rest = {number: word for number, word in names.items() if number not in taken}
    return Understood(
        people=tuple(people),
        guessed=guessed and bool(people),
        start_at=_start(day, clock, now),
        minutes=minutes,
        channel=channel,
        topics=tuple(found),
        left_over=tuple(word for _number, word in sorted({**unknown, **rest}.items())),
    )


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


def _time(word: str) -> datetime.time | None:
    match = _CLOCK.fullmatch(word)
    if not match:
        return None
    hour, minute = int(match[1] or match[3] or match[5]), int(match[2] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4] == "pm" else 0)
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def _minutes(word: str) -> int | None:
    match = _LENGTH.fullmatch(word)
    if not match:
        return None
    total = int(match[1] or 0) * 60 + int(match[2] or match[3] or 0)
    return total if 0 < total <= 24 * 60 else None


def _day(word: str, today: datetime.date) -> datetime.date | None:
    """A day that has passed if it is named by its weekday: visits are recorded after they took place."""
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    try:
        if word in near:
            return today + datetime.timedelta(days=near[word])
        if word[:3] in _DAYS and word in (word[:3], _full(word[:3])):
            return today - datetime.timedelta(days=(today.weekday() - _DAYS.index(word[:3])) % 7)
        if match := _ISO.fullmatch(word):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if (match := _SHORT.fullmatch(word)) and match[2] in _MONTHS:
            made = datetime.date(today.year, _MONTHS.index(match[2]) + 1, int(match[1]))
            return made.replace(year=made.year - 1) if (made - today).days > 180 else made
    except (ValueError, OverflowError):
        return None
    return None


def _full(short: str) -> str:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return names[_DAYS.index(short)]


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


def follow_up(line: str, today: datetime.date) -> tuple[str, datetime.date]:
    """What to do and by when: `send the letter fri` is due next Friday; without a day it is due in a week."""
    words = line.split()
    if words and words[0].casefold() == "f":
        words = words[1:]
    if len(words) > 1 and (due := _due(words[-1].casefold(), today)) is not None:
        return " ".join(words[:-1]), due
    return " ".join(words), today + datetime.timedelta(days=7)


def _due(word: str, today: datetime.date) -> datetime.date | None:
    if word[:3] in _DAYS and word in (word[:3], _full(word[:3])):
        return today + datetime.timedelta(days=(_DAYS.index(word[:3]) - today.weekday() - 1) % 7 + 1)
    if (match := re.fullmatch(r"\+?(\d{1,3})(d|w)", word)) is not None:
        return today + datetime.timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    found = _day(word, today)
    return found if found is None or found >= today else None
