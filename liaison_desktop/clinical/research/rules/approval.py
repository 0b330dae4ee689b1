"""V42 and V43: the form holds the FDA's sentence word for word, and is the approved file within its window."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.research.record import FormVersion, Study
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def plain(text: str) -> str:
    """The words with single spaces between them; nothing else is forgiven."""
    return " ".join(text.split())


def newest_version(study: Study, day: datetime.date) -> FormVersion | None:
    """The version to be given on this day: of those approved then, the one approved last; None if there is none."""
    held = [one for one in study.versions if in_window(one, day)]
    return max(held, key=lambda one: one.approved_from or day, default=None)


def in_window(form: FormVersion, day: datetime.date) -> bool:
    """Whether the board's approval covers this day, both its ends included."""
    begun = form.approved_from is not None and form.approved_from <= day
    return begun and (form.approved_to is None or day <= form.approved_to)


def statement_faults(study: Study, form: FormVersion, policy: Policy) -> Iterator[Fault]:
    """V42 (21 CFR 50.25(c)): an applicable trial under the FDA carries the exact sentence, white space aside."""
    if not (study.under_fda and study.applicable_trial):
        return
    if plain(form.statement) not in [plain(one) for one in policy.words("clinical_trials_statement")]:
        yield policy.fault("V42", field="statement")


def approval_faults(study: Study, version: str, sha256: str, day: datetime.date, policy: Policy) -> Iterator[Fault]:
    """V43: this version is approved on this day, stamped, and `sha256` is the file that the board approved."""
    form = study.version_named(version)
    if form is None:
        yield policy.fault("V43-NONE", field="form_version")
        return
    if not in_window(form, day):
        yield policy.fault("V43", field="form_version", version=form.version, window=window_words(form))
    if form.stamped is not True:
        yield policy.fault("V43-STAMP", field="form_version", version=form.version)
    approved = form.approved_sha256.strip().lower()
    if not approved or form.file is None:
        yield policy.fault("V43-FILE", field="form_sha256", version=form.version)
    elif approved not in (form.file.sha256,) or sha256.strip().lower() != approved:
        yield policy.fault("V43-HASH", field="form_sha256", version=form.version)


def window_words(form: FormVersion) -> str:
    """The days of its approval in words."""
    begin = form.approved_from.isoformat() if form.approved_from else "no day"
    return f"{begin} to {form.approved_to.isoformat()}" if form.approved_to else f"from {begin}"
