"""What every store has beside tables: the journal's guards and the full-text index. Used by each first revision."""

from __future__ import annotations

from alembic.operations import Operations

_JOURNAL = (
    "CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)

# SQLCipher keeps 80 bytes of each page, so FTS5's usual 4050-byte leaf would spill into a second page.
_SEARCH = (
    "CREATE VIRTUAL TABLE search_index USING fts5(title, facts, words, content='search_entry', content_rowid='rid',"
    " prefix='2', tokenize=\"unicode61 remove_diacritics 2\")",
    "INSERT INTO search_index(search_index, rank) VALUES('pgsz', 3900)",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN"
    " INSERT INTO search_index(rowid, title, facts, words) VALUES(new.rid, new.title, new.facts, new.words); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN"
    " INSERT INTO search_index(search_index, rowid, title, facts, words)"
    " VALUES('delete', old.rid, old.title, old.facts, old.words); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN"
    " INSERT INTO search_index(search_index, rowid, title, facts, words)"
    " VALUES('delete', old.rid, old.title, old.facts, old.words);"
    " INSERT INTO search_index(rowid, title, facts, words) VALUES(new.rid, new.title, new.facts, new.words); END",
)


def add_guards(op: Operations) -> None:
    """The triggers that keep the journal append-only, and the full-text index with the triggers that feed it."""
    for statement in (*_JOURNAL, *_SEARCH):
        op.get_bind().exec_driver_sql(statement)
