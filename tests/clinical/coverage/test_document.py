"""The estimate on paper carries what it says on the screen, and the line that it is no guarantee (V34)."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.coverage.document import estimate_document
from liaison_desktop.clinical.coverage.record import CopayPer
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.reading import letters, read
from liaison_desktop.policies import load_policy
from tests.clinical.coverage.examples import a_call, a_coverage
from tests.fakes import TODAY

POLICY = load_policy("clinical")
WARNING = "This is an estimate, not a guarantee. The payer decides when the claim is made."


def test_the_page_says_that_it_is_an_estimate() -> None:
    patient, coverage = Patient(family="Álvarez", given="María", birth_date="1961-03-14"), a_coverage()
    call = a_call(coverage, allowed=240_000, coinsurance=2_000, copay=4_000, copay_per=CopayPer.STAY, recorded_at=TODAY)
    paper = estimate_document(call, coverage, patient, POLICY)
    text = letters(" ".join(page.body for page in read(paper.content, 40)))
    for words in (
        WARNING,
        "$520.00",
        "$480.00",
        "$40.00",
        "C-1",
        "Dana",
        "María Álvarez",
        "Riverbend Advantage",
        "it is not known: the deductible",
    ):
        assert letters(words) in text
    assert paper.content == estimate_document(call, coverage, patient, POLICY).content
    assert "Álvarez" not in paper.file_name


def test_nothing_is_printed_without_an_estimate() -> None:
    with pytest.raises(ValueError, match="no estimate"):
        estimate_document(a_call(), a_coverage(), Patient(family="Example"), POLICY)
