"""The packet: files that came in, page ranges named, documents read, what is missing asked for and asked for again."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.referrals.actions.judging import RECORD, fresh
from liaison_desktop.clinical.referrals.actions.starting import list_missing
from liaison_desktop.clinical.referrals.queries import papers_of
from liaison_desktop.clinical.referrals.record import Cited, DocumentKind, Referral, ReferralDocument
from liaison_desktop.clinical.referrals.rules import WORK_OVER
from liaison_desktop.clinical.referrals.rules.expected import chase_moment
from liaison_desktop.clinical.referrals.rules.pages import covers_whole, holds_pages
from liaison_desktop.documents.foreign import look_over
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Act, Store, Transaction
from liaison_desktop.tasks.actions import cancel_task, complete_task, make_task
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.tasks.record import Task, TaskKind

replace = msgspec.structs.replace
MOST_BYTES = 64 * 1024 * 1024  # of one file of a packet
CHASE = "REF-CHASE"


def _open(store: Store, referral: uuid.UUID) -> Referral:
    require(store, RECORD)
    found = fresh(store, referral)
    if found.work in WORK_OVER:
        raise Refused((policy_of(store).fault("REF-OVER"),))
    return found


def add_file(store: Store, referral: uuid.UUID, content: bytes) -> ReferralDocument:
    """A file that came in, kept encrypted; its pages are not named yet. Raises Refused, Unreadable, TooLarge."""
    found = _open(store, referral)
    pages = look_over(content)
    with store.transaction("Document received") as transaction:
        sha256 = transaction.attach(content, most=MOST_BYTES)
        known = [one for one in papers_of(store, found.id) if one.file_sha256 == sha256]
        if known:
            raise Refused((policy_of(store).fault("REF-SAME-FILE"),))
        if found.no_packet:
            transaction.save(replace(found, no_packet=False))
        return transaction.save(
            ReferralDocument(
                referral=found.id,
                patient=found.patient,
                document=DocumentKind.PACKET,
                received_at=store.clock(),
                file_sha256=sha256,
                first_page=1,
                last_page=pages,
                pages=pages,
            )
        )


def name_pages(
    store: Store, referral: uuid.UUID, sha256: str, first: int, last: int, document: DocumentKind
) -> ReferralDocument:
    """Say what some pages of a file are. A placeholder that waited for it is filled. To name pages is not to read them.

    Once every page of the file has a name, its line "not sorted yet" goes away. Raises Refused.
    """
    found, papers = _open(store, referral), papers_of(store, referral)
    if not holds_pages(papers, sha256, first, last):
        raise Refused((Fault(field="first_page", message="The file has no such pages."),))
    waiting = next((one for one in papers if one.missing and one.document is document), None)
    base = waiting or ReferralDocument(referral=found.id, patient=found.patient, document=document)
    named = replace(
        base,
        missing=False,
        not_needed="",
        received_at=store.clock(),
        file_sha256=sha256,
        first_page=first,
        last_page=last,
        pages=last - first + 1,
        reviewed_by="",
        reviewed_at=None,
    )
    if faults := named.faults():
        raise Refused(faults)
    with store.transaction("Pages named") as transaction:
        saved = transaction.save(named)
        _end_chase(store, transaction, saved, received=True)
        if covers_whole((*(one for one in papers if one.id != saved.id), saved), sha256):
            for one in papers:
                if one.file_sha256 == sha256 and one.document is DocumentKind.PACKET:
                    transaction.remove(one)
    return saved


def take_back_pages(store: Store, document: uuid.UUID) -> None:
    """Pages were named wrongly: they are not sorted again, and an expected document is missing again."""
    paper = store.get(ReferralDocument, document)
    found = _open(store, paper.referral or paper.id)
    papers = papers_of(store, found.id)
    if paper.missing or paper.document is DocumentKind.PACKET:
        return
    with store.transaction("Pages taken back") as transaction:
        transaction.remove(paper)
        whole = [one for one in papers if one.file_sha256 == paper.file_sha256 and one.document is DocumentKind.PACKET]
        if not whole:
            last = max(one.last_page or 1 for one in papers if one.file_sha256 == paper.file_sha256)
            transaction.save(
                ReferralDocument(
                    referral=found.id,
                    patient=found.patient,
                    document=DocumentKind.PACKET,
                    received_at=paper.received_at,
                    file_sha256=paper.file_sha256,
                    first_page=1,
                    last_page=last,
                    pages=last,
                )
            )
        list_missing(store, transaction, found, tuple(one for one in papers if one.id != paper.id))


def mark_read(store: Store, document: uuid.UUID, read: bool = True) -> ReferralDocument:
    """A document was read, or was not after all."""
    paper = store.get(ReferralDocument, document)
    _open(store, paper.referral or paper.id)
    by, at = (store.actor.name, store.clock()) if read else ("", None)
    return store.save(replace(paper, reviewed_by=by, reviewed_at=at), reason="Document read")


def date_document(store: Store, document: uuid.UUID, day: datetime.date | None) -> ReferralDocument:
    """The day that stands on a document; a history and physical ages from it (42 CFR 482.24(c)(4)(i)).

    Raises Refused for a day that is still to come.
    """
    paper = store.get(ReferralDocument, document)
    _open(store, paper.referral or paper.id)
    if day is not None and day > store.clock().date():
        raise Refused((policy_of(store).fault("REF-DATED", field="dated_on"),))
    return store.save(replace(paper, dated_on=day), reason="Document dated")


def not_needed(store: Store, document: uuid.UUID, reason: str) -> ReferralDocument:
    """A document that is expected is not needed here, and why. Raises Refused without a reason."""
    paper = store.get(ReferralDocument, document)
    _open(store, paper.referral or paper.id)
    if not reason.strip():
        raise Refused((policy_of(store).fault("REF-WHY", field="not_needed"),))
    with store.transaction("Document not needed") as transaction:
        saved = transaction.save(replace(paper, not_needed=reason.strip()))
        _end_chase(store, transaction, saved, received=False)
    return saved


def ask_for_missing(
    store: Store, referral: uuid.UUID, *, of: str = "", again_at: datetime.datetime | None = None
) -> tuple[ReferralDocument, ...]:
    """Everything that is missing is asked for now; each gets a day to ask again, and a task for it."""
    found = _open(store, referral)
    now, asked = store.clock(), []
    again = again_at or chase_moment(now, policy_of(store))
    whom = of.strip() or found.contact_text.strip() or found.source_text.strip()
    with store.transaction("Missing documents asked for") as transaction:
        list_missing(store, transaction, found, papers_of(store, found.id))
    with store.transaction("Missing documents asked for") as transaction:
        for paper in papers_of(store, found.id):
            if not paper.awaited:
                continue
            saved = transaction.save(replace(paper, requested_at=now, requested_from=whom[:200], chase_at=again))
            asked.append(saved)
            _end_chase(store, transaction, saved, received=False, words="Asked again")
            make_task(store, _chase(found, saved), transaction)
    return tuple(asked)


def _chase(referral: Referral, paper: ReferralDocument) -> Task:
    label = paper.document.label if paper.document is not None else "document"
    return Task(
        what=f"{label}: ask again",
        task_kind=TaskKind.OBTAIN_DOC,
        subject=referral.patient,
        episode=referral.episode,
        about_kind=ReferralDocument.kind,
        about=paper.id,
        due_at=paper.chase_at,
        rule="",
    )


def _end_chase(
    store: Store, transaction: Transaction, paper: ReferralDocument, *, received: bool, words: str = "Not needed"
) -> None:
    for task in tasks_about(store, paper.id):
        if received:
            complete_task(store, task, "Received", transaction)
        else:
            cancel_task(store, task, words, transaction)


def note_printed(store: Store, paper: ReferralDocument, how: str) -> None:
    """A document of the packet was printed; `how` says on which printer and how many pages."""
    require(store, "print")
    store.note(Act.PRINTED, kind=ReferralDocument.kind, subject=paper.id, detail=how)


def note_exported(store: Store, paper: ReferralDocument) -> None:
    """A copy of it was saved outside the store."""
    require(store, "export")
    store.note(Act.EXPORTED, kind=ReferralDocument.kind, subject=paper.id)


def cite(store: Store, referral: uuid.UUID, field: str, paper: ReferralDocument, page: int) -> Referral:
    """Where in the packet a detail was read: the document and the page; an earlier place for it is replaced."""
    found = _open(store, referral)
    kept = tuple(one for one in found.cited if one.field != field)
    return store.save(
        replace(found, cited=(*kept, Cited(field=field, document=paper.id, page=page))), reason="Read in the packet"
    )
