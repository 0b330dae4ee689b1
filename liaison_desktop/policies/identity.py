"""The patient-identity guard: names, birth dates, numbers, addresses, telephones (PHI-1), and rare combinations (PHI-2).

Each finding carries a rewording that keeps what science needs: age group and sex.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from liaison_desktop.policies.lexicon import Lexicon, load_words
from liaison_desktop.policies.radar import IDENTITY, RARE, Finding

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}})"
_PHONE = r"(?:\+?\d[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]?\d{4}"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"

_FIXED = (
    # A date of birth, in words or by its abbreviation.
    (re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?)\s*:?\s*(?:is\s+)?{_DAY}", re.IGNORECASE),
     "birth date", "adult"),
    # A record number of a hospital.
    (re.compile(
        r"\b(?:mrn|medical record (?:number|no\.?)|patient (?:id|number|no\.?)|chart (?:number|no\.?))"
        r"\s*[:#]?\s*(?:is\s+)?(?=[\w-]*\d)[\w-]{4,}",
        re.IGNORECASE,
    ), "record number", "the patient"),
    (re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b"), "social security number", "number removed"),
    # A phone number with "patient" in the same sentence.
    (re.compile(rf"\bpatient[^.\n]{{0,60}}?{_PHONE}", re.IGNORECASE), "telephone", "the patient"),
    (re.compile(rf"{_PHONE}[^.\n]{{0,40}}?\bpatient", re.IGNORECASE), "telephone", "the patient"),
)  # fmt: skip
_AGE = re.compile(
    r"\b(?:9\d|1[01]\d)(?:-|\s)years?(?:-|\s)olds?\b|\baged\s(?:9\d|1[01]\d)\b|\b(?:9\d|1[01]\d)\syears\sold\b",
    re.IGNORECASE,
)
_ONLY = re.compile(rf"\bonly (?:patient|case|man|woman|child)[^.\n]{{0,80}}?\b(?:in|from) (?:the town of )?{_NAME}")


@functools.lru_cache(maxsize=4)
def _worded(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Patterns made from the words of the file."""
    words = lexicon.identity
    female, male, excluded, street, rare = (
        "|".join(map(re.escape, words.get(name, ()))) or "(?!)"
        for name in ("titles_female", "titles_male", "not_names", "street_words", "rare_diseases")
    )
    name = rf"(?!(?:{excluded})\b){_NAME}"
    return (
        (re.compile(rf"\b(?:{female})\.?\s+{_NAME}(?:\s+{_NAME})?"), "name", "an adult woman"),
        (re.compile(rf"\b(?:{male})\.?\s+{_NAME}(?:\s+{_NAME})?"), "name", "an adult man"),
        (re.compile(rf"\b[Pp]atient(?:'s name is|\s+(?:named|called|is))\s+{name}(?:\s+{_NAME})?"), "name", "patient"),
        (re.compile(rf"\b[Pp]atient,?\s+{name}\s+(?!(?:{excluded})\b){_NAME}"), "name", "patient"),
        (
            re.compile(rf"\b\d{{1,5}}\s+(?:{_NAME}\s+){{1,3}}(?:{street})\b(?:[,.]?\s+{_NAME})*(?:\s+\d{{4,5}})?"),
            "address", "in the region",
        ),
        (re.compile(rf"\b(?:{rare})\b[^.\n]{{0,60}}?\b(?:in|from) (?:the town of )?{_NAME}"), RARE, "a rare disease"),
    )  # fmt: skip


def identities(text: str, lexicon: Lexicon | None = None) -> tuple[Finding, ...]:
    """What in a text may identify a patient, in its order; two never overlap. Never raises on any text."""
    found: list[Finding] = []
    taken = bytearray(len(text))  # a mark for each character, so that many findings cost no more than their letters
    for start, end, what, proposal in _spans(text, lexicon or load_words("msl")):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            rare = what == RARE
            why = "may identify one patient" if rare else f"reads as a patient's {what}"
            rule = "PHI-2" if rare else "PHI-1"
            found.append(Finding(start, end, text[start:end], RARE if rare else IDENTITY, why, rule, proposal))
    return tuple(sorted(found, key=lambda one: one.start))


def _spans(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str, str]]:
    for pattern, what, proposal in (*_FIXED, *_worded(lexicon)):
        for match in pattern.finditer(text):
            yield match.start(), match.start() + len(match.group().rstrip()), what, proposal
    for match in _AGE.finditer(text):
        yield *match.span(), RARE, "elderly"
    for match in _ONLY.finditer(text):
        yield *match.span(), RARE, "one patient"


def reworded(text: str, found: Finding) -> str:
    """The text with one finding replaced by its rewording."""
    if text[found.start : found.end] != found.words:
        return text
    return text[: found.start] + found.proposal + text[found.end :]
