"""Reading: the words that ship, RC's ten questions, studies, research consents and who left."""

from __future__ import annotations

import functools
import tomllib
import uuid
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.consents.record import TeachBack
from liaison_desktop.clinical.patients.queries import one_person
from liaison_desktop.clinical.research.record import (
    ResearchConsent,
    ResearchState,
    ResearchWithdrawal,
    ResearchWords,
    Study,
)
from liaison_desktop.errors import Missing, Unreadable
from liaison_desktop.paths import resource
from liaison_desktop.signing import fingerprint_of
from liaison_desktop.store import Store

_QUESTIONS = tuple(f"Q{number}" for number in range(1, 11))
_OVER = (
    ResearchState.ACTIVE,
    ResearchState.DECLINED,
    ResearchState.NOT_ELIGIBLE,
    ResearchState.ENTERED_IN_ERROR,
)


def read_words(content: bytes) -> ResearchWords:
    """The words from the bytes of their file, with their hash. Raises Unreadable if they are none."""
    try:
        found = msgspec.convert(tomllib.loads(content.decode()), ResearchWords, strict=False)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise Unreadable("This file does not hold the words of a study.") from fault
    return msgspec.structs.replace(found, sha256=fingerprint_of(content))


@functools.cache
def all_words() -> tuple[ResearchWords, ...]:
    """The words of every study that ship, the newest version of a code last."""
    found = [read_words(path.read_bytes()) for path in sorted(resource("research_words").glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: (one.code, one.effective)))


def words_of(code: str) -> ResearchWords:
    """The newest words with this code. Raises Missing."""
    found = [one for one in all_words() if one.code == code]
    if not found:
        raise Missing("There are no words with this code. Choose the words of this form on its study.")
    return found[-1]


def comprehension_of(words: ResearchWords) -> tuple[TeachBack, ...]:
    """The ten questions as the checklist RC asks them, none answered, each with what to listen for in this study."""
    from liaison_desktop.questionnaires.library import newest

    asked = newest("rc").index
    return tuple(
        TeachBack(code=code, ask=asked[code].patient_text, listen_for=words.listen_for.get(code, ""))
        for code in _QUESTIONS
    )


def studies(store: Store) -> tuple[Study, ...]:
    """Every study, open ones first, by short name."""
    return tuple(sorted(store.all(Study), key=lambda one: (not one.open, one.title().casefold())))


def research_consents_of(store: Store, patient: uuid.UUID) -> tuple[ResearchConsent, ...]:
    """The research consents of one patient, newest first; those under a record merged into this one are among them."""
    return _where(store, "patient_id", tuple(one_person(store, patient)))


def participants_of(store: Store, study: uuid.UUID) -> tuple[ResearchConsent, ...]:
    """Every consent of one study, newest first."""
    return _where(store, "study_id", (study,))


def research_consents_in(store: Store, states: Iterable[ResearchState], most: int = 50) -> tuple[ResearchConsent, ...]:
    """The research consents in these states, newest first."""
    return _where(store, "state", tuple(state.value for state in states), most)


def count_open(store: Store) -> int:
    """How many research consents still wait for somebody."""
    import sqlalchemy as sa

    table = store.table(ResearchConsent)
    with store.reading() as connection:
        query = sa.select(sa.func.count()).where(table.c.state.not_in([state.value for state in _OVER]))
        return int(connection.execute(query).scalar_one())


def recent_research(store: Store, limit: int = 500) -> tuple[ResearchConsent, ...]:
    """The newest research consents of everybody, newest first."""
    import sqlalchemy as sa

    table = store.table(ResearchConsent)
    with store.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.rid.desc()).limit(limit)).mappings()
        return tuple(store.load(ResearchConsent, row) for row in rows)


def endings_of(store: Store, consents: Iterable[ResearchConsent]) -> dict[uuid.UUID, tuple[ResearchWithdrawal, ...]]:
    """The endings of these consents, by consent, in the order they were recorded."""
    import sqlalchemy as sa

    table, found = store.table(ResearchWithdrawal), dict[uuid.UUID, tuple[ResearchWithdrawal, ...]]()
    ids = [one.id for one in consents]
    with store.reading() as connection:
        for start in range(0, len(ids), 400):  # SQLite takes so many values at once
            query = sa.select(table).where(table.c.consent_id.in_(ids[start : start + 400])).order_by(table.c.rid)
            for row in connection.execute(query).mappings():
                one = store.load(ResearchWithdrawal, row)
                if one.consent_id is not None:
                    found[one.consent_id] = (*found.get(one.consent_id, ()), one)
    return found


def next_number(store: Store, year: int) -> str:
    """The next document number of this device, such as RC-2026-A0007. Numbers of two devices never meet."""
    import sqlalchemy as sa

    head, table = f"RC-{year}-{store.device.prefix}", store.table(ResearchConsent)
    with store.reading() as connection:
        query = sa.select(table.c.document_number).where(table.c.document_number.startswith(head, autoescape=True))
        numbers = [str(row[0])[len(head) :] for row in connection.execute(query)]
    last = max((int(number) for number in numbers if number.isdigit()), default=0)
    return f"{head}{last + 1:04d}"


def _where(store: Store, column: str, values: tuple[object, ...], most: int = 0) -> tuple[ResearchConsent, ...]:
    import sqlalchemy as sa

    table = store.table(ResearchConsent)
    query = sa.select(table).where(table.c[column].in_(values)).order_by(table.c.rid.desc())
    with store.reading() as connection:
        rows = connection.execute(query.limit(most) if most else query).mappings()
        return tuple(store.load(ResearchConsent, row) for row in rows)
