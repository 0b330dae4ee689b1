"""Checking the files of forms: what the command line, the store at its opening and an author's page all ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from liaison_desktop.clinical.consents.queries import catalogue, form_files, read_template, read_translation
from liaison_desktop.clinical.consents.queries.form_lines import BadFile, line_of, text_of, toml_fault
from liaison_desktop.clinical.consents.record import Template, Translation
from liaison_desktop.clinical.consents.rules.form_check import Complaint, form_complaints
from liaison_desktop.clinical.consents.rules.form_sets import set_complaints, translation_complaints
from liaison_desktop.errors import Severity, Unreadable
from liaison_desktop.policies import Policy

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
        return _bad(name, broken)
    try:
        form = read_template(content)
    except Unreadable as error:
        return _bad(name, _unread(content, error))
    found = [*form_complaints(form, catalogue(), policy)]
    if name and not name.startswith(f"{form.code}-{form.version}."):
        found.append(Complaint(place="code", message=f"The file is to be called {form.code}-{form.version}.toml."))
    return CheckedFile(name=name, form=form, complaints=_lined(found, content))


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
            checked[path.name] = _bad(path.name, broken)
            continue
        if not _is_translation(path):
            checked[path.name] = check_form(contents[path.name], path.name, policy)
    forms = [one.form for one in checked.values() if one.form is not None]
    for form, complaint in set_complaints(forms, old):
        name = next(name for name, one in checked.items() if one.form is form)
        held = checked[name]
        more = _lined((complaint,), contents[name])
        checked[name] = msgspec.structs.replace(held, complaints=(*held.complaints, *more))
    for path in given:
        if path.name in contents and _is_translation(path):
            checked[path.name] = _translation(contents[path.name], path.name, (*forms, *old), policy)
    return tuple(checked[path.name] for path in given)


def _is_translation(path: Path) -> bool:
    return re.fullmatch(r"[A-Z]{2,4}-\d{3}-[\d.]+\.[A-Za-z]{2,3}(-[A-Za-z]+)?\.toml", path.name) is not None


def _translation(content: bytes, name: str, forms: Iterable[Template], policy: Policy) -> CheckedFile:
    if broken := toml_fault(content):
        return _bad(name, broken)
    try:
        text = read_translation(content)
    except Unreadable as error:
        return _bad(name, _unread(content, error))
    form = next((one for one in forms if (one.code, one.version) == (text.code, text.version)), None)
    found = [*translation_complaints(text, form, policy)]
    if name != f"{text.code}-{text.version}.{text.language}.toml":
        called = f"{text.code}-{text.version}.{text.language}.toml"
        found.append(Complaint(place="code", message=f"The file is to be called {called}."))
    return CheckedFile(name=name, text=text, complaints=_lined(found, content))


def _bad(name: str, broken: BadFile) -> CheckedFile:
    return CheckedFile(name=name, complaints=(Complaint(place="", message=broken.reason, line=broken.line),))


def _lined(found: Iterable[Complaint], content: bytes) -> tuple[Complaint, ...]:
    lined = (msgspec.structs.replace(each, line=line_of(content, each.place)) for each in found)
    return tuple(sorted(lined, key=lambda each: each.line))


def _unread(content: bytes, error: Unreadable) -> BadFile:
    """What the reader said of values that do not fit, in a person's words, with the line of the name it gave."""
    said = str(error.__cause__)
    at = _AT.search(said)
    path = at[1].replace("[...]", "").strip(".") if at else ""
    reason = _AT.sub("", said).strip().rstrip(".")
    value, field = re.search(r"'([^']+)'", reason), re.search(r"`([^`]+)`", reason)
    text = content.decode("utf-8-sig")
    # A value that does not fit is looked for itself; else the name it was given to, else the name nobody knows.
    name = value[1] if value else path.rpartition(".")[2] or (field[1] if field else "")
    line = next((n for n, held in enumerate(text.split("\n"), start=1) if name and name in held), 0)
    where = f" In {path}." if path else ""
    return BadFile(line, f"{reason[:1].upper()}{reason[1:]}.{where}".replace("Object ", "The file "))
