"""What is wrong with the words of a form: hard to read for a patient, or a source that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.outcome import Issue, warning
from liaison_desktop.questionnaires.reading_grade import grade

HARDEST = 8  # the school grade that patient-facing text may reach


def word_issues(definition: Definition, sources: tuple[str, ...] | None = None) -> Iterator[Issue]:
    """Patient-facing text above grade 8, and citations that begin with none of the known sources."""
    for item in definition.walk():
        if item.patient_text and (found := grade(item.patient_text)) > HARDEST:
            words = f"The text for the patient reads at grade {found}; the most is {HARDEST}."
            yield warning("business-rule", words, item.link_id)
        for part in item.citation.split(";") if sources is not None else ():
            if part.strip() and not part.strip().startswith(sources or ("\0",)):
                yield warning("not-found", f"The citation {part.strip()[:60]!a} is not a known source.", item.link_id)
