"""The documents of research, read back as whoever receives them would."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.consents.record import Answer, AuthorityBasis, DecidedBy
from liaison_desktop.clinical.research.actions import leave_study
from liaison_desktop.clinical.research.document import research_document, research_withdrawal_page
from liaison_desktop.clinical.research.record import Assent, Authorisation, ResearchConsent
from liaison_desktop.documents.reading import letters, read
from liaison_desktop.errors import Unprintable
from liaison_desktop.store import Store
from tests.clinical.research.examples import STATEMENT, a_draft, filled, given
from tests.clinical.research.test_actions import active

replace = msgspec.structs.replace


def text_of(content: bytes) -> str:
    return letters(" ".join(page.body + page.foot for page in read(content, 40)))


def test_key_information_stands_before_everything_else(clinical_store: Store) -> None:
    done = active(clinical_store)
    made = research_document(done)
    assert made.content == research_document(done).content
    text = text_of(made.content)
    places = [text.index(letters(word)) for word in ("Key information", "What is this about?", "What you are told")]
    assert places == sorted(places)
    for words in (
        STATEMENT, done.form_sha256[:8], "40 minutes between", "Obtained by Renee Okafor RN",
        "I explained the study, answered the questions and obtained this consent", "Until when",
        "In my own words", "15 years after the last visit",
    ):  # fmt: skip
        assert letters(words) in text
    assert letters("We asked") in text
    assert "score" not in text.lower()


def test_who_decides_the_short_form_and_what_it_replaces_are_printed(clinical_store: Store) -> None:
    consent = filled(
        given(clinical_store, a_draft(clinical_store)),
        decided_by=DecidedBy.REPRESENTATIVE,
        representative_name="Luis Álvarez",
        representative_relationship="Son",
        authority_basis=AuthorityBasis.LAR_RESEARCH,
        authority_law="Illinois Health Care Surrogate Act",
        document_seen=True,
        assent=Assent.GIVEN,
        short_form=True,
        impartial_witness="Pat Quill",
        authorisation=Authorisation.SEPARATE,
        replaces="Replaces consent RC-2026-T0001 on version 2.1, signed 3 Nov 2026",
    )
    text = text_of(research_document(consent, large_print=True).content)
    for words in (
        "Illinois Health Care Surrogate Act", "Assents.", "before the impartial witness Pat Quill",
        "Replaces consent RC-2026-T0001 on version 2.1, signed 3 Nov 2026", "You sign for this on its own form.",
    ):  # fmt: skip
        assert letters(words) in text
    assert letters("15 years after the last visit") not in text


def test_a_record_that_was_changed_is_not_printed(clinical_store: Store) -> None:
    done = active(clinical_store)
    with pytest.raises(Unprintable):
        research_document(replace(done, study_name="Another"))


def test_the_page_of_whoever_leaves_cites_the_consent(clinical_store: Store) -> None:
    done: ResearchConsent = active(clinical_store)
    gone = leave_study(
        clinical_store, done, said_by=done.shown_name, look_on=Answer.NO, destroy_samples=Answer.YES, reason="Too far"
    )
    text = text_of(research_withdrawal_page(gone, done).content)
    for words in (
        done.document_number, done.fingerprint[:8], "You left the study. This does not affect your care.", "Too far",
        "what was learned about you up to now stays in the study", "Samples that are left are to be destroyed",
    ):  # fmt: skip
        assert letters(words) in text
