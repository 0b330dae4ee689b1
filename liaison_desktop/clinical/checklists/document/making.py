"""Lays the document of a checklist out, reads it back, and hands it out only if every answer can be read in it (V5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.checklists.document.content import AnswerLine, AnswerPart, ChecklistContent, CopyFor
from liaison_desktop.clinical.checklists.document.filling import BLANK, content_of
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.documents import boxes
from liaison_desktop.documents.canonical import canonical, fingerprint, grouped
from liaison_desktop.documents.fonts import check_printable, register
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.reading import Expected, refuse_if_missing
from liaison_desktop.documents.styles import PaperName, Sheet, Styles, sheet
from liaison_desktop.documents.tables import Command, heading, ruled, words
from liaison_desktop.errors import Unprintable
from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires import response
from liaison_desktop.questionnaires.wording import everything_said

_COLUMNS = ("Question", "Answer")
_RECORD, _FINGERPRINT = "Document record", "Content fingerprint (SHA-256)"


def checklist_document(
    checklist: Checklist,
    answers: response.Sheet,
    patient: Patient | None,
    facility: Facility | None,
    policy: Policy,
    *,
    paper: PaperName = "letter",
    large_print: bool = False,
    copy_for: CopyFor = CopyFor.RECORD,
    people: Sequence[str] = (),
) -> Document:
    """The document; `people` are those who gave answers, as its journal has them.

    Raises Unprintable if a letter cannot be printed or an answer cannot be read in what was made.
    """
    content = content_of(checklist, answers, patient, facility, policy, copy_for, people)
    if copy_for is CopyFor.RECORD:
        _refuse_if_left_out(content, answers)
    return _made(content, sheet(paper, large=large_print))


def _refuse_if_left_out(content: ChecklistContent, answers: response.Sheet) -> None:
    """V5: what was answered is counted from the answers themselves, not from what the layout was given."""
    lines = Counter(line.answer for part in content.parts for line in part.lines)
    wanted = Counter(said.words for said in everything_said(answers, asked_only=True).values())
    missing = {words for words, count in wanted.items() if lines[words] < count}
    if missing:
        asked = (said for said in everything_said(answers, asked_only=True).values() if said.words in missing)
        names = dict.fromkeys(said.question for said in asked)
        raise Unprintable(f"The document would leave out answers, so it is not handed out: {', '.join(names)}.")


def _made(content: ChecklistContent, on: Sheet) -> Document:
    digest = fingerprint(content)
    footer = Footer(content.subject, f"{content.form} · fingerprint {grouped(digest, 2)}", content.copy_for)
    body = [Expected(label, text) for label, text in _texts(content, digest) if text.strip()]
    foot = [
        Expected("Footer: patient", footer.subject),
        Expected("Footer: document", footer.document),
        Expected("Footer: whose copy", footer.copy),
    ]
    check_printable((one.label, one.text) for one in (*body, *foot))
    register()
    # File listings show the file's own title, so it names the form and its number, never the person.
    about = About(
        title=f"{content.title} {content.number}",
        subject="Checklist",
        author=content.facility,
        made=content.made,
        record=canonical(content),
    )
    made = make([*_story(content, on, digest)], on, footer, about)
    pages = refuse_if_missing(made, on.bottom - 1, body, foot)
    return Document(content=made, document_number=content.number, fingerprint=digest, pages=pages)


def _story(content: ChecklistContent, on: Sheet, digest: str) -> Iterator[Flowable]:
    code = f"checklist:{content.number}?sha256={digest[:32]}"
    yield from letterhead(content.facility, content.facility_place, content.title, content.subtitle, code, on)
    yield boxes.identifier_box(content.identifiers, content.number, on)
    for notice in content.notices:
        yield Spacer(1, 6)
        yield boxes.alert_box(notice.label, notice.text, on, alert=notice.alert)
    for part in content.parts:
        yield from _part(part, on)
    yield from heading(_RECORD, on)
    styles = Styles(on)
    rows = [[words(label, styles.cell_strong), words(text, styles.cell)] for label, text in content.record]
    rows.append([words(_FINGERPRINT, styles.cell_strong), words(grouped(digest), styles.cell)])
    yield ruled(("What", "As recorded"), rows, (0.32, 0.68), on)


def _part(part: AnswerPart, on: Sheet) -> Iterator[Flowable]:
    yield from heading(part.title, on)
    styles = Styles(on)
    if part.lines:
        rows, look = [], list[Command]()
        for number, line in enumerate(part.lines, start=1):
            rows.append(_row(line, styles))
            if line.head:
                look += [("SPAN", (0, number), (1, number)), ("TOPPADDING", (0, number), (1, number), 8)]
        yield ruled(_COLUMNS, rows, (0.44, 0.56), on, look)
    if part.blank:
        yield Spacer(1, 4)
        yield words(_blank(part), styles.small)


def _row(line: AnswerLine, styles: Styles) -> list[Flowable]:
    if line.head:
        return [words(line.question, styles.cell_strong), words("", styles.cell)]
    answer = styles.cell_alert if line.alert else styles.cell_strong
    said = f"{_said(line)}\n{line.note}" if line.note else _said(line)
    return [words(line.question, styles.cell), words(said, answer)]


def _said(line: AnswerLine) -> str:
    """The mark stands beside the colour, for black and white paper."""
    return f"! {line.answer}" if line.alert else line.answer


def _blank(part: AnswerPart) -> str:
    return f"{BLANK}: {'; '.join(part.blank)}."


def _texts(content: ChecklistContent, digest: str) -> Iterator[tuple[str, str]]:
    yield "Facility", content.facility
    yield "Place and telephone of the facility", content.facility_place
    yield "Title", content.title
    yield "State", content.subtitle
    for label, value in content.identifiers:
        yield f"Label of {label}", label.upper()
        yield label, value
    for notice in content.notices:
        yield notice.label, f"{notice.label.upper()} {notice.text}"
    for part in content.parts:
        yield "Heading", part.title
        if part.lines:
            yield from (("Column name", name) for name in _COLUMNS)
        for line in part.lines:
            yield f"Question {line.question}", line.question
            yield f"Answer to {line.question}", _said(line)
            yield f"Source of {line.question}", line.note
        if part.blank:
            yield BLANK, _blank(part)
    yield "Heading", _RECORD
    yield from (("Column name", name) for name in ("What", "As recorded"))
    for label, text in content.record:
        yield f"Label of {label}", label
        yield label, text
    yield "Label of the fingerprint", _FINGERPRINT
    yield "Fingerprint", grouped(digest)
