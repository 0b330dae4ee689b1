"""What the elements of a consent mean, where they come from, and which of them a type of consent has to hold."""

from __future__ import annotations

import enum

import msgspec

from liaison_desktop.clinical.consents.record.codes import ConsentStep, ConsentType, Explainer
from liaison_desktop.clinical.consents.record.elements import Element
from liaison_desktop.signing import Role


class CarriedBy(enum.Enum):
    """What carries an element: a sentence of the form, a question to the patient, an answer in the record, the paper."""

    WORDS = "words"
    CHOICE = "choice"
    RECORD = "record"
    PAPER = "paper"


class ElementRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One element: in plain words what it is for, the rule that asks for it, and where it is mended.

    `place` says where it stands when no sentence of the form carries it, such as the head of the document.
    """

    means: str
    citation: str
    by: CarriedBy = CarriedBy.WORDS
    place: str = ""
    mend: str

    def in_words(self) -> bool:
        """Whether a sentence or a question of the form has to carry it."""
        return self.by in (CarriedBy.WORDS, CarriedBy.CHOICE)


class TypeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a type of consent holds. Without `minimum` nobody signs; without `required` no form is used.

    `expected` is on the form, or the form says why it does not apply.
    """

    minimum: tuple[Element, ...]
    required: tuple[Element, ...] = ()
    expected: tuple[Element, ...] = ()
    steps: tuple[ConsentStep, ...]
    signers: tuple[Role, ...]
    explained_by: Explainer
    heading: str

    def all(self) -> tuple[Element, ...]:
        """Every element of the type, in the order of their codes."""
        return tuple(sorted({*self.minimum, *self.required, *self.expected}, key=list(Element).index))


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of the whole list."""

    version: str
    elements: dict[Element, ElementRule]
    types: dict[ConsentType, TypeRule]

    def of(self, kind: ConsentType) -> TypeRule:
        """What this type has to hold."""
        return self.types[kind]
