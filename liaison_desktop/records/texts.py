"""The free texts of a record: words somebody wrote as they liked, which guards read wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from liaison_desktop.records.field import Spec, fields_of


def is_free(spec: Spec) -> bool:
    """Whether a field takes free text: it says so, or it has room for several lines."""
    return spec.type is str and (spec.field.free or spec.field.lines > 1)


def free_texts(value: msgspec.Struct, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and words of every free text of a record, those of its rows too, such as `topics.0.answer_given`."""
    for spec in fields_of(type(value)):
        held, where = getattr(value, spec.name), path + spec.name
        if is_free(spec):
            texts = "\n".join(held) if spec.many else held
            if texts:
                yield where, texts
        elif isinstance(held, msgspec.Struct):
            yield from free_texts(held, f"{where}.")
        elif spec.many:
            for number, row in enumerate(held):
                if isinstance(row, msgspec.Struct):
                    yield from free_texts(row, f"{where}.{number}.")
