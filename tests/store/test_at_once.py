"""Long columns come in the order of their query, whatever their texts hold."""

from __future__ import annotations

import sqlalchemy as sa

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store
from liaison_desktop.store.at_once import numbers_and_words_at_once, numbers_at_once

NAMES = ("Żółw", 'O"Brien', "back\\slash", "", "two\nlines", "\U0001f9ea", "Álvarez", "<b>x</b>", "a\x01b")


def test_the_order_of_the_query_is_kept(clinical_store: Store) -> None:
    with clinical_store.transaction() as transaction:
        for name in NAMES:
            transaction.save(Patient(family=name, birth_date="1961-03-14"))
    table = clinical_store.table(Patient)
    for order in (table.c.family, table.c.family.desc(), table.c.rid.desc()):
        query = sa.select(table.c.rid, table.c.family).order_by(order)
        with clinical_store.reading() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
            numbers, words = numbers_and_words_at_once(connection, query)
            alone = numbers_at_once(connection, sa.select(table.c.rid).order_by(order))
        assert list(zip(numbers, words, strict=True)) == rows
        assert list(alone) == numbers


def test_nothing_is_nothing(clinical_store: Store) -> None:
    with clinical_store.reading() as connection:
        assert len(numbers_at_once(connection, sa.select(clinical_store.table(Patient).c.rid))) == 0


def test_commits_are_counted_and_notes_of_drafts_are_not(clinical_store: Store) -> None:
    before = clinical_store.commits
    clinical_store.drafts.put("patient/new", b"{}")
    assert clinical_store.commits == before
    saved = clinical_store.save(Patient(family="Okafor", birth_date="1961-03-14"))
    assert clinical_store.commits == before + 1
    clinical_store.remove(saved, reason="entered twice")
    assert clinical_store.commits == before + 2
