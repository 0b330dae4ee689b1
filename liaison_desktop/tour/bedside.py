"""Answers a checklist as a nurse at the bedside does: section by section, one tap or a few words a question."""

from __future__ import annotations

from PySide6.QtCore import Qt

from liaison_desktop.questionnaires.view import FormFiller
from liaison_desktop.questionnaires.view.choice_editors import LongList, Many, OneTap
from liaison_desktop.questionnaires.view.moment_editors import Day, Moment
from liaison_desktop.questionnaires.view.question import Question
from liaison_desktop.questionnaires.view.typed_editors import Measured, Number, Words
from liaison_desktop.tour.hand import NotSo, click, key, settle, write

# What is known of the invented patient, by question; every other question is answered "no", or in the words below.
TOLD = {
    "A1": "Name and birth date",
    "A3": "Patient",
    "A5": "Yes",
    "A6": "Bedside",
    "A9": "Colonoscopy",
    "A10": "Does not apply",
    "B1": "English",
    "B2": "English",
    "B3": "No",
    "C1": "Person, Place, Time, Situation",
    "C2": "None",
    "C5": "None",
    "C7.name": "Lucía Álvarez",
    "C7.able": "Yes",
    "C7.willing": "Yes",
    "C9": "Her daughter Lucía",
    "D1": "Done",
    "D6": "Full code",
    "D7": "The patient",
    "E1": "Has allergies",
    "E2.substance": "Penicillin",
    "E2.reaction": "Hives",
    "E3": "No",
    "F1": "Done",
    "G5": "None",
    "H1.sys": "136",
    "H1.dia": "82",
    "H2.rate": "84",
    "H3.rate": "16",
    "H6.score": "0",
    "I7": "Yes",
    "K4": "Yes",
    "L3": "Family",
    "L7": "Yes",
    "N4": "Yes",
    "N5": "To be home with my daughter on Friday.",
    "D11": "Home",
    "D26.hand": "Yes",
    "D26.cost": "Yes",
    "D26.pharmacy": "Yes",
    "D34.back": "Yes",
    "D35": "Yes",
    "D39": "There were none",
    "P2": "Ready for the procedure. Daughter drives her home.",
}
NUMBERS = {"Cel": "36.8", "%": "97", "kg": "68", "cm": "164", "mg/dL": "104"}
WORDS = "As told at the bedside"
_LIKELY = ("Done", "No", "None", "Never", "Does not apply")


def fill_in(filler: FormFiller) -> int:
    """Answer every required question of every section; how many were answered."""
    answered = 0
    for section in tuple(part.id for part in filler._sections):
        filler.show_section(section)
        settle()
        # An answer may ask for more: a dozen rounds are more than any section needs.
        for _ in range(12):
            open_ones = [question for question in _questions(filler) if _left(question)]
            if not open_ones:
                break
            for question in open_ones:
                if _left(question):
                    answer(question)
                    answered += 1
        else:
            raise NotSo(f"section {section} asks on and on")
    return answered


def _questions(filler: FormFiller) -> list[Question]:
    return list(filler.view.questions()) if filler.view is not None else []


def _left(question: Question) -> bool:
    node = question.node
    return (
        node.enabled and node.item.required and not node.item.read_only and not node.answers and not _unable(question)
    )


def _unable(question: Question) -> bool:
    from liaison_desktop.questionnaires.marks import unable_reason

    return unable_reason(question.node) is not None


def answer(question: Question) -> None:
    """Answer one question with its own editor."""
    told = TOLD.get(question.node.item.link_id, "")
    editor = question.editor
    if isinstance(editor, OneTap):
        buttons = {button.text(): button for button in editor.segments.buttons}
        wanted = told or next((word for word in _LIKELY if word in buttons), editor.segments.buttons[0].text())
        click(buttons[wanted])
    elif isinstance(editor, Many):
        chips = {chip.text(): chip for chip in editor.chips.buttons}
        for word in (told or next((word for word in _LIKELY if word in chips), editor.chips.buttons[0].text())).split(
            ", "
        ):
            click(chips[word])
    elif isinstance(editor, LongList):
        write(editor.line, told or question.node.item.options[0].label)
        key(Qt.Key.Key_Return, on=editor.line)
    elif isinstance(editor, Words):
        write(editor.field, told or WORDS)
    elif isinstance(editor, Number):
        write(editor.field, told or "1")
    elif isinstance(editor, Measured):
        unit = str(question.node.item.units[0].get("code")) if question.node.item.units else ""
        write(editor.field, told or NUMBERS.get(unit, "1"))
    elif isinstance(editor, Day):
        write(editor.field, "today")
    elif isinstance(editor, Moment):
        write(editor.field.day, "today")
        write(editor.field.time, "08:00")
    else:
        raise NotSo(f"question {question.node.item.link_id} has no editor that can be answered")
    settle()
