"""What a server knows of the records is what the records say today."""

from __future__ import annotations

from typing import Annotated, ClassVar

import pytest

from liaison_desktop.clinical.workspace import SCHEMA as CLINICAL
from liaison_desktop.msl.workspace import SCHEMA as MSL
from liaison_desktop.paths import resource
from liaison_desktop.records import Field, Merging, Record, fields_of
from liaison_desktop.records.field import Sync
from liaison_desktop.store import Schema
from liaison_desktop.sync.catalogue import decode
from liaison_desktop.sync.cataloguing import catalogue_of, content_of, last_frozen, written


class Note(Record, frozen=True, kw_only=True):
    kind: ClassVar[str] = "note"
    text: Annotated[str, Field("Text")] = ""


class LongerNote(Record, frozen=True, kw_only=True):
    kind: ClassVar[str] = "note"
    text: Annotated[str, Field("Text")] = ""
    more: Annotated[str, Field("More")] = ""


class SecretNote(Record, frozen=True, kw_only=True):
    kind: ClassVar[str] = "note"
    text: Annotated[str, Field("Text", sync=Sync.STAYS)] = ""


@pytest.mark.parametrize("schema", [MSL, CLINICAL], ids=lambda schema: schema.name)
def test_the_catalogue_is_that_of_the_records(schema: Schema) -> None:
    held = resource("wire", f"{schema.name}.json").read_bytes()
    assert held == written(schema.name, schema.kinds), "a record changed: python3 packaging/dev.py wire"
    assert content_of(decode(held)) == held


@pytest.mark.parametrize("schema", [MSL, CLINICAL], ids=lambda schema: schema.name)
def test_a_seal_names_fields_that_are_there(schema: Schema) -> None:
    for kind in schema.kinds:
        names = {spec.name for spec in fields_of(kind)} | {""}
        named = {name for seal in kind.seals for name in (seal.field, *seal.may_change, *seal.stands)}
        assert named <= names, f"{kind.__name__}: {named - names}"


@pytest.mark.parametrize("schema", [MSL, CLINICAL], ids=lambda schema: schema.name)
def test_a_kind_that_its_own_guard_never_lets_change_is_immutable_on_the_server_too(schema: Schema) -> None:
    for kind in schema.kinds:
        if "guard" not in vars(kind):
            continue
        try:
            forbidden = bool(kind().guard(kind()))
        except (TypeError, AttributeError, KeyError):
            continue
        assert not forbidden or kind.merging is Merging.IMMUTABLE, kind.__name__


def test_a_field_more_is_another_schema_once_a_release_has_gone_out() -> None:
    first = catalogue_of("any", [Note], None)
    assert (first.release, first.by_kind["note"].schema) == (1, 1)
    same, more = catalogue_of("any", [Note], first), catalogue_of("any", [LongerNote], first)
    assert (same.release, same.by_kind["note"].schema) == (2, 1)
    assert (more.release, more.by_kind["note"].schema) == (2, 2)
    assert last_frozen("any") is None


def test_a_field_that_should_stay_is_refused() -> None:
    with pytest.raises(TypeError, match=r"SecretNote\.text"):
        catalogue_of("any", [SecretNote], None)
