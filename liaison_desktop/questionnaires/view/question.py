"""One question on the screen: its code, its words, its editor, and what is wrong or waiting, beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import extensions
from liaison_desktop.questionnaires.marks import proposal, reason_of, unable_reason
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.outcome import Level
from liaison_desktop.questionnaires.validation import validate_node
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor
from liaison_desktop.questionnaires.view.because import Because
from liaison_desktop.questionnaires.view.choice_editors import OneTap
from liaison_desktop.questionnaires.view.editors import editor_for
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.helps import help_words
from liaison_desktop.questionnaires.view.question_head import QuestionHead
from liaison_desktop.questionnaires.view.typed_editors import Measured
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.layout import restyle
from liaison_desktop.ui.text import Wrapped, label, wrapped

CODE_WIDTH = 40
_BY_HAND = "The form works this out; it was changed by hand. Clear it to have it worked out again."
_BESIDE = 48  # letters that fit beside the question


class Question(QFrame):
    """A question over the whole width of the section, or `small` as a field of a card; `bare` in a table, under its name."""

    def __init__(
        self, node: Node, filling: Filling, small: bool = False, bare: bool = False, inset: bool = False
    ) -> None:
        super().__init__()
        self.node, self.filling, self.small, self._bare, self._inset = node, filling, small, bare, inset
        self.locked = filling.is_locked(node.item)
        self.editor: AnswerEditor = editor_for(node, filling, small, self.locked)
        self.editor.set_name(node.item.text)
        self.editor.setEnabled(not self.locked)
        self.editor.changed.connect(self._answered)
        self._because: Because | None = None
        self._why: TextEditor | None = None
        own = isinstance(self.editor, OneTap) and self.editor.offers_unable
        may = node.item.unable_allowed and not own and not self.locked
        self.head = QuestionHead(
            node, small, inset, self.locked, self._toggle_unable if may else None, self._take_offer
        )
        self._fault, self._unable = self.head.fault, self.head.unable
        self._long_fault: Wrapped = wrapped("", "label", "red")
        self._note: Wrapped = wrapped("", "cap", "amber")
        self._help: Wrapped = wrapped("", "cap", "ink2")
        self._lay_out()
        self.show_node()

    # ---- laying out

    def _lay_out(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(*((0, 0, 0, 0) if self.small or self._inset else (12, 8, 12, 10)))
        outer.setSpacing(0)
        if not self.small and not self._inset:
            code = label(self.node.item.prefix, "sec", "ink3")
            code.setFixedWidth(CODE_WIDTH)
            outer.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(4 if self.small else 6)
        outer.addLayout(self._body, 1)
        self._body.addWidget(self.head)
        self.head.setVisible(not self._bare)
        if self.node.item.patient_text:
            self._body.addWidget(asked_as(self.node.item.patient_text))
        self._offer: QWidget | None = None
        self._body.addWidget(self.editor)
        if self.small:
            self._body.addWidget(self._fault)
        self._body.addWidget(self._long_fault)
        self._body.addWidget(self._note)
        self._body.addWidget(self._help)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """As wide as its editor likes in a card."""
        hint = super().sizeHint()
        if not self.small:
            return hint
        reasons = 480 if self._because is not None and self._because.isVisibleTo(self) else 0
        return QSize(max(self.editor.likes, 0 if self._bare else self.head.likes(), reasons), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Narrower than it likes, never higher."""
        return QSize(80, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+U says that it cannot be assessed, from within any field."""
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() == Qt.Key.Key_U and self._unable is not None:
            self._toggle_unable()
        elif ctrl and event.key() == Qt.Key.Key_B and not self.locked:
            self.filling.flag(self.node)
            self._show_marks()
        else:
            super().keyPressEvent(event)

    # ---- answering

    def _answered(self) -> None:
        if isinstance(self.editor, OneTap) and self.editor.unable():
            self.filling.cannot_assess(self.node, unable_reason(self.node) or "")
        else:
            self.filling.answer(self.node, self.editor.pairs(), self.editor.typed)
            if isinstance(self.editor, Measured) and self.node.answers:
                self._keep_entered(self.editor)
        self._show_marks()

    def _keep_entered(self, editor: Measured) -> None:
        typed, extra = editor.entered(), self.node.answers[0].extra
        held = [one for one in extra.get("extension", []) if one.get("url") != names.ENTERED_AS]
        if typed is not None:
            held.append({"url": names.ENTERED_AS, "valueQuantity": typed})
        extra.pop("extension", None)
        if held:
            extra["extension"] = held

    def _toggle_unable(self) -> None:
        if unable_reason(self.node) is None:
            self.filling.cannot_assess(self.node, "")
        else:
            self.filling.answer(self.node, [])
        self.show_node()

    def _take_offer(self) -> None:
        self.filling.confirm(self.node)
        self.show_node()
        self.editor.setFocus()

    # ---- showing

    def show_node(self) -> None:
        """Show what is answered now."""
        self.editor.show_node(self.node)
        self._show_marks()

    def _show_marks(self) -> None:
        self._frame("accent" if self.head.show_offer() else "")
        self._show_because()
        self._show_why()
        self.head.show_flag()
        self.show_help()
        self.show_fault()
        self.show_who()

    def follows(self) -> bool:
        """Whether it shows what follows from other answers: its own answer, or which answers there are."""
        item = self.node.item
        return item.calculation is not None or self.editor.offers_differ()

    def show_help(self) -> None:
        """Show what helps to answer it, and where it comes from while that is asked for."""
        item = self.node.item
        source = f"Source: {item.citation}" if item.citation and self.filling.show_sources else ""
        words = "\n".join(filter(None, (self.head.long_offer, help_words(item), source)))
        self._help.set_text(words)
        self._help.setVisible(bool(words) and not self._bare)

    def show_who(self) -> None:
        """Show who gave the answer, and when."""
        said = self.filling.who(self.node.key) if self.node.answers or unable_reason(self.node) is not None else ""
        self.head.show_who(said, self._room())

    def _room(self) -> int:
        """How wide the line of the question is; before it is laid out, that of the narrowest window."""
        return max(self.width() - CODE_WIDTH - 24, 560)

    def _show_because(self) -> None:
        reason = unable_reason(self.node) if not self.locked else None
        if reason is None:
            if self._because is not None:
                self._because.hide()
        else:
            if self._because is None:
                self._because = Because(self.give_reason, self.locked)
                self._body.insertWidget(self._body.indexOf(self.editor) + 1, self._because)
            self._because.show_reason(reason)
            self._because.show()
            if not reason and self._unable is not None and self.isVisible():
                self._because.setFocus(Qt.FocusReason.OtherFocusReason)
        self.head.show_unable(reason is not None)
        if not (isinstance(self.editor, OneTap) and self.editor.offers_unable):
            self.editor.setVisible(reason is None or any(option.unable for option in self.node.item.options))
        self.updateGeometry()

    def _show_why(self) -> None:
        asks = not self.locked and any(option.reason for option in self.node.chosen())
        if asks and self._why is None:
            self._why = TextEditor(name="Why", placeholder="Why not")
            self._why.setEnabled(not self.locked)
            self._why.set_value(reason_of(self.node))
            self._why.changed.connect(lambda text: self._explain(str(text)))
            self._body.insertWidget(self._body.indexOf(self.editor) + 1, self._why)
        if self._why is not None:
            self._why.setVisible(asks)

    def _explain(self, text: str) -> None:
        self.filling.explain(self.node, text, typing=True)
        self.show_fault()

    def give_reason(self, code: str) -> None:
        """Says why it cannot be assessed."""
        if any(option.unable for option in self.node.chosen()):
            self.filling.explain(self.node, code)
        else:
            self.filling.cannot_assess(self.node, code)
        self._show_marks()

    def show_fault(self) -> None:
        """Show what is wrong with the answer, or that it is missing; a warning is amber under the editor."""
        wrong = self.editor.complaint() or _without_name(self.filling.faults.get(self.node.key, ""), self.node)
        warn = ""
        for issue in validate_node(self.node, self.filling.sheet):
            words = _without_name(issue.diagnostics, self.node)
            if issue.severity is Level.ERROR and issue.code != "required":
                wrong = wrong or words
            elif issue.severity is Level.WARNING:
                warn = words
        # A short fault stands beside the question, a long one under the editor, where there is room for it.
        beside = self.small or (len(wrong) <= _BESIDE and self.head.fits(wrong, self._room()))
        self._fault.set_text(wrong if beside else "")
        self._fault.setVisible(bool(wrong) and beside)
        self.head.fault_icon.setVisible(bool(wrong) and beside and not self.small)
        self._long_fault.set_text("" if beside else wrong)
        self._long_fault.setVisible(bool(wrong) and not beside)
        by_hand = _BY_HAND if extensions(self.node.extra, names.OVERRIDDEN) and not self.locked else ""
        note = warn or self.editor.echo() or by_hand
        self._note.set_text(note)
        self._note.set_tone("amber" if warn else "ink3")
        self._note.setVisible(bool(note))
        self.editor.set_fault(bool(wrong))
        self.editor.setAccessibleDescription(wrong or note)
        offered = proposal(self.node) is not None and not self.locked
        self._frame("fault" if wrong and not self.small else "accent" if offered else "")

    def _frame(self, tone: str) -> None:
        if self.small:
            return
        name = "card" if tone else ""
        if self.objectName() != name or self.property("tone") != tone:
            self.setObjectName(name)
            self.setProperty("tone", tone)
            restyle(self)


def asked_as(words: str) -> Wrapped:
    """How the question is put to the patient."""
    return wrapped(f"Ask: {words}", "sec", "accent_ink")


def _without_name(words: str, node: Node) -> str:
    """The sentence without the question's own name, which already stands beside it."""
    item = node.item
    called = f"{item.prefix or item.link_id} {' '.join(item.text.split())[:80]}".strip()
    rest = words.removeprefix(called).strip()
    return rest[:1].upper() + rest[1:]
