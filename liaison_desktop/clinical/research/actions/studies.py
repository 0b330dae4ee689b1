"""Studies: what the board approved, the file of each form, and who may obtain a consent."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.patients.actions import most_file_bytes
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.research.record import FormVersion, Study
from liaison_desktop.clinical.research.rules.approval import plain
from liaison_desktop.documents.attached import admit, attached_file
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import Policy, policy_of
from liaison_desktop.records import FileSort
from liaison_desktop.signing import fingerprint_of
from liaison_desktop.store import Act, Store


def save_study(store: Store, study: Study) -> Study:
    """Keep a study with its forms and its delegation log. Raises Refused."""
    require(store, "obtain_research_consent")
    if faults := study.faults():
        raise Refused(faults)
    return store.save(study, reason="study")


def keep_form(store: Store, form: FormVersion, content: bytes, name: str) -> FormVersion:
    """The version with this file, which is kept encrypted. Raises Refused if it is no PDF that can be kept.

    Its fingerprint becomes the approved one where the approval letter gave none; the sentence on ClinicalTrials.gov is
    read out of it where it stands there word for word.
    """
    require(store, "obtain_research_consent")
    admitted = admit(content, name, most=most_file_bytes(store))
    if admitted.sort is not FileSort.PDF:
        raise Refused((Fault(field="file", message="The approved form is kept as a PDF."),))
    with store.transaction("approved form kept") as transaction:
        sha256 = transaction.attach(admitted.content, most=most_file_bytes(store))
        transaction.note(Act.IMPORTED, kind=Study.kind, detail="approved form kept")
    return msgspec.structs.replace(
        form,
        file=attached_file(admitted, sha256, by=store.actor.name, at=store.clock()),
        approved_sha256=form.approved_sha256.strip() or sha256,
        statement=form.statement.strip() or _statement_in(admitted.content, policy_of(store)),
    )


def _statement_in(content: bytes, policy: Policy) -> str:
    """The FDA's sentence, if the text of this PDF holds it word for word; else empty."""
    from liaison_desktop.documents.reading import read

    text = plain(" ".join(page.body for page in read(content, 0)))
    return next((one for one in policy.words("clinical_trials_statement") if plain(one) in text), "")


def same_file(form: FormVersion, content: bytes) -> bool:
    """Whether these bytes are the file the board approved as this version (V43)."""
    return bool(form.approved_sha256.strip()) and fingerprint_of(content) == form.approved_sha256.strip().lower()


def approved_file(store: Store, study: Study, version: str) -> bytes:
    """The approved form, to be read or printed; the store checks its hash. Raises Refused if none is kept, Damaged."""
    form = study.version_named(version)
    if form is None or form.file is None:
        raise Refused((policy_of(store).fault("V43-FILE", field="form_sha256", version=version),))
    return store.attachments.get(form.file.sha256)
