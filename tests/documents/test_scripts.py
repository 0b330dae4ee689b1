"""Arabic, Hindi and Chinese on paper: in their order, joined, their numbers kept, and read back."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.consents.document.making import make_summary
from liaison_desktop.documents.fonts import check_printable, missing_letters, register
from liaison_desktop.documents.languages import furniture
from liaison_desktop.documents.shaping.levels import LRM, in_order, levels
from liaison_desktop.documents.shaping.scripts import guarded, runs_from_right, script_of
from liaison_desktop.documents.styles import sheet
from liaison_desktop.errors import Missing, Unprintable, Unreadable
from tests.documents.samples import a_summary, page_texts

ARABIC = "اتصل على (555) 010-4400 في أي وقت، الجرعة 5 mg."
HINDI = "डॉक्टर एक पतले, लचीले कैमरे से आपकी बड़ी आंत के अंदर देखेंगे।"
CHINESE = "医生会用一根细而柔软的摄像头检查您的大肠（息肉）。电话 (555) 010-4400。"
LANGUAGES = ("es", "ar", "hi", "zh", "ru", "vi")


def test_a_text_tells_its_script() -> None:
    assert [getattr(script_of(text), "language", "") for text in ("Álvarez ✓", ARABIC, HINDI, CHINESE)] == [
        "",
        "ar",
        "hi",
        "zh",
    ]
    assert runs_from_right(ARABIC)
    assert not runs_from_right(f"Patient · {ARABIC}")


def test_a_number_keeps_its_order_and_its_line_among_letters_from_the_right() -> None:
    text = guarded(ARABIC)
    assert f"{LRM}(555)\u00a0010-4400{LRM}" in text
    assert f"{LRM}5\u00a0mg{LRM}" in text
    plain, kept = levels("ا 0123-456-555", from_right=True), levels(guarded("ا 0123-456-555"), from_right=True)
    assert len(set(plain[2:])) > 1, "without the marks the parts of the number change places"
    start = guarded("ا 0123-456-555").index("0")
    assert len(set(kept[start : start + 12])) == 1
    assert kept[start] % 2 == 0


def test_runs_of_a_line_are_put_in_order() -> None:
    assert in_order([(1, "a"), (2, "1"), (1, "b")]) == ["b", "1", "a"]
    assert in_order([(0, "a"), (1, "x"), (1, "y"), (0, "b")]) == ["a", "y", "x", "b"]
    assert in_order([]) == []


@pytest.mark.parametrize(
    ("text", "name", "medicine"),
    [(ARABIC, "مريم الحسن", "بنسلين"), (HINDI, "मीरा शर्मा", "पेनिसिलिन"), (CHINESE, "王小明", "青霉素")],
    ids=["Arabic", "Hindi", "Chinese"],
)
@pytest.mark.parametrize("large", [False, True])
def test_every_script_can_stand_anywhere_and_is_read_back(text: str, name: str, medicine: str, large: bool) -> None:
    content = a_summary()
    content = msgspec.structs.replace(
        content,
        patient_name=name,
        plain_words=(text * 60,),
        allergy_text=medicine,
        topics=(msgspec.structs.replace(content.topics[0], topic=name, told=medicine),),
        teach_back=(msgspec.structs.replace(content.teach_back[0], answer=name),),
        signatures=tuple(msgspec.structs.replace(line, name=name, stand_in="") for line in content.signatures),
    )
    made = make_summary(content, sheet("letter", large=large), "Patient copy")
    assert made.pages > 1
    if text is not ARABIC:
        assert text[:12] in " ".join(page_texts(made.content))


def test_a_word_that_is_left_out_is_missed_in_every_script() -> None:
    from liaison_desktop.documents.reading import Expected, PageText, missing_texts

    shown = [PageText(body=f"{HINDI}\n{CHINESE}\nاتصل على", foot="")]
    wanted = [Expected("Hindi", HINDI), Expected("Chinese", CHINESE), Expected("Arabic", "اتصل على الممرضة")]
    assert missing_texts(shown, wanted) == ("Arabic",)


def test_a_letter_no_font_has_is_refused_by_name() -> None:
    register()
    assert missing_letters("医生龘") == ("龘",)
    with pytest.raises(Unprintable, match="Patient"):
        check_printable([("Patient", "龘")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_and_can_be_printed(language: str) -> None:
    register()
    words = furniture(language)
    assert words.words.keys() == furniture("es").words.keys()
    assert not words.reviewed
    assert {word for word in words.words.values() if missing_letters(word)} == set()


def test_a_facility_puts_its_own_words_beside_the_store(tmp_path) -> None:  # type: ignore[no-untyped-def]
    own = '# ours\nlanguage = "es"\nname = "Spanish"\nown_name = "Español"\nreviewed = true\n{more}[words]\n"Yes" = "Sí"\n'
    path = tmp_path / "es.toml"
    path.write_text(own.format(more='reviewed_by = "L. Traductora"\nreviewed_on = 2026-10-01\n'), encoding="utf-8")
    assert furniture("es", tmp_path).reviewed
    for broken in (own.format(more=""), "not = [toml", own.format(more="").replace('"es"', '"fr"')):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(Unreadable, match=r"es\.toml"):
            furniture("es", tmp_path)
    with pytest.raises(Missing):
        furniture("../es")
