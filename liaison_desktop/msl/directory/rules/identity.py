"""Texts that look like a patient's identity. The workspace refuses them at submit (PHI-1)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from liaison_desktop.policies import Policy

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}})"
_PHONE = r"(?:\+?\d[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]?\d{4}"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"

_FIXED = (
    # A date of birth, in words or by its abbreviation.
    re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?)\s*:?\s*(?:is\s+)?{_DAY}", re.IGNORECASE),
    # A record number of a hospital.
    re.compile(
        r"\b(?:mrn|medical record (?:number|no\.?)|patient (?:id|number|no\.?)|chart (?:number|no\.?))"
        r"\s*[:#]?\s*(?:is\s+)?(?=[\w-]*\d)[\w-]{4,}",
        re.IGNORECASE,
    ),
    # A social security number.
    re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b"),
    # A phone number with "patient" in the same sentence.
    re.compile(rf"\bpatient[^.\n]{{0,60}}?{_PHONE}", re.IGNORECASE),
    re.compile(rf"{_PHONE}[^.\n]{{0,40}}?\bpatient", re.IGNORECASE),
)


@functools.lru_cache(maxsize=4)
def _worded(
    titles: tuple[str, ...], not_names: tuple[str, ...], streets: tuple[str, ...]
) -> tuple[re.Pattern[str], ...]:
    """Patterns made from the policy's words."""
    title, excluded, street = ("|".join(map(re.escape, words)) for words in (titles, not_names, streets))
    name = rf"(?!(?:{excluded})\b){_NAME}" if excluded else _NAME
    return (
        re.compile(rf"\b(?:{title})\.?\s+{_NAME}(?:\s+{_NAME})?"),
        re.compile(rf"\b[Pp]atient(?:'s name is|\s+(?:named|called|is))\s+{name}(?:\s+{_NAME})?"),
        re.compile(rf"\b[Pp]atient,?\s+{name}\s+(?!(?:{excluded})\b){_NAME}"),
        re.compile(rf"\b\d{{1,5}}\s+(?:{_NAME}\s+){{1,3}}(?:{street})\b(?:[,.]?\s+{_NAME})*(?:\s+\d{{4,5}})?"),
    )


def patient_identity(text: str, policy: Policy) -> Iterator[str]:
    """Each span of the text that reads as a patient's name, birth date, number, address or phone."""
    words = tuple(tuple(policy.words(name)) for name in ("patient_titles", "not_names", "street_words"))
    seen: list[tuple[int, int]] = []
    for pattern in (*_FIXED, *_worded(*words)):
        for found in pattern.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end in seen):
                seen.append(found.span())
                yield found.group().strip()
