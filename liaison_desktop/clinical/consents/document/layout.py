"""The layout of a consent summary: what stands where, from the header to the fingerprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.content import Allergies, MedicineLine, SummaryContent
from liaison_desktop.documents import boxes, fonts
from liaison_desktop.documents.furniture import About, Archive, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.phrases import phrase
from liaison_desktop.documents.signatures import SIGNATURES, record_block, signature_block
from liaison_desktop.documents.styles import GREEN, MUTED, RED, Sheet, Styles
from liaison_desktop.documents.tables import grid, heading, least_lines, ruled, words

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
    beside = content.beside("plain_words").words
    yield boxes.lead_box(
        content.both(wording.PLAIN_WORDS),
        content.plain_words,
        sheet,
        beside=[part.strip() for part in beside.split("\n\n") if part.strip()],
    )
    yield from _release(content, sheet)
    yield from _topics(content, sheet)
    yield from teach_back_table(content, sheet)
    yield from _medicines(content, sheet)
    yield from choice_table(content, sheet)
    yield from support_block(content, sheet)
    yield from signature_block(content.signatures, sheet, content.both(SIGNATURES))
    yield from record_block(content.history, content.fingerprint, content.fingerprint_note, sheet)


def _top(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    code = f"consent:{content.document_number}?sha256={content.fingerprint[:32]}"
    yield from letterhead(
        content.facility, content.facility_place, content.both(content.title), wording.subtitle(content), code, sheet
    )
    yield boxes.identifier_box(wording.identifiers(content), content.patient_number, sheet)
    yield Spacer(1, 9)
    alert = content.allergies is not Allergies.NONE_KNOWN
    yield boxes.alert_box(content.both(wording.ALLERGIES), wording.allergy_words(content), sheet, alert=alert)
    if content.second is not None and not content.second.reviewed:
        yield Spacer(1, 6)
        yield boxes.alert_box(
            content.both(wording.UNREVIEWED), content.both(wording.UNREVIEWED_WORDS), sheet, alert=True
        )
    yield Spacer(1, 8)


def _marked(mark: str, colour: str, text: str, sheet: Sheet) -> Flowable:
    return phrase(((mark, f'name="{fonts.BOLD}" color="{colour}"'), (text, "")), Styles(sheet).cell)


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
    yield from heading(content.both(wording.TOPICS), sheet)
    rows = []
    for line in content.topics:
        mark, colour = ("✓", GREEN) if line.covered else ("✗", RED)
        covered = _marked(mark, colour, line.covered or content.both(wording.NOT_COVERED), sheet)
        second = content.beside(line.place)
        topic = words(f"{line.topic}\n{second.heading}".strip(), styles.cell_strong)
        rows.append([topic, *_told(line.told, second.words, content, sheet), covered])
    if _two_columns(content, [line.place for line in content.topics], sheet):
        told, covered_by = wording.TOPIC_COLUMNS[1:]
        columns = (
            content.both(wording.TOPIC_COLUMNS[0]),
            told,
            content.both(told).removeprefix(f"{told} · "),
            content.both(covered_by),
        )
        yield ruled(columns, rows, (0.155, 0.345, 0.345, 0.155), sheet)
        return
    texts = [(line.topic, line.told, f"✓ {line.covered or wording.NOT_COVERED}") for line in content.topics]
    choices = _TOPICS_LARGE if sheet.large else _TOPICS
    yield ruled(wording.names(content, wording.TOPIC_COLUMNS), rows, least_lines(texts, choices, sheet), sheet)


def _two_columns(content: SummaryContent, places: Sequence[str], sheet: Sheet) -> bool:
    """Whether these texts stand beside each other: there is a second language for them, and the letters leave room."""
    return not sheet.large and any(content.beside(place).words for place in places)


def _told(english: str, second: str, content: SummaryContent, sheet: Sheet) -> list[Any]:
    """A text of the form: in one cell, in two side by side, or in large print one above the other."""
    styles = Styles(sheet)
    language = content.second.language if content.second is not None else ""
    first = words(english, styles.cell)
    if sheet.large:
        return [[first, words(second, styles.cell, language)]] if second else [first]
    places = (*(line.place for line in content.topics), *(line.place for line in content.choices))
    if any(content.beside(place).words for place in places):
        return [first, words(second, styles.cell, language)]
    return [first]


def teach_back_table(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """What was asked, the answer in own words, and whether it was clear."""
    if not content.teach_back:
        return
    styles = Styles(sheet)
    yield from heading(content.both(wording.TEACH_BACK), sheet)
    rows = []
    for line in content.teach_back:
        mark, colour = wording.CLARITY_MARKS[line.clarity]
        rows.append(
            [
                words(f"{line.asked}\n{content.beside(line.place).words}".strip(), styles.cell_strong),
                words(wording.quoted(line.answer), styles.cell),
                _marked(mark, colour, content.both(line.clarity.value), sheet),
            ]
        )
    texts = [(line.asked, wording.quoted(line.answer), f"✓ {line.clarity.value}") for line in content.teach_back]
    choices = _TEACH_BACK_LARGE if sheet.large else _TEACH_BACK
    yield ruled(
        wording.names(content, wording.TEACH_BACK_COLUMNS),
        rows,
        least_lines(texts, choices, sheet, fonts.SEMIBOLD),
        sheet,
    )


def _medicines(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    if not content.medicines:
        return
    styles = Styles(sheet)
    yield from heading(content.both(wording.MEDICINES), sheet)
    rows = [
        [
            words(line.medicine, styles.cell_strong),
            words(line.taken, styles.cell),
            _instruction(line, styles),
        ]
        for line in content.medicines
    ]
    yield ruled(wording.names(content, wording.MEDICINE_COLUMNS), rows, (0.30, 0.28, 0.42), sheet)


def _instruction(line: MedicineLine, styles: Styles) -> Flowable:
    return words(f"! {line.instruction}", styles.cell_alert) if line.urgent else words(line.instruction, styles.cell)


def _box(text: str, ticked: bool, sheet: Sheet) -> Flowable:
    styles = Styles(sheet)
    box = wording.TICKED if ticked else wording.EMPTY_BOX
    return phrase(((box, f'size="{sheet.table + 2}"'), (text, "")), styles.cell_strong if ticked else styles.cell)


def choice_table(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """Each separate choice with its yes or no."""
    if not content.choices:
        return
    styles = Styles(sheet)
    yield from heading(content.both(wording.CHOICES), sheet)
    two = _two_columns(content, [line.place for line in content.choices], sheet)
    rows = []
    for line in content.choices:
        remark = line.remark or (content.both(wording.NOT_ANSWERED) if line.answer is None else "")
        small = ((remark, f'size="{sheet.small}" color="{MUTED}"'),) if remark else ()
        question = phrase(((line.question, ""), *small), styles.cell, between="\n")
        second = content.beside(line.place).words
        other = words(second, styles.cell, content.second.language if content.second is not None else "")
        if not two:
            cells: list[Any] = [[question, other] if second else question]
        else:
            cells = [question, other]
        rows.append(
            [
                *cells,
                _box(content.both("Yes"), line.answer is True, sheet),
                _box(content.both("No"), line.answer is False, sheet),
            ]
        )
    if two:
        question_name, yes, no = wording.CHOICE_COLUMNS
        columns = (
            question_name,
            content.both(question_name).removeprefix(f"{question_name} · "),
            content.both(yes),
            content.both(no),
        )
        yield ruled(columns, rows, (0.37, 0.37, 0.13, 0.13), sheet)
        return
    shares = (0.66, 0.17, 0.17) if sheet.large else (0.74, 0.13, 0.13)
    yield ruled(wording.names(content, wording.CHOICE_COLUMNS), rows, shares, sheet, () if content.second else _LEVEL)


def support_block(content: SummaryContent, sheet: Sheet) -> Iterator[Flowable]:
    """Short paragraphs that begin with a word in bold."""
    if not content.support:
        return
    yield from heading(content.both(wording.SUPPORT), sheet)
    body, strong = Styles(sheet).body, f'name="{fonts.SEMIBOLD}"'
    for line in content.support:
        english = phrase(((f"{line.label}:", strong), (line.text, "")), body)
        second = content.beside(line.place)
        if not second.words:
            yield english
            continue
        language = content.second.language if content.second is not None else ""
        other = phrase(((f"{second.heading}:", strong), (second.words, "")), body, language)
        if sheet.large:
            yield from (english, other)
        else:
            half = sheet.width / 2 - 7
            yield grid([[english, "", other]], [half, 14, half])
