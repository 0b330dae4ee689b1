"""What is released, by whom, to whom, for what and until when; and the kinds that need a yes and initials of their own."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.asked import Asked
from liaison_desktop.clinical.consents.form.step import Step, inside
from liaison_desktop.clinical.consents.record import Consent, ConsentStep, SpecialCategory, SpecialRelease
from liaison_desktop.clinical.consents.rules import release_faults
from liaison_desktop.errors import Fault
from liaison_desktop.store import Store
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, refill, row

_INITIALS = 140  # px


class _Kind(QWidget):
    """One protected kind: may it be sent, and the initials of who signs beside a yes."""

    def __init__(self, kind: SpecialRelease) -> None:
        super().__init__()
        self.asked = Asked(kind.category.label, ((True, "Yes, send it"), (False, "No")))
        self.initials = TextEditor()
        self.initials.setFixedWidth(_INITIALS)
        name = f"Initials of who signs, for: {kind.category.label}"
        self.initials.setAccessibleName(name)
        self._field = LabelledField("Initials of who signs", self.initials)
        self._line = row(None, self._field, gap=0)
        inside(self, column(self.asked, self._line, gap=4))
        self.arrange()

    def arrange(self) -> None:
        """Initials stand only beside a yes."""
        self._line.setVisible(self.asked.answer.value() is True)

    def read(self, kind: SpecialRelease) -> SpecialRelease:
        """With the answer; initials of a yes that was taken back go with it."""
        included = self.asked.answer.value()
        initials = self.initials.value().strip() if included else ""
        return msgspec.structs.replace(kind, included=included, initials=initials)

    def show_kind(self, kind: SpecialRelease, locked: bool) -> None:
        """Show what was recorded."""
        self.asked.answer.set_value(kind.included)
        self.asked.answer.setEnabled(not locked)
        if not self.initials.hasFocus():
            self.initials.set_value(kind.initials)
        self.initials.setReadOnly(locked)
        self.arrange()


class ReleaseStep(Step):
    """The core of a release, in the order of the rule."""

    title = "What may be sent, and to whom?"
    lead = "In plain words, as the person says it. Only what stands here is sent."

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.kinds: dict[SpecialCategory, _Kind] = {}
        self.what = self.form("release_description", "release_purpose")
        self.who = self.form("release_from", "release_to")
        self.until = self.form(("release_until", "release_event"))
        self.part2 = self.form("release_part2_to", "release_part2_purpose")
        self._box = column(gap=12)
        self._part2_card = card(self.part2, title="Records of substance use treatment (42 CFR Part 2)")
        self.lay_out(
            card(self.what, title="What and why"),
            card(self.who, title="From whom, to whom"),
            card(self.until, title="How long it holds"),
            card(self._box, title="Specially protected kinds: each asked on its own"),
            self._part2_card,
        )

    def show_consent(self, consent: Consent) -> None:
        """Show the release; a form without one has no such step."""
        if list(self.kinds) != [kind.category for kind in consent.release_special]:
            self.kinds = {}
            for kind in consent.release_special:
                made = self.kinds[kind.category] = _Kind(kind)
                made.asked.answer.changed.connect(lambda _value: self.edited())
                made.initials.changed.connect(lambda _value: self.edited())
            refill(self._box, *self.kinds.values())
        for kind in consent.release_special:
            self.kinds[kind.category].show_kind(kind, consent.sealed())
        super().show_consent(consent)

    def arrange(self) -> None:
        """Recipient and purpose of their own are asked for records of substance use only."""
        for made in self.kinds.values():
            made.arrange()
        substance = self.kinds.get(SpecialCategory.SUBSTANCE_USE)
        self._part2_card.setVisible(substance is not None and substance.asked.answer.value() is True)

    def read(self, consent: Consent) -> Consent:
        """The release as it stands; a consent that asks for none is left as it is."""
        if not consent.has(ConsentStep.RELEASE):
            return consent
        kinds = tuple(
            self.kinds[kind.category].read(kind) if kind.category in self.kinds else kind
            for kind in consent.release_special
        )
        return msgspec.structs.replace(self.filled(consent), release_special=kinds)

    def faults(self, consent: Consent) -> tuple[Fault, ...]:
        """V48."""
        return tuple(release_faults(consent, self.policy, today=self.now().date()))

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Beside each field and each kind."""
        held = tuple(faults)
        super().show_faults(held, focus=focus)
        found = {fault.field: fault.message for fault in held}
        for place, made in enumerate(self.kinds.values()):
            made.asked.show_fault(found.get(f"release_special.{place}", ""))
