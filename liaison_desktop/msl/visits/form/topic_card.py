"""One topic of a visit: what it is, on which ground it was discussed, and the question word for word."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.inquiries.queries import packages, standing_requests
from liaison_desktop.msl.inquiries.record import MedicalInquiry, SiuuPackage, StandingRequest
from liaison_desktop.msl.materials.record import LabelStatus
from liaison_desktop.msl.visits.record import Depth, Direction, ExchangeBasis, FairBalance, Topic
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import LongTextEditor, TextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import Option, matching
from liaison_desktop.ui.text import elided, label
from liaison_desktop.ui.ticks import TickEditor

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_USUAL = (
    ExchangeBasis.ON_LABEL,
    ExchangeBasis.DISEASE_STATE,
    ExchangeBasis.UNSOLICITED_REQUEST,
    ExchangeBasis.STANDING_REQUEST,
    ExchangeBasis.SIUU,
)
_BASES: dict[str, tuple[ExchangeBasis, ...]] = {
    # One key, 1 to 3, for what lies outside the label; the grounds that OFF-1 refuses are not offered.
    LabelStatus.OFF_LABEL.value: (
        ExchangeBasis.UNSOLICITED_REQUEST,
        ExchangeBasis.STANDING_REQUEST,
        ExchangeBasis.SIUU,
    ),
    LabelStatus.INVESTIGATIONAL.value: (
        ExchangeBasis.INVESTIGATIONAL_EXCHANGE,
        ExchangeBasis.UNSOLICITED_REQUEST,
        ExchangeBasis.STANDING_REQUEST,
        ExchangeBasis.TRIAL_OPERATIONAL,
    ),
    LabelStatus.NON_PRODUCT.value: (
        ExchangeBasis.NON_PRODUCT,
        ExchangeBasis.DISEASE_STATE,
        ExchangeBasis.SAFETY_INFORMATION,
        ExchangeBasis.TRIAL_OPERATIONAL,
    ),
}
# What each field of the row is edited with, for the test that none is forgotten.
ON_CARD = frozenset(
    {
        "exchange_basis",
        "direction",
        "indication",
        "verbatim_question",
        "answer_given",
        "depth",
        "public_setting",
        "fair_balance",
        "standing_request_id",
        "siuu_id",
    }
)
_MORE = ("direction", "indication", "answer_given", "depth", "fair_balance", "public_setting")
COMPUTED = frozenset({"topic_id", "topic_name", "product_id", "product_name", "label_status", "inquiry_id"})


class TopicCard(QWidget):
    """Answers nothing in advance: the ground of an off-label topic is chosen by whoever was there."""

    changed = Signal()
    removed = Signal()

    def __init__(self, store: Store, topic: Topic) -> None:
        super().__init__()
        self._store, self._topic = store, topic
        bases = _BASES.get(topic.label_status, _USUAL)
        if topic.exchange_basis is not None and topic.exchange_basis not in bases:
            bases = (*bases, topic.exchange_basis)
        name = topic.topic_name or "Topic"
        self.basis = Segmented([(basis, basis.label) for basis in bases], name=f"Basis of {name}")
        self.direction = Segmented([(one, one.label) for one in Direction], stretch=False, name="Who raised it")
        self.indication = TextEditor(name="Indication", placeholder="For which use")
        self._raised, self._asked_as = label("", "cap"), label("", "cap")
        self.question = TextEditor(name="The question, word for word")
        self.answer = LongTextEditor(2, name="Answer given")
        self.question.free, self.answer.free = FreeText("verbatim_question"), FreeText("answer_given")
        self.how_far = Segmented([(one, one.label) for one in Depth], name="Depth")
        self.balance = Segmented([(one, one.label) for one in FairBalance], name="Balance")
        self.public = TickEditor("Asked in public")
        self.standing = Picker(store, StandingRequest.kind, "Type to choose", "Standing request")
        self.package = Picker(store, SiuuPackage.kind, "Type to choose", "SIUU package")
        self.package.set_scope(lambda text: matching([_option(one) for one in packages(store).values()], text))
        self._fields = {
            "exchange_basis": LabelledField("", self.basis),
            "direction": LabelledField("Who raised it", self.direction),
            "indication": LabelledField("Indication", self.indication),
            "verbatim_question": LabelledField("The question, word for word", self.question, hint=self._raised),
            "answer_given": LabelledField("Answer given", self.answer),
            "depth": LabelledField("How far it went", self.how_far),
            "fair_balance": LabelledField("Balance", self.balance),
            "public_setting": LabelledField("", self.public),
            "standing_request_id": LabelledField("Standing request", self.standing),
            "siuu_id": LabelledField("SIUU package", self.package),
        }
        field = self._fields
        self._request = column(field["verbatim_question"], self._asked_as, gap=4)
        self._more = column(
            row(field["direction"], (field["indication"], 1), gap=12), field["answer_given"],
            row((field["depth"], 1)), field["fair_balance"], field["public_setting"], gap=8,
        )  # fmt: skip
        self.more = button("More", "link", "chevron-down", small=True, on_click=self._toggle)
        self.drop = button("", "quiet", "x", small=True, name=f"Remove {name}", on_click=self.removed.emit)
        product = elided(topic.product_name or "No product", "sec")
        cited = column(field["standing_request_id"], field["siuu_id"], gap=0)
        head = row(label(name, "strong"), (product, 1), self.more, self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(head, field["exchange_basis"], cited, self._request, self._more, gap=8, margins=(12, 6, 12, 12))
        )
        self.setFocusProxy(self.basis)
        self._show(topic)
        self.basis.changed.connect(self._grounded)
        heard = (self.basis, self.direction, self.question, self.answer, self.how_far, self.balance, self.public)
        for editor in (*heard, self.indication, self.standing, self.package):
            editor.changed.connect(self._heard)

    def value(self) -> Topic:
        """The topic as answered."""
        return msgspec.structs.replace(
            self._topic,
            exchange_basis=self.basis.value(),
            direction=self.direction.value(),
            indication=self.indication.value(),
            verbatim_question=self.question.value(),
            answer_given=self.answer.value(),
            depth=self.how_far.value(),
            fair_balance=self.balance.value(),
            public_setting=self.public.value(),
            standing_request_id=self.standing.value(),
            siuu_id=self.package.value(),
        )

    def set_person(self, person: Callable[[], uuid.UUID | None]) -> None:
        """Offer the standing requests of whoever the visit is with."""

        def offered(text: str) -> Sequence[Option]:
            who = person()
            return matching([_option(one) for one in standing_requests(self._store, who)] if who else [], text)

        self.standing.set_scope(offered)

    def show_faults(self, faults: Iterable[tuple[str, Fault]]) -> None:
        """Show each fault beside the field of this row it names; the others are taken away."""
        held: dict[str, list[Fault]] = {name: [] for name in self._fields}
        for name, fault in faults:
            held.get(name, held["exchange_basis"]).append(fault)
        for name, found in held.items():
            severe = any(fault.severity in (Severity.REFUSE, Severity.CONFIRM) for fault in found)
            self._fields[name].show_fault(" ".join(fault.message for fault in found), severe)
            if found and name in _MORE and severe:
                self._more.setVisible(True)

    def focus_field(self, name: str) -> None:
        """Put the keyboard into one field."""
        if name in _MORE:
            self._more.setVisible(True)
        editor = self._fields.get(name, self._fields["exchange_basis"]).editor
        editor.setFocus()

    def link_inquiry(self, inquiry_id: uuid.UUID) -> None:
        """Keep which inquiry the doctor's question became."""
        self._topic = msgspec.structs.replace(self._topic, inquiry_id=inquiry_id)
        self._settle()
        self.changed.emit()

    def focused(self, held: QWidget) -> str:
        """The field this widget belongs to; empty if it is none of these."""
        return next((name for name, field in self._fields.items() if field.isAncestorOf(held)), "")

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed."""
        for segmented in (self.basis, self.direction, self.how_far, self.balance, self.public):
            segmented.setEnabled(not on)
        self.question.setReadOnly(on)
        self.standing.setReadOnly(on)
        self.package.setReadOnly(on)
        self.answer.setReadOnly(on)
        self.indication.setReadOnly(on)
        held = {name: bool(getattr(self.value(), name)) for name in _MORE}
        for name, some in held.items():
            self._fields[name].setVisible(some or not on)
        self.more.setVisible(not on)
        self._more.setVisible(any(held.values()) if on else self._more.isVisibleTo(self))
        self.drop.setVisible(not on)

    def _show(self, topic: Topic) -> None:
        self.basis.set_value(topic.exchange_basis)
        self.direction.set_value(topic.direction)
        self.indication.set_value(topic.indication)
        self.question.set_value(topic.verbatim_question)
        self.answer.set_value(topic.answer_given)
        self.how_far.set_value(topic.depth)
        self.balance.set_value(topic.fair_balance)
        self.public.set_value(topic.public_setting)
        self.standing.set_value(topic.standing_request_id)
        self.package.set_value(topic.siuu_id)
        self._more.setVisible(bool(topic.answer_given or topic.public_setting))
        self._settle()

    def _settle(self) -> None:
        """The doctor's own words are asked for where the ground is the doctor's own question."""
        basis = self.basis.value()
        asked = basis in (ExchangeBasis.UNSOLICITED_REQUEST, ExchangeBasis.STANDING_REQUEST)
        self._request.setVisible(asked or bool(self.question.value()) or self._topic.inquiry_id is not None)
        raised = self.direction.value()
        self._raised.set_text(raised.label if isinstance(raised, Direction) else "")
        inquiry = self._store.find(MedicalInquiry, self._topic.inquiry_id)
        self._asked_as.set_text(f"Became the inquiry {inquiry.number}".rstrip() if inquiry is not None else "")
        self._asked_as.setVisible(inquiry is not None)
        self._fields["standing_request_id"].setVisible(basis is ExchangeBasis.STANDING_REQUEST)
        self._fields["siuu_id"].setVisible(basis is ExchangeBasis.SIUU)

    def _grounded(self, basis: object) -> None:
        """An unsolicited question comes from the doctor, so who raised it is said with it; it can be changed (OFF-2)."""
        if basis is ExchangeBasis.UNSOLICITED_REQUEST and self.direction.value() is None:
            self.direction.set_value(Direction.ASKED_BY_HCP)

    def _toggle(self) -> None:
        self._more.setVisible(not self._more.isVisibleTo(self))

    def _heard(self, _value: object) -> None:
        for field in self._fields.values():
            field.clear_fault()
        self._settle()
        self.changed.emit()


def _option(one: StandingRequest | SiuuPackage) -> Option:
    return Option(one.id, one.title(), one.facts())
