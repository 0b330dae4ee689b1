"""The words and signs a consent summary prints around what was recorded."""

from __future__ import annotations

from collections.abc import Sequence

from liaison_desktop.clinical.consents.document.content import Clarity, SummaryContent
from liaison_desktop.documents.styles import AMBER, GREEN, MUTED, RED

PLAIN_WORDS = "In plain words"
RELEASE = "What may be shared"
RELEASE_COLUMNS = ("Point", "What you allow")
TOPICS = "What we talked about"
TOPIC_COLUMNS = ("Topic", "What you were told", "Covered")
TEACH_BACK = "Checking that it was clear (teach-back)"
TEACH_BACK_COLUMNS = ("We asked", "Patient’s own words", "Result")
MEDICINES = "Medicines that matter for this procedure"
MEDICINE_COLUMNS = ("Medicine", "How you take it", "What to do")
CHOICES = "Choices you made"
CHOICE_COLUMNS = ("Question", "Yes", "No")
SUPPORT = "Help with communication, and your rights"
FINGERPRINT = "Content fingerprint (SHA-256)"
ALLERGIES = "Allergies"
NOT_COVERED = "Not covered"
NO_WORDS = "No words written down"
NOT_ANSWERED = "Not answered"
UNREVIEWED = "Translation not reviewed"
UNREVIEWED_WORDS = "Nobody has reviewed these words yet. Only the English counts, and nobody can sign this paper."
TICKED, EMPTY_BOX = "☑", "☐"

# The mark differs as well as the colour, so that it survives black and white paper and a fax.
CLARITY_MARKS = {
    Clarity.FIRST: ("✓", GREEN),
    Clarity.AGAIN: ("✓", AMBER),
    Clarity.NOT_YET: ("✗", RED),
    Clarity.DECLINED: ("–", MUTED),
    Clarity.NOT_ASKED: ("–", MUTED),
}

NUMBER = "Record number (MRN)"
IDENTIFIERS = ("Patient", "Date of birth", NUMBER, "Visit", "Language")


def names(content: SummaryContent, columns: Sequence[str]) -> tuple[str, ...]:
    """Names of columns in both languages."""
    return tuple(content.both(column) for column in columns)


def subtitle(content: SummaryContent) -> str:
    """The procedure and its date; under them the procedure in the second language."""
    procedure = content.beside("procedure").words
    return f"{content.subtitle}\n{procedure}" if procedure else content.subtitle


def identifiers(content: SummaryContent) -> tuple[tuple[str, str], ...]:
    """Label and value of everything in the box under the title; what was not recorded says so."""
    values = (
        content.patient_name,
        content.patient_born,
        content.patient_number,
        content.visit,
        content.language,
    )
    return tuple(
        (content.both(label), value.strip() or "Not recorded") for label, value in zip(IDENTIFIERS, values, strict=True)
    )


def allergy_words(content: SummaryContent) -> str:
    """The list of allergies, or the statement that stands in its place."""
    return content.allergy_text or content.allergies.value


def quoted(words: str) -> str:
    """A patient's own words in quotation marks, or that none were written down."""
    return f"“{words.strip()}”" if words.strip() else NO_WORDS


def footer_subject(content: SummaryContent) -> str:
    """The first line of the footer."""
    name, born, number = (value for _label, value in identifiers(content)[:3])
    return f"{name} · DOB {born} · MRN {number}"


def footer_document(content: SummaryContent) -> str:
    """The second line of the footer: which form, which document, which content."""
    start = content.fingerprint
    return (
        f"{content.form_code} v{content.form_version} · {content.document_number} · "
        f"fingerprint {start[:8]} {start[8:16]}"
    )
