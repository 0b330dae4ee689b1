"""A study is entered or changed: what it is, its approved forms with their files, and the delegation log."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.patients.form.rows import RowCards, typed_over
from liaison_desktop.clinical.research.actions import save_study
from liaison_desktop.clinical.research.form.approved_file import ApprovedFileEditor
from liaison_desktop.clinical.research.queries import all_words
from liaison_desktop.clinical.research.record import Again, Delegate, FormVersion, Regulation, Study
from liaison_desktop.errors import Fault
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.drafted import DraftedForm
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import wrapped


class StudyForm(DraftedForm[Study]):
    """One study."""

    def __init__(self, desk: Desk, study: Study) -> None:
        new = study.version is None
        key = "research_study/new" if new else f"research_study/{study.id}"
        super().__init__(desk, study, key=key, title="New study" if new else study.title(), verb="Save study")
        store = desk.store
        self.what = RecordForm(
            Study,
            "short",
            "name",
            ("protocol", "phase"),
            "sponsor",
            ("board", "board_number"),
            "regulated",
            "applicable_trial",
            ("investigator", "phone"),
            "open",
            store=store,
            editors={"regulated": ChoiceEditor(Regulation)},
        )
        self.versions: RowCards[FormVersion] = RowCards(
            FormVersion,
            ("version", "language"),
            ("approved_from", "approved_to"),
            "stamped",
            "file",
            "approved_sha256",
            "statement",
            "words",
            "again",
            word="Form",
            add="Add a form",
            store=store,
            editors=self._version_editors,
        )
        self.delegates: RowCards[Delegate] = RowCards(
            Delegate,
            "name",
            "staff",
            ("since", "until"),
            word="Line",
            add="Add a person",
            store=store,
            editors=lambda: {"staff": Picker(store, "staff_member", "Type a name", name="On the staff")},
        )
        self.what.changed.connect(self._typed)
        self.versions.changed.connect(self.heard)
        self.delegates.changed.connect(self.heard)
        log = "Who may obtain a consent for this study, and from when until when. Nobody else signs as having obtained it."
        self.lay_out(
            card(self.what, title="The study", gap=12),
            card(self.versions, title="Approved forms", gap=12),
            card(wrapped(log, "sec", "ink2"), self.delegates, title="Delegation log", gap=12),
        )

    def _version_editors(self) -> dict[str, QWidget]:
        file = ApprovedFileEditor(self.desk)
        file.kept.connect(lambda form: self._kept(file, form))
        options = [Option(one.code, one.title, f"{one.code} version {one.version}") for one in all_words()]
        return {
            "file": file,
            "words": ChoiceLine(options, "Type to choose", name="Our words for it"),
            "again": ChoiceEditor(Again),
        }

    def _kept(self, file: ApprovedFileEditor, form: FormVersion) -> None:
        """A file was chosen: what was read in it is filled in where nothing stands yet; another file needs both anew."""
        for each in self.versions.cards:
            if each.form.editor("file") is file:
                each.form.set_values({"approved_sha256": form.approved_sha256, "statement": form.statement})
        self.heard()

    def _typed(self, _name: str) -> None:
        self._arrange()
        self.heard()

    def _arrange(self) -> None:
        fda = self.what.editor("regulated").value() in (Regulation.FDA, Regulation.BOTH)
        self.what.field("applicable_trial").setVisible(fda)

    def typed(self) -> Study:
        """The study as it stands in the fields."""
        made = typed_over(self.held, self.what.values())
        return msgspec.structs.replace(made, versions=self.versions.value(), delegates=self.delegates.value())

    def show_value(self, record: Study) -> None:
        """Put a study into the fields."""
        self.what.set_values(record)
        self.versions.set_value(record.versions)
        self.delegates.set_value(record.delegates)
        self._arrange()

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        rows = (("versions", self.versions), ("delegates", self.delegates))
        return (
            *self.what.unread(),
            *(
                msgspec.structs.replace(fault, field=f"{under}.{fault.field}")
                for under, cards in rows
                for fault in cards.complaints()
            ),
        )

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Beside the fields, and on the cards of forms and log."""
        left = self.what.show_faults(faults)
        taken = len(left) < len(faults)
        for under, cards in (("versions.", self.versions), ("delegates.", self.delegates)):
            mine = [
                msgspec.structs.replace(fault, field=fault.field.removeprefix(under))
                for fault in left
                if fault.field.startswith(under)
            ]
            taken = cards.show_faults(mine, not taken) or taken

    def start(self) -> None:
        """The keyboard begins in the first field."""
        self.what.editor("short").setFocus()

    def write(self, record: Study) -> Study:
        """Keep it."""
        return save_study(self.desk.store, record)
