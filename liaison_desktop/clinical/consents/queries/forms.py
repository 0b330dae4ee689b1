"""Reading forms, their translations and the catalogue of elements from their files.

A form is `<code>-<version>.toml`, its translation `<code>-<version>.<language>.toml` beside it. Every version stays: a
consent names the one it was begun with. What may be used in a store, with the facility's own, is asked of `actions`.
"""

from __future__ import annotations

import datetime
import functools
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from liaison_desktop.clinical.consents.record import Carried, Catalogue, Element, Template, Translation
from liaison_desktop.clinical.consents.record.template import carried_in, unmarked
from liaison_desktop.errors import Missing, Unreadable
from liaison_desktop.paths import resource
from liaison_desktop.signing import fingerprint_of

T = TypeVar("T", bound=msgspec.Struct)
_FORM = re.compile(
    r"[A-Z]{2,4}-\d{3}-[\d.]+\.toml"
)  # GI-014-6.3.toml; with a language before the end it is a translation


@functools.cache
def catalogue() -> Catalogue:
    """What the elements mean and which type needs them."""
    content = resource("policies", "consent-elements.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(content), Catalogue)


def _as(kind: type[T], content: bytes, said: str) -> T:
    try:
        return msgspec.convert(tomllib.loads(content.decode("utf-8-sig")), kind, strict=False)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, msgspec.ValidationError) as fault:
        raise Unreadable(said) from fault


def read_template(content: bytes) -> Template:
    """A form from the bytes of its file, with their hash, its marks taken out. Raises Unreadable if it is no form."""
    raw = _as(Template, content, "This file is not a consent template.")
    carried = [*carried_in(raw.plain_words, "plain_words")]
    parts: dict[str, tuple[Any, ...]] = {}
    for name in ("topics", "choices", "statements"):
        parts[name] = tuple(_unmarked_part(part, f"{name}.{part.code}", carried) for part in getattr(raw, name))
    return msgspec.structs.replace(
        raw, plain_words=unmarked(raw.plain_words), carried=tuple(carried), sha256=fingerprint_of(content), **parts
    )


def _unmarked_part(part: Any, place: str, carried: list[Carried]) -> Any:
    """A topic, choice or statement as a patient reads it; what its sentences, or all of it, carry goes to `carried`."""
    words = unmarked(part.words)
    found = [*carried_in(part.words, place)]
    found += [Carried(element=code.value, place=place, sentence=words) for code in part.elements]
    carried += found
    known = [Element(each.element) for each in found if each.element in Element._value2member_map_]
    return msgspec.structs.replace(part, words=words, elements=tuple(dict.fromkeys(known)))


def read_translation(content: bytes) -> Translation:
    """A form's words in another language from the bytes of its file. Raises Unreadable."""
    found = _as(Translation, content, "This file is not a translation of a consent template.")
    return msgspec.structs.replace(found, sha256=fingerprint_of(content))


def form_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of a folder that are named as forms, and those named as translations, in order."""
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    forms = tuple(path for path in files if _FORM.fullmatch(path.name))
    return forms, tuple(path for path in files if path not in forms)


def version_key(version: str) -> tuple[int, ...]:
    """A version as it is counted: 6.10 comes after 6.9. What is no number counts as nothing."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def newest(forms: Iterable[Template], on: datetime.date | None = None) -> tuple[Template, ...]:
    """Of each code the highest version in effect on a day, by title. A version that begins later does not count yet."""
    found: dict[str, Template] = {}
    for form in forms:
        held = found.get(form.code)
        if on is not None and form.effective > on:
            continue
        if held is None or version_key(form.version) > version_key(held.version):
            found[form.code] = form
    return tuple(sorted(found.values(), key=lambda form: form.title.casefold()))


@functools.cache
def shipped() -> tuple[Template, ...]:
    """Every version of every form that ships."""
    return tuple(read_template(path.read_bytes()) for path in form_files(resource("consent_templates"))[0])


@functools.cache
def templates() -> tuple[Template, ...]:
    """The newest version of every form that ships, by title."""
    return newest(shipped())


def template(code: str, version: str = "") -> Template:
    """A shipped form: this version of it, or the newest. Raises Missing."""
    for found in shipped() if version else templates():
        if found.code == code and version in ("", found.version):
            return found
    raise Missing("There is no form with this code.")


@functools.cache
def translations() -> tuple[Translation, ...]:
    """Every translation that ships, of every version."""
    return tuple(read_translation(path.read_bytes()) for path in form_files(resource("consent_templates"))[1])
