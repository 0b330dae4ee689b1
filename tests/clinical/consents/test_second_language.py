"""A consent in two languages: chosen, held with its words, printed side by side, and signed only after a review (V10)."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.consents.actions import change_consent, make_ready
from liaison_desktop.clinical.consents.document import consent_summary
from liaison_desktop.clinical.consents.record import Answer, Consent, SecondLanguage
from liaison_desktop.documents.languages import FOLDER
from liaison_desktop.errors import Refused
from liaison_desktop.paths import resource
from liaison_desktop.signing import Role
from liaison_desktop.store import Store
from tests.clinical.consents.examples import a_signature, put
from tests.clinical.consents.test_document import NAME, ready
from tests.documents.samples import page_texts
from tests.fakes import Clock


def in_language(store: Store, clock: Clock, language: SecondLanguage | None) -> Consent:
    changed = change_consent(store, msgspec.structs.replace(ready(store, clock), second_language=language))
    return make_ready(store, changed) if language is not None else changed


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", SecondLanguage)
def test_a_consent_is_printed_in_two_languages(
    clinical_store: Store, clock: Clock, language: SecondLanguage, large: bool
) -> None:
    consent = in_language(clinical_store, clock, language)
    made = consent_summary(consent, large_print=large)
    text = " ".join(page_texts(made.content))
    assert "TRANSLATION NOT REVIEWED" in text
    assert "In plain words" in text
    held = {row.heading: row.words for row in consent.translation if row.heading}
    if language in (SecondLanguage.SPANISH, SecondLanguage.CHINESE, SecondLanguage.RUSSIAN, SecondLanguage.VIETNAMESE):
        assert held["Signatures"] in text
    assert made.content == consent_summary(clinical_store.get(Consent, consent.id), large_print=large).content


def test_the_form_itself_is_said_twice_where_it_is_translated(clinical_store: Store, clock: Clock) -> None:
    consent = in_language(clinical_store, clock, SecondLanguage.SPANISH)
    places = {row.place for row in consent.translation}
    assert {"plain_words", "topics.risks", "choices.blood", "questions.a", "statements.change"} <= places
    text = " ".join(page_texts(consent_summary(consent).content))
    assert "Wei Chen, MD es responsable" in text  # names are filled in there too
    assert "Bleeding, in about 1 in 100 people" in text


def test_nobody_signs_under_a_translation_that_was_not_reviewed(clinical_store: Store, clock: Clock) -> None:
    consent = in_language(clinical_store, clock, SecondLanguage.SPANISH)
    with pytest.raises(Refused, match="not reviewed"):
        put(clinical_store, consent, a_signature(Role.PATIENT, NAME), agrees=Answer.YES)
    english = change_consent(clinical_store, msgspec.structs.replace(consent, second_language=None))
    assert (english.translation, english.translation_sha256) == ((), "")


def test_the_facility_reviews_and_then_it_may_be_signed(clinical_store: Store, clock: Clock) -> None:
    review = 'reviewed = true\nreviewed_by = "L. Traductora"\nreviewed_on = 2026-10-01'
    words = clinical_store.folder / FOLDER
    words.mkdir()
    shipped = resource("document_words", "hi.toml").read_text(encoding="utf-8")
    (words / "hi.toml").write_text(shipped.replace("reviewed = false", review), encoding="utf-8")
    consent = in_language(clinical_store, clock, SecondLanguage.HINDI)
    assert consent.translation_reviewed
    signed = put(clinical_store, consent, a_signature(Role.PATIENT, NAME), agrees=Answer.YES)
    made = consent_summary(signed)
    assert "TRANSLATION NOT REVIEWED" not in " ".join(page_texts(made.content))


def test_a_consent_in_english_keeps_the_fingerprint_it_had(clinical_store: Store, clock: Clock) -> None:
    consent = ready(clinical_store, clock)
    assert b"second_language" not in consent.canonical()
    assert b"translation" not in consent.canonical()
