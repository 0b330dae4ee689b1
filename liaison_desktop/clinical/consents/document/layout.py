"""The layout of a consent summary: what stands where, from the header to the fingerprint."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.content import Allergies, MedicineLine, SummaryContent
from liaison_desktop.documents import boxes, fonts
from liaison_desktop.documents.furniture import About, Archive, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.signatures import record_block, signature_block
from liaison_desktop.documents.styles import GREEN, MUTED, RED, Sheet, Styles
from liaison_desktop.documents.tables import heading, least_lines, ruled, words
from liaison_desktop.documents.tagging.flowables import Words
from liaison_desktop.documents.text import markup

# How the width may be shared out: short names leave room for what was told, short questions for the patient's own
# words.
_TOPICS = ((0.185, 0.655, 0.16), (0.165, 0.70, 0.135), (0.165, 0.675, 0.16))
_TOPICS_LARGE = ((0.25, 0.53, 0.22),)
_TEACH_BACK = ((0.30, 0.50, 0.20), (0.38, 0.42, 0.20), (0.45, 0.35, 0.20), (0.30, 0.42, 0.28), (0.36, 0.36, 0.28))
_TEACH_BACK_LARGE = ((0.32, 0.42, 0.26), (0.38, 0.36, 0.26))
# The boxes are set two points larger than the question beside them; this brings both to one line.
_LEVEL = [("TOPPADDING", (1, 1), (-1, -1), 1)]


def lay_out(content: SummaryContent, sheet: Sheet, copy_for: str, *, archive: Archive = "3a") -> bytes:
    """The summary as a PDF, not yet read back."""
    fonts.register()
    footer = Footer(wording.footer_subject(content), wording.footer_document(content), copy_for)
    about = About(
        # A file browser shows this title, so it names the procedure and never the patient.
        title=f"{content.title} {content.document_number}",
        subject=f"{content.form_code} version {content.form_version}",
        author=content.facility,
        made=content.made,
        record=content.record,
        seal=True,
        archive=archive,
    )
    return make([*_story(content, sheet)], sheet, footer, about)


def _story(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    yield from _top(content, sheet)
    yield boxes.lead_box(wording.PLAIN_WORDS, content.plain_words, sheet)
    yield from _release(content, sheet)
    yield from _topics(content, sheet)
    yield from teach_back_table(content, sheet)
    yield from _medicines(content, sheet)
    yield from choice_table(content, sheet)
    yield from support_block(content, sheet)
    yield from signature_block(content.signatures, sheet)
    yield from record_block(content.history, content.fingerprint, content.fingerprint_note, sheet)


def _top(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    code = f"consent:{content.document_number}?sha256={content.fingerprint[:32]}"
    yield from letterhead(content.facility, content.facility_place, content.title, content.subtitle, code, sheet)
    yield boxes.identifier_box(wording.identifiers(content), content.patient_number, sheet)
    yield Spacer(1, 9)
    alert = content.allergies is not Allergies.NONE_KNOWN
    yield boxes.alert_box(wording.ALLERGIES, wording.allergy_words(content), sheet, alert=alert)
    yield Spacer(1, 8)


def _marked(mark: str, colour: str, text: str, sheet: Sheet) -> Words:
    sign = f'<font name="{fonts.BOLD}" color="{colour}">{mark}</font>'
    return Words(f"{sign} {markup(text)}", Styles(sheet).cell)


def _release(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    if not content.release:
        return
    styles = Styles(sheet)
    yield from heading(wording.RELEASE, sheet)
    rows = [[words(line.point, styles.cell_strong), words(line.said, styles.cell)] for line in content.release]
    yield ruled(wording.RELEASE_COLUMNS, rows, (0.36, 0.64), sheet)


def _topics(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    if not content.topics:
        return
    styles = Styles(sheet)
    yield from heading(wording.TOPICS, sheet)
    rows = []
    for line in content.topics:
        mark, colour = ("✓", GREEN) if line.covered else ("✗", RED)
        covered = _marked(mark, colour, line.covered or wording.NOT_COVERED, sheet)
        rows.append([words(line.topic, styles.cell_strong), words(line.told, styles.cell), covered])
    texts = [(line.topic, line.told, f"✓ {line.covered or wording.NOT_COVERED}") for line in content.topics]
    choices = _TOPICS_LARGE if sheet.large else _TOPICS
    yield ruled(wording.TOPIC_COLUMNS, rows, least_lines(texts, choices, sheet), sheet)


def teach_back_table(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """What was asked, the answer in own words, and whether it was clear."""
    if not content.teach_back:
        return
    styles = Styles(sheet)
    yield from heading(wording.TEACH_BACK, sheet)
    rows = []
    for line in content.teach_back:
        mark, colour = wording.CLARITY_MARKS[line.clarity]
        rows.append(
            [
                words(line.asked, styles.cell_strong),
                words(wording.quoted(line.answer), styles.cell),
                _marked(mark, colour, line.clarity.value, sheet),
            ]
        )
    texts = [(line.asked, wording.quoted(line.answer), f"✓ {line.clarity.value}") for line in content.teach_back]
    choices = _TEACH_BACK_LARGE if sheet.large else _TEACH_BACK
    yield ruled(wording.TEACH_BACK_COLUMNS, rows, least_lines(texts, choices, sheet, fonts.SEMIBOLD), sheet)


def _medicines(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    if not content.medicines:
        return
    styles = Styles(sheet)
    yield from heading(wording.MEDICINES, sheet)
    rows = [
        [
            words(line.medicine, styles.cell_strong),
            words(line.taken, styles.cell),
            _instruction(line, styles),
        ]
        for line in content.medicines
    ]
    yield ruled(wording.MEDICINE_COLUMNS, rows, (0.30, 0.28, 0.42), sheet)


def _instruction(line: MedicineLine, styles: Styles) -> Words:
    return words(f"! {line.instruction}", styles.cell_alert) if line.urgent else words(line.instruction, styles.cell)


def _box(text: str, ticked: bool, sheet: Sheet) -> Words:
    styles = Styles(sheet)
    box = wording.TICKED if ticked else wording.EMPTY_BOX
    size = f'<font size="{sheet.table + 2}">{box}</font>'
    return Words(f"{size} {text}", styles.cell_strong if ticked else styles.cell)


def choice_table(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """Each separate choice with its yes or no."""
    if not content.choices:
        return
    styles = Styles(sheet)
    yield from heading(wording.CHOICES, sheet)
    rows = []
    for line in content.choices:
        remark = line.remark or (wording.NOT_ANSWERED if line.answer is None else "")
        small = f'<br/><font size="{sheet.small}" color="{MUTED}">{markup(remark)}</font>' if remark else ""
        question = Words(markup(line.question) + small, styles.cell)
        rows.append([question, _box("Yes", line.answer is True, sheet), _box("No", line.answer is False, sheet)])
    shares = (0.66, 0.17, 0.17) if sheet.large else (0.74, 0.13, 0.13)
    yield ruled(wording.CHOICE_COLUMNS, rows, shares, sheet, _LEVEL)


def support_block(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """Short paragraphs that begin with a word in bold."""
    if not content.support:
        return
    yield from heading(wording.SUPPORT, sheet)
    for line in content.support:
        label = f'<font name="{fonts.SEMIBOLD}">{markup(line.label)}:</font>'
        yield Words(f"{label} {markup(line.text)}", Styles(sheet).body)
