"""Checking the files of forms: what the command line, the store at its opening and an author's page all ask."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from liaison_desktop.clinical.consents.queries import catalogue, form_files, read_template, read_translation
from liaison_desktop.clinical.consents.queries.form_lines import BadFile, line_of, text_of, toml_fault
from liaison_desktop.clinical.consents.record import Choice, Question, Statement, Template, Topic, Translation
from liaison_desktop.clinical.consents.rules.form_check import form_complaints
from liaison_desktop.clinical.consents.rules.form_sets import set_complaints, translation_complaints
from liaison_desktop.clinical.consents.rules.text_check import Complaint
from liaison_desktop.errors import Severity, Unreadable
from liaison_desktop.policies import Policy

_KINDS = {
    "str": "a text", "int": "a number", "float": "a number", "bool": "true or false", "array": "a list", "object": "a table",
    "date": "a day", "datetime": "a moment",
}  # fmt: skip
_AT = re.compile(r"\s*-?\s*at `?\$\.?([^`]*)`?")


class CheckedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file with what is wrong with it. `form` or `text` is None where the file is no such thing at all."""

    name: str
    form: Template | None = None
    text: Translation | None = None
    complaints: tuple[Complaint, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether nothing stands against using it."""
        return not any(each.severity is Severity.REFUSE for each in self.complaints)


def check_form(content: bytes, name: str, policy: Policy) -> CheckedFile:
    """A form from its bytes, checked by itself. Raises nothing: what is wrong is among the complaints."""
    if broken := toml_fault(content):
        return bad_file(name, broken)
    try:
        form = read_template(content)
    except Unreadable as error:
        return bad_file(name, _unread(content, error))
    found = [*_unknown_names(content), *form_complaints(form, catalogue(), policy)]
    if name and not name.startswith(f"{form.code}-{form.version}."):
        found.append(Complaint(place="code", message=f"The file is to be called {form.code}-{form.version}.toml."))
    return CheckedFile(name=name, form=form, complaints=lined(found, content))


def _unknown_names(content: bytes) -> Iterator[Complaint]:
    """Names inside a topic and the like that mean nothing here: a misspelt one would silently change nothing."""
    raw = tomllib.loads(content.decode("utf-8-sig"))
    for table, kind in (("topics", Topic), ("questions", Question), ("choices", Choice), ("statements", Statement)):
        known = [name for name in kind.__struct_fields__ if name not in ("covered_by", "answer")]
        for part in raw.get(table, ()):
            for name in part:
                if name not in kind.__struct_fields__:
                    said = f"“{name}” is not known here; known are {', '.join(known)}."
                    yield Complaint(place=f"{table}.{part.get('code', '')}.{name}", message=said)


def check_folder(folder: Path, policy: Policy, *, before: Iterable[Template] = ()) -> tuple[CheckedFile, ...]:
    """Every form and translation of a folder, checked alone and against each other. `before` are forms already there."""
    forms, others = form_files(folder)
    return check_files((*forms, *others), policy, before=before)


def check_files(paths: Iterable[Path], policy: Policy, *, before: Iterable[Template] = ()) -> tuple[CheckedFile, ...]:
    """These files, each once, in their order; forms first, because translations are held against them."""
    given, old = [*dict.fromkeys(paths)], tuple(before)
    contents: dict[str, bytes] = {}
    checked: dict[str, CheckedFile] = {}
    for path in sorted(given, key=lambda path: (_is_translation(path), path.name)):
        try:
            contents[path.name] = text_of(path)
        except BadFile as broken:
            checked[path.name] = bad_file(path.name, broken)
            continue
        if not _is_translation(path):
            checked[path.name] = check_form(contents[path.name], path.name, policy)
    forms = [one.form for one in checked.values() if one.form is not None]
    for form, complaint in set_complaints(forms, old):
        name = next(name for name, one in checked.items() if one.form is form)
        held = checked[name]
        more = lined((complaint,), contents[name])
        checked[name] = msgspec.structs.replace(held, complaints=(*held.complaints, *more))
    for path in given:
        if path.name in contents and _is_translation(path):
            checked[path.name] = _translation(contents[path.name], path.name, (*forms, *old), policy)
    return tuple(checked[path.name] for path in given)


def _is_translation(path: Path) -> bool:
    return re.fullmatch(r"[A-Z]{2,4}-\d{3}-[\d.]+\.[A-Za-z]{2,3}(-[A-Za-z]+)?\.toml", path.name) is not None


def _translation(content: bytes, name: str, forms: Iterable[Template], policy: Policy) -> CheckedFile:
    if broken := toml_fault(content):
        return bad_file(name, broken)
    try:
        text = read_translation(content)
    except Unreadable as error:
        return bad_file(name, _unread(content, error))
    form = next((one for one in forms if (one.code, one.version) == (text.code, text.version)), None)
    found = [*translation_complaints(text, form, policy)]
    if name != f"{text.code}-{text.version}.{text.language}.toml":
        called = f"{text.code}-{text.version}.{text.language}.toml"
        found.append(Complaint(place="code", message=f"The file is to be called {called}."))
    return CheckedFile(name=name, text=text, complaints=lined(found, content))


def bad_file(name: str, broken: BadFile) -> CheckedFile:
    """A file that is no form at all."""
    return CheckedFile(name=name, complaints=(Complaint(place="", message=broken.reason, line=broken.line),))


def lined(found: Iterable[Complaint], content: bytes) -> tuple[Complaint, ...]:
    """The complaints with their lines in the file, from its top to its end."""
    lined = (msgspec.structs.replace(each, line=line_of(content, each.place)) for each in found)
    return tuple(sorted(lined, key=lambda each: each.line))


def _unread(content: bytes, error: Unreadable) -> BadFile:
    """What the reader said of values that do not fit, in a person's words, with the line of the name it gave."""
    said = str(error.__cause__)
    at = _AT.search(said)
    path = at[1].replace("[...]", "").strip(".") if at else ""
    raw = _AT.sub("", said).strip().rstrip(".")
    value, field, reason = re.search(r"'([^']+)'", raw), re.search(r"`([^`]+)`", raw), _plain(raw)
    text = content.decode("utf-8-sig")
    # A value that does not fit is looked for itself; else the name it was given to, else the name nobody knows.
    name = value[1] if value else path.rpartition(".")[2] or (field[1] if field else "")
    line = next((n for n, held in enumerate(text.split("\n"), start=1) if name and name in held), 0)
    where = f" This is about {path}." if path else ""
    return BadFile(line, f"{reason[:1].upper()}{reason[1:]}.{where}")


def _plain(reason: str) -> str:
    """What the reader of values said, in words an author knows."""
    if kinds := re.fullmatch(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`", reason):
        wanted, got = (_KINDS.get(kind, kind) for kind in kinds.groups())
        return f"{wanted} is needed here, and there is {got}"
    for said, plain in (
        (r"Invalid RFC3339 encoded (date)", "A day is written as 2026-11-15"),
        (r"Invalid enum value '(.*)'", "“{}” is not known here"),
        (r"Object contains unknown field `(.*)`", "“{}” is not known here"),
        (r"Object missing required field `(.*)`", "“{}” is missing"),
    ):
        if found := re.fullmatch(said, reason):
            return plain.format(found[1])
    return reason
