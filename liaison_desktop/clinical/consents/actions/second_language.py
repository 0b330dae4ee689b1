"""A consent in two languages: the words of the second are taken into the consent, so that it holds what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from liaison_desktop.clinical.consents.actions.forms import forms_of
from liaison_desktop.clinical.consents.actions.steps import filled
from liaison_desktop.clinical.consents.queries import translations
from liaison_desktop.clinical.consents.record import WORD, Consent, SecondLanguage, TranslatedText, Translation
from liaison_desktop.documents.languages import FOLDER, Furniture, furniture
from liaison_desktop.signing import fingerprint_of
from liaison_desktop.store import Store


def with_second_language(store: Store, consent: Consent) -> Consent:
    """The consent with the words of its second language as they stand now: the facility's, else those that ship.

    Raises Missing or Unreadable if the language has no words that can be used.
    """
    if consent.sealed():
        return consent
    return _taken(consent, forms_of(store).translations, store.folder / FOLDER)


def in_shipped_words(consent: Consent, language: SecondLanguage) -> Consent:
    """The consent with the words that ship, whatever it was signed with: for a copy to read, made without a store."""
    bare = msgspec.structs.replace(consent, second_language=language)
    return _taken(bare, translations(), None)


def _taken(consent: Consent, known: tuple[Translation, ...], own: Path | None) -> Consent:
    if consent.second_language is None:
        return msgspec.structs.replace(consent, translation=(), translation_reviewed=None, translation_sha256="")
    tag = consent.second_language.value
    words = furniture(tag, own)
    key = (consent.template_code, consent.template_version, tag)
    # The facility's stand behind those that ship, and the last one counts.
    form = next((one for one in reversed(known) if (one.code, one.version, one.language) == key), None)
    rows = (*_words(words), *(_form_words(form, consent) if form else ()))
    return msgspec.structs.replace(
        consent,
        translation=rows,
        translation_reviewed=words.reviewed and (form is None or form.reviewed),
        translation_sha256=fingerprint_of(f"{words.sha256} {form.sha256 if form else ''}".encode()),
    )


def _words(words: Furniture) -> Iterator[TranslatedText]:
    for english, word in words.words.items():
        yield TranslatedText(place=WORD, heading=english, words=word)


def _form_words(form: Translation, consent: Consent) -> Iterator[TranslatedText]:
    yield TranslatedText(place="procedure", words=form.procedure)
    yield TranslatedText(place="plain_words", words=filled(form.plain_words, consent))
    for name, held in (("topics", form.topics), ("statements", form.statements)):
        for code, text in held.items():
            yield TranslatedText(place=f"{name}.{code}", heading=text.heading, words=filled(text.words, consent))
    for code, asked in form.questions.items():
        yield TranslatedText(place=f"questions.{code}", words=asked.ask)
    for code, words in form.choices.items():
        yield TranslatedText(place=f"choices.{code}", words=words)
