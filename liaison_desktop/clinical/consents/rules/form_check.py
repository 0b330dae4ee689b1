"""What is wrong with a form as it is written: elements, codes, steps, and each of its texts. The linter's rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from liaison_desktop.clinical.consents.record import (
    CarriedBy,
    Catalogue,
    ConsentStep,
    Element,
    Template,
)
from liaison_desktop.clinical.consents.rules.form_reading import form_reading, whole_reading
from liaison_desktop.clinical.consents.rules.text_check import Complaint, grade_complaints, text_complaints
from liaison_desktop.errors import Severity
from liaison_desktop.policies import Policy

_CODE = re.compile(r"[A-Z]{2,4}-\d{3}")
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,2}")
_YEARS = range(2000, 2101)


def form_complaints(form: Template, catalogue: Catalogue, policy: Policy) -> tuple[Complaint, ...]:
    """Everything wrong with one form, in the order of its file. A form of the first format is checked for its words."""
    found = [*_head(form), *_codes(form), *_texts(form, policy), *_steps(form, catalogue)]
    if form.sources:
        found += [
            Complaint(place="sources", message=f"{source.element}: the citation is missing.")
            for source in form.sources
            if not source.citation.strip()
        ]
    else:
        found += _elements(form, catalogue)
    found += _grades(form, policy)
    return tuple(found)


def _head(form: Template) -> Iterator[Complaint]:
    if not _CODE.fullmatch(form.code):
        yield Complaint(
            place="code", message="A code is two to four capital letters, a hyphen and three digits: GI-014."
        )
    if not _VERSION.fullmatch(form.version):
        yield Complaint(place="version", message="A version is a number with points: 6.3.")
    if form.effective.year not in _YEARS:
        yield Complaint(place="effective", message=f"The day {form.effective} lies outside this century.")
    if not 1 <= form.valid_days <= 3650:
        yield Complaint(place="valid_days", message="valid_days is between 1 and 3,650.")
    needed = ("language", "title", "procedure", "agree_question", "sign_words", "plain_words", "review_note")
    for name in (*needed, "speciality") if not form.sources else needed:
        if not getattr(form, name).strip():
            yield Complaint(place=name, message=f"{name} is empty.")


def _codes(form: Template) -> Iterator[Complaint]:
    for name in ("topics", "questions", "choices", "statements"):
        codes = [part.code for part in getattr(form, name)]
        if form.sources and name == "statements":
            continue
        for code, times in Counter(codes).items():
            if not code.strip():
                yield Complaint(place=name, message=f"One of the {name} has no code.")
            elif times > 1:
                yield Complaint(place=f"{name}.{code}", message=f"The code “{code}” stands {times} times in {name}.")
    for topic in form.topics:
        if topic.covered_by:
            yield Complaint(place=f"topics.{topic.code}.covered_by", message="Who covered it is never in the form.")
    for choice in form.choices:
        if choice.answer is not None:
            yield Complaint(place=f"choices.{choice.code}.answer", message="Nothing is chosen beforehand (V45).")
    if not form.choices or form.choices[0].code != "agree":
        yield Complaint(place="choices", message="The first choice is the agreement, with the code “agree”.")


def _texts(form: Template, policy: Policy) -> Iterator[Complaint]:
    closed = tuple(word.casefold() for word in policy.words("consent_closed_questions"))
    for place, text in _written(form):
        yield from text_complaints(place, text, policy)
    for question in form.questions:
        if question.ask.casefold().startswith(closed):
            yield Complaint(
                place=f"questions.{question.code}.ask", message="This can be answered by yes or no. Ask openly."
            )


def _written(form: Template) -> Iterator[tuple[str, str]]:
    for name in ("title", "procedure", "agree_question", "sign_words", "plain_words", "anaesthesia", "review_note"):
        if name != "anaesthesia" or form.anaesthesia:
            yield name, getattr(form, name)
    for name, parts in (("topics", form.topics), ("statements", form.statements)):
        for part in parts:
            yield f"{name}.{part.code}.heading", part.heading
            yield f"{name}.{part.code}.words", part.words
    for question in form.questions:
        yield f"questions.{question.code}.ask", question.ask
        yield f"questions.{question.code}.listen_for", question.listen_for
    for choice in form.choices:
        yield f"choices.{choice.code}.words", choice.words


def _steps(form: Template, catalogue: Catalogue) -> Iterator[Complaint]:
    steps = form.steps or catalogue.of(form.type).steps
    for step in (ConsentStep.TALK, ConsentStep.PERSON):
        if step not in steps:
            yield Complaint(place="steps", message=f"The step “{step}” is needed in every form.")
    if len(set(steps)) != len(steps):
        yield Complaint(place="steps", message="A step stands twice.")
    if (ConsentStep.TEACH in steps) != bool(form.questions):
        missing = "has no questions" if not form.questions else "has questions that no step asks"
        yield Complaint(place="questions", message=f"The form {missing}: steps and questions do not fit.")
    if (ConsentStep.CHOICES in steps) != (len(form.choices) > 1):
        yield Complaint(place="choices", message="The step “choices” and the choices beside the agreement do not fit.")
    if form.needs_side and ConsentStep.MATCH not in steps:
        yield Complaint(
            place="needs_side", message="A side is asked for in the step “match”, which the form leaves out."
        )
    if form.sedation and not form.anaesthesia.strip():
        yield Complaint(place="anaesthesia", message="With sedation the form says which medicine.")
    asked = any(Element.T17 in choice.elements for choice in form.choices)
    if form.sedation and not asked:
        yield Complaint(place="choices", message="With sedation, examinations by students need their own choice (T17).")


def _elements(form: Template, catalogue: Catalogue) -> Iterator[Complaint]:
    for part in form.carried:
        if part.element not in Element._value2member_map_:
            yield Complaint(place=part.place, message=f"There is no element “{part.element}”.")
    rule, carried = catalogue.of(form.type), {part.element for part in form.carried}
    asked = {element for choice in form.choices for element in choice.elements}
    for element in rule.all():
        held = catalogue.elements[element]
        if not held.in_words():
            continue
        said = f"{element} {element.label}"
        absent = form.not_here.get(element)
        if absent is not None and (element in (*rule.minimum, *rule.required) or not absent.strip()):
            yield Complaint(place=f"not_here.{element}", message=f"{said} cannot be left out of this type of form.")
        elif absent is not None and element in carried:
            yield Complaint(place=f"not_here.{element}", message=f"{said} is said to be absent and is carried as well.")
        elif absent is None and element not in carried:
            yield Complaint(place="", message=f"{said} is missing. {held.means} {held.mend}.")
        elif absent is None and held.by is CarriedBy.CHOICE and element not in asked:
            yield Complaint(place="choices", message=f"{said} needs its own yes or no. {held.mend}.")
    for element in form.not_here:
        if element not in rule.all():
            yield Complaint(place=f"not_here.{element}", message=f"{element} is not asked of this type of form.")


def _grades(form: Template, policy: Policy) -> Iterator[Complaint]:
    # A form of the first format has been replaced; it stays as it was signed.
    over = Severity.WARN if form.sources else Severity.REFUSE
    for text in form_reading(form):
        yield from grade_complaints(text.place, text.reading, policy, over=over)
    yield from grade_complaints("", whole_reading(form), policy, over=over)
