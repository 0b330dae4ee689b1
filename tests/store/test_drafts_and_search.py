"""Drafts are durable at once; search takes any keystroke."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.store import Store
from liaison_desktop.store.search import expression
from tests import builders
from tests.fakes import Clock

NASTY = [
    '"',
    '""',
    "*",
    "a*",
    "(",
    "a OR",
    "NEAR(a b)",
    "-x",
    "title:a",
    "^a",
    "a AND NOT",
    "'",
    "\\",
    "\x00",
    "%",
    "_",
]


def test_a_draft_is_there_after_the_store_was_never_closed(tmp_path: Path, clock: Clock) -> None:
    """A second connection, as after a crash, reads what `put` said was kept."""
    store = builders.a_store(tmp_path, SCHEMA, clock)
    store.drafts.put("visit/new", b"half a sentence")
    store.drafts.put("visit/new", b"half a sentence more")
    clock.tick()
    store.drafts.put("visit/other", b"x")
    assert store.drafts.keys("visit/") == ("visit/other", "visit/new")
    assert store.drafts.get("visit/new") == b"half a sentence more"
    assert store.verify().entries == 1, "drafts stay out of the journal"
    store.drafts.drop("visit/other")
    store.close()
    again = Store.open(
        tmp_path, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=clock
    )
    assert again.drafts.keys() == ("visit/new",)
    again.close()


@pytest.mark.parametrize("text", NASTY)
def test_no_keystroke_raises(msl_store: Store, text: str) -> None:
    """Operators of the index language are only characters here."""
    msl_store.save(Institution(name="Northlake University Hospital"))
    assert isinstance(msl_store.search(text), tuple)


@given(st.text(max_size=60))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_raises(msl_store: Store, text: str) -> None:
    """Nothing a person or a scanner could send breaks the search."""
    assert isinstance(msl_store.search(text.encode("utf-8", "ignore").decode()), tuple)


def test_words_are_found_by_their_beginnings_without_accents(msl_store: Store) -> None:
    """What is typed halfway, in capitals or without accents is found."""
    saved = msl_store.save(Institution(name="Clínica São João", city="Łódź"))
    for text in ("clin", "SAO", "joao cli", "Sã"):
        assert [hit.id for hit in msl_store.search(text)] == [saved.id], text
    assert msl_store.search("clin", "person") == ()
    assert msl_store.search("clinx") == ()


def test_an_expression_quotes_every_word() -> None:
    """Each word stands in quotes; the last may go on."""
    assert expression('dr "okon') == '"dr" "okon"*'
    assert expression("  ") == ""
