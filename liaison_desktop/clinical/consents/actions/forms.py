"""The forms in force for an open store: those that ship, and the facility's own beside the store.

A facility's form is a file in the folder `consent_templates` beside the store, of the same format, held to the same
checks; one that fails is refused whole, and Settings says why. The folder is read once when the store is first asked,
and again after an author saved a form.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import msgspec

from liaison_desktop.clinical.consents.actions.form_files import CheckedFile, check_folder, check_form
from liaison_desktop.clinical.consents.queries import newest, shipped, version_key
from liaison_desktop.clinical.consents.queries import translations as shipped_translations
from liaison_desktop.clinical.consents.queries.form_lines import LARGEST
from liaison_desktop.clinical.consents.record import Consent, Template, Translation
from liaison_desktop.clinical.consents.rules.form_sets import set_complaints
from liaison_desktop.clinical.consents.rules.text_check import Complaint
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Missing, Refused, Severity
from liaison_desktop.paths import resource
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Act, Store

FOLDER = "consent_templates"


class Forms(msgspec.Struct, frozen=True, kw_only=True):
    """Every version that may be used, and the facility's files with what is wrong with them."""

    versions: tuple[Template, ...]
    translations: tuple[Translation, ...] = ()
    own: tuple[CheckedFile, ...] = ()

    def current(self, on: datetime.date) -> tuple[Template, ...]:
        """The newest version of each form in effect on a day, by title."""
        return newest(self.versions, on)

    def is_own(self, form: Template) -> bool:
        """Whether this is the facility's."""
        return any(each.form is form for each in self.own)

    @property
    def refused(self) -> tuple[CheckedFile, ...]:
        """The facility's files that are not used."""
        return tuple(each for each in self.own if not each.usable)


def own_folder(store: Store) -> Path:
    """Where the facility's forms lie."""
    return store.folder / FOLDER


def forms_of(store: Store) -> Forms:
    """What is in force for this store."""
    found = store.companions.get(Forms)
    if not isinstance(found, Forms):
        found = store.companions[Forms] = _read(store)
    return found


def _read(store: Store) -> Forms:
    built_in, folder = shipped(), own_folder(store)
    if not folder.is_dir():
        return Forms(versions=built_in, translations=shipped_translations())
    own = check_folder(folder, policy_of(store), before=built_in)
    good = [each for each in own if each.usable]
    return Forms(
        versions=(*built_in, *(each.form for each in good if each.form is not None)),
        translations=(*shipped_translations(), *(each.text for each in good if each.text is not None)),
        own=own,
    )


def templates_of(store: Store) -> tuple[Template, ...]:
    """The forms a consent may be begun with today, by title."""
    return forms_of(store).current(store.clock().date())


def template_of(store: Store, code: str, version: str = "") -> Template:
    """This version of a form, or the one in effect today. Raises Missing."""
    held = forms_of(store).versions if version else templates_of(store)
    for form in held:
        if form.code == code and version in ("", form.version):
            return form
    raise Missing("There is no form with this code.")


def check_own(store: Store, content: bytes) -> CheckedFile:
    """What would stand against keeping this as the facility's form: by itself, and beside the forms there are."""
    checked = check_form(content, "", policy_of(store))
    if checked.form is None:
        return checked
    more = tuple(complaint for _form, complaint in set_complaints((checked.form,), forms_of(store).versions))
    return msgspec.structs.replace(checked, complaints=(*checked.complaints, *more))


def next_version(store: Store, code: str) -> str:
    """The version a changed form would have: one more at the last place of the highest there is."""
    held = [version_key(form.version) for form in forms_of(store).versions if form.code == code]
    last = max(held, default=(0, 0))
    return ".".join(str(part) for part in (*last[:-1], last[-1] + 1))


def save_form(store: Store, content: bytes) -> Template:
    """Keep this as a form of the facility's, in a file of its own; older versions stay. Raises Refused with what is wrong."""
    require(store, "write_forms")
    checked = check_own(store, content)
    faults = tuple(_fault(each) for each in checked.complaints if each.severity is Severity.REFUSE)
    if faults or checked.form is None:
        raise Refused(faults)
    form, folder = checked.form, own_folder(store)
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{form.code}-{form.version}.toml"
    # Written beside and moved into place: a cut in the middle leaves no half of a form.
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)
    store.companions.pop(Forms, None)
    store.note(Act.IMPORTED, kind=Consent.kind, detail=f"form {form.code} version {form.version}")
    return template_of(store, form.code, form.version)


def form_text(store: Store, form: Template, *, version: str, effective: datetime.date) -> str:
    """The file of a form with another version and day in it, for its author to change."""
    name = f"{form.code}-{form.version}.toml"
    folders = (own_folder(store), resource("consent_templates"))
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise Missing("The file of this form is no longer here.")
    text = path.read_text(encoding="utf-8-sig")
    for field, value in (("version", f'"{version}"'), ("effective", effective.isoformat())):
        text = re.sub(rf"(?m)^{field}\s*=.*$", f"{field} = {value}", text, count=1)
    return text


def own_text(store: Store, name: str) -> str:
    """What stands in a file of the facility's, whatever is wrong with it."""
    path = own_folder(store) / Path(name).name
    return path.read_bytes()[:LARGEST].decode("utf-8-sig", "replace") if path.is_file() else ""


def note_form_printed(store: Store, form: Template) -> None:
    """A specimen of a form, or its proof, was printed."""
    require(store, "print")
    store.note(Act.PRINTED, kind=Consent.kind, detail=f"form {form.code} version {form.version}")


def note_form_exported(store: Store, form: Template) -> None:
    """A specimen of a form, or its proof, was saved outside the store."""
    require(store, "export")
    store.note(Act.EXPORTED, kind=Consent.kind, detail=f"form {form.code} version {form.version}")


def _fault(complaint: Complaint) -> Fault:
    where = f"Line {complaint.line}: " if complaint.line else ""
    return Fault(field=complaint.place, message=f"{where}{complaint.message}", rule="FORM", severity=complaint.severity)
