"""Writes the next revision from what the records declare: `python -m liaison_desktop.store.migrations.revise NAME WORDS`.

`--first` writes the first revision anew, which is only right before a release has gone out.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations.ops import AddColumnOp, ModifyTableOps
from alembic.runtime.migration import MigrationContext

from liaison_desktop.records import fields_of
from liaison_desktop.store.columns import column_value
from liaison_desktop.store.migrations.runner import HERE, run_revisions, scripts
from liaison_desktop.store.parties import Schema
from liaison_desktop.store.tables import metadata_of

_PAGE = '''"""{words}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
{imports}
revision = "{revision}"
down_revision = {previous!r}


def upgrade() -> None:
    """{words}"""
{body}
'''


def _render(kind: str, thing: Any, context: Any) -> str | Literal[False]:
    if kind == "type":
        plain = thing.impl if isinstance(thing, sa.types.TypeDecorator) else thing
        return f"sa.{type(plain).__name__}()"
    return False


def _include(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    return not (kind == "table" and str(name).startswith("search_index"))


def _fill_old_rows(steps: Iterable[Any], schema: Schema) -> None:
    """A column that may not be empty needs a value for the rows that are there: the one a new record begins with."""
    kinds = {kind.kind: kind for kind in schema.kinds}
    for step in steps:
        if isinstance(step, ModifyTableOps):
            _fill_old_rows(step.ops, schema)
        elif isinstance(step, AddColumnOp) and not step.column.nullable and step.table_name in kinds:
            kind = kinds[step.table_name]
            spec = next(one for one in fields_of(kind) if one.name == step.column.name)
            begun = str(column_value(spec, getattr(kind(), spec.name)))
            step.column.server_default = sa.DefaultClause(begun)


def write_revision(schema: Schema, words: str, *, first: bool) -> Path:
    """The file of the new revision."""
    folder = HERE / schema.name
    if first:
        for old in folder.glob("0*.py"):
            old.unlink()
    script = scripts(schema.name)
    previous = script.get_current_head()
    revision = f"{int(previous) + 1 if previous else 1:04d}"
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        if previous:
            run_revisions(connection, script)
        options = {"render_item": _render, "include_object": _include, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        steps = produce_migrations(context, metadata_of(schema))
        assert steps.upgrade_ops is not None
        _fill_old_rows(steps.upgrade_ops.ops, schema)
        body = render_python_code(steps.upgrade_ops, render_item=_render)
    imports = ""
    if previous is None:
        imports = "\nfrom liaison_desktop.store.migrations.common import add_guards\n"
        body += "\nadd_guards(op)  # type: ignore[arg-type]"
    text = "\n".join(f"    {line}" if line.strip() else "" for line in body.replace("\n    ", "\n").splitlines())
    target = folder / f"{revision}_{'_'.join(re.findall('[a-z0-9]+', words.lower()))}.py"
    target.write_text(
        _PAGE.format(words=words, revision=revision, previous=previous, imports=imports, body=text), encoding="utf-8"
    )
    return target


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the next revision of a store.")
    parser.add_argument("name", choices=("msl", "clinical"))
    parser.add_argument("words", nargs="?", default="The first form of this store.")
    parser.add_argument("--first", action="store_true")
    wanted = parser.parse_args()
    # The only line that looks up: a tool for whoever changes a record, never run by the application.
    schema: Schema = importlib.import_module(f"liaison_desktop.{wanted.name}.workspace").SCHEMA
    print(write_revision(schema, wanted.words, first=wanted.first).name)


if __name__ == "__main__":
    main()
