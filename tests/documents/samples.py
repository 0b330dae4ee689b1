"""A consent summary as a person would have it, and text that means harm. Every person here is invented."""

from __future__ import annotations

import datetime as dt
import math
import re

from liaison_desktop.clinical.consents.document.content import (
    Allergies,
    ChoiceLine,
    Clarity,
    MedicineLine,
    SignatureLine,
    SummaryContent,
    SupportLine,
    TeachBackLine,
    TopicLine,
)
from liaison_desktop.documents.ink import Point

NAME = "María L. Álvarez"
LONG_NAME = "María Fernanda de los Ángeles Hernández-Fernández de Castro"
CENTRAL = dt.timezone(dt.timedelta(hours=-6))

HOSTILE = (
    '<img src="/etc/passwd" width="9999"/> and a tail',
    "<b>unclosed <i>and crossed</b> tags",
    "</para></font> & &amp; &#0; &bogus; <!-- x --> <![CDATA[y]]>",
    '<font size="900" color="red">large</font><br/>next',
    "a lone surrogate \ud83d in the middle",
    "NUL \x00 bell \x07 escape \x1b[31m and tab\tend",
    "override \u202egnirts desrever\u202c end, isolate \u2066x\u2069, mark \u200f",
    "soft\u00adhyphen zero\u200bwidth joiner\u200d bom\ufeff",
    "line one\r\nline two\rline three\u2028line four",
    "{curly} %s %d ${x} \\n \\0 (paren) [bracket] /Name <</Dict>>",
    "  leading and trailing   many    spaces  ",
    "W" * 3_000,
    "word " * 2_000,
    "a-very-long-hyphenated-" * 60,
    "e\u0301 composed late, Å and ﬁ and ½ and ²",
)


def strokes(seed: int, count: int = 4) -> tuple[tuple[Point, ...], ...]:
    """Some looped strokes, different for each seed."""
    return tuple(
        tuple(
            (
                60.0 * number + 1.2 * step + (15 + seed) * math.sin(step / 4 + seed),
                60.0 + 30 * math.cos(step / 6 * (1 + seed % 3)) + 10 * math.sin(step / 2 + number),
                500.0 * number + 8 * step,
                0.5,
            )
            for step in range(40)
        )
        for number in range(count)
    )


def a_summary() -> SummaryContent:
    """The summary of the two pictures."""
    return SummaryContent(
        facility="Riverbend Regional Medical Center",
        facility_place="Endoscopy, 3 West · (555) 010-4400",
        subtitle="Colonoscopy, with removal of polyps if found · signed 22 Nov 2026",
        document_number="CS-2026-004187",
        patient_name=NAME,
        patient_born="14 Mar 1961",
        patient_number="0049-3382",
        visit="E-771204",
        language="Spanish",
        allergies=Allergies.LISTED,
        allergy_text="Penicillin (hives, 2014); Latex (rash)",
        plain_words=(
            "A doctor will look inside your large bowel with a thin, bendy camera. If there are small growths "
            "(polyps), they will be taken out and sent to the lab.",
        ),
        topics=(
            TopicLine(topic="Why", told="To find the cause of bleeding and to check for growths.", covered="Dr. Chen"),
            TopicLine(topic="Risks", told="Bleeding, about 1 in 100 if a polyp is removed.", covered="Dr. Chen"),
            TopicLine(topic="Recovery", told="Home the same day with an adult.", covered="R. Okafor, RN"),
            TopicLine(topic="Sleep medicine", told="Moderate sedation by the nurse team."),
        ),
        teach_back=(
            TeachBackLine(asked="What will be done today?", answer="Look in my bowel.", clarity=Clarity.FIRST),
            TeachBackLine(asked="What could go wrong?", answer="I could bleed.", clarity=Clarity.AGAIN),
            TeachBackLine(asked="When would you call us?", answer="", clarity=Clarity.NOT_YET),
        ),
        medicines=(
            MedicineLine(medicine="Apixaban 5 mg", taken="2 times a day", instruction="Last dose 20 Nov.", urgent=True),
            MedicineLine(medicine="Lisinopril 10 mg", taken="Once a day", instruction="Taken with a sip of water."),
        ),
        choices=(
            ChoiceLine(question="I agree to the colonoscopy described here.", answer=True),
            ChoiceLine(question="I agree to a medical student watching.", answer=False),
            ChoiceLine(question="I agree to blood products.", answer=None),
        ),
        support=(
            SupportLine(label="Interpreter", text="The talk was in Spanish with a qualified interpreter, ID 60417."),
            SupportLine(label="Change your mind", text="Tell any nurse or call (555) 010-4400, day or night."),
        ),
        signatures=(
            SignatureLine(
                role="Patient",
                name=NAME,
                moment="22 Nov 2026, 10:19 AM CST",
                method="drawn on this device",
                meaning="I understand and I agree",
                strokes=strokes(1),
            ),
            SignatureLine(
                role="Witness to signature",
                name="Ruth Okafor, RN",
                relation="Clinical liaison",
                moment="22 Nov 2026, 10:20 AM CST",
                method="drawn on this device",
                meaning="I saw this person sign",
                strokes=strokes(2),
            ),
            SignatureLine(
                role="Interpreter",
                name="J. Molina",
                relation="Video interpreter",
                moment="22 Nov 2026, 10:19 AM CST",
                method="spoken, with witness",
                meaning="I interpreted fully and accurately",
                stand_in="Spoken by video, 10:19 AM",
            ),
        ),
        history=("Consent to colonoscopy · form GI-014 version 6.2.", "Begun 22 Nov 2026, 10:01 AM CST."),
        form_code="GI-014",
        form_version="6.2",
        fingerprint="25873eb87b137a69e8e5e5d97aa51f22ab1899d3aacb132bb4e34a8fdb55fe3c",
        fingerprint_note="Of the record as it was completed.",
        made=dt.datetime(2026, 11, 22, 10, 21, tzinfo=CENTRAL),
    )


def page_texts(content: bytes) -> list[str]:
    """The whole text of each page, white space made single."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    texts = [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return texts


def filled_paths(content: bytes, colour: tuple[int, int, int]) -> list[tuple[float, ...]]:
    """The bounds of each filled path of that colour in the page content, all pages."""
    import ctypes

    import pypdfium2 as pdfium
    from pypdfium2 import raw

    document = pdfium.PdfDocument(content)
    found = []
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            parts = [ctypes.c_uint() for _ in range(4)]
            raw.FPDFPageObj_GetFillColor(item.raw, *(ctypes.byref(part) for part in parts))
            mode, stroked = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(mode), ctypes.byref(stroked))
            # 2 is the winding (non-zero) fill.
            if tuple(part.value for part in parts[:3]) == colour and mode.value == 2 and not stroked.value:
                found.append(tuple(round(edge, 2) for edge in item.get_bounds()))
    document.close()
    return found
