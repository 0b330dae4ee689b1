"""The journal: who did what when, newest first, and whether every line is as it was written."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from liaison_desktop.i18n import plural, tr
from liaison_desktop.records import Line
from liaison_desktop.store.verifier import Verdict
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.frames import page_header
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import card, column, panel, refill, row
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.text import icon_label, label, wrapped

_Index = QModelIndex | QPersistentModelIndex
MOST = 500
_PAUSE = 150  # ms after the last key before the journal is asked
_HEADS = (tr("No."), tr("When"), tr("Who"), tr("What"), tr("Record"), tr("Reason"), tr("Hash"))
_WIDTHS = (64, 150, 190, 110, 250, 200, 90)


class LinesModel(QAbstractTableModel):
    """The lines as a table. A record's title is looked up when its line is painted, not before."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lines: tuple[Line, ...] = ()
        self._titles: dict[object, str] = {}

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines, self._titles = lines, {}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The head of a column."""
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands in a cell."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.FontRole):
            return None
        if role == Qt.ItemDataRole.FontRole:
            return font("secm" if index.column() == 3 else "sec")
        line = self.lines[index.row()]
        return (
            f"{line.number:,}",
            f"{line.when:%Y-%m-%d %H:%M:%S}",
            line.actor_name,
            line.act,
            self._record(line),
            line.reason,
            line.hash.hex()[:8],
        )[index.column()]

    def _record(self, line: Line) -> str:
        if line.subject is None or not line.kind:
            return line.kind
        if line.subject not in self._titles:
            kind = self._desk.store.kinds.get(line.kind)
            found = self._desk.store.find(kind, line.subject) if kind is not None else None
            self._titles[line.subject] = found.title() if found is not None else tr("no longer here")
        return f"{line.kind.replace('_', ' ')} · {self._titles[line.subject]}"


class JournalPage(Page):
    """Filter, read, verify."""

    key, title, icon = "journal", tr("Journal"), "scroll-text"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.filter = line_edit(placeholder=tr("Filter by person, act or kind"), icon="search", quiet=True)
        self.filter.setFixedWidth(280)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.load)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        self.verify = button(tr("Verify"), "primary", "shield-check", on_click=self.verify_all)
        self.model = LinesModel(desk, self)
        self.table = _table(self.model)
        self.said = label("", "cap", "ink2")
        self.verdict = column(gap=0, margins=(24, 0, 24, 0))
        self.nothing = EmptyState(tr("Nothing matches"), tr("Try fewer letters."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page_header(self.title, self.filter, self.verify))
        layout.addWidget(self.verdict)
        lines = panel(self.table, self.nothing, fill="surface", gap=0)
        layout.addWidget(row((lines, 1), margins=(24, 0, 24, 0)), 1)
        layout.addWidget(row(self.said, None, margins=(24, 6, 24, 6)))
        self.setFocusProxy(self.table)
        self.load()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Every commit writes a line."""
        self.load()

    def load(self) -> None:
        """Ask for the newest lines."""
        words = self.filter.text().strip()
        lines = self.desk.store.lines(limit=MOST, words=words)
        self.model.show_lines(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        count = plural(len(lines), "{n} line", "{n} lines")
        self.said.set_text(tr("The newest {n} lines", n=MOST) if len(lines) == MOST else count)

    def verify_all(self) -> None:
        """Walk the whole journal, off the window's thread."""
        self.verify.setEnabled(False)
        self.desk.jobs.run(self.desk.store.verify, owner=self, then=self._show)

    def _show(self, verdict: Verdict) -> None:
        self.verify.setEnabled(True)
        good = verdict.verified
        if verdict.broken is None:
            text = plural(verdict.entries, "Verified {n} entry.", "Verified {n} entries.")
            more = tr("Every line is as it was written. Head hash {hash}", hash=verdict.head.hex())
        else:
            text = tr("Line {n} {fault}.", n=f"{verdict.broken.number:,}", fault=verdict.broken.fault)
            more = tr(
                "{count} before it are as they were written. Device {device}. Do not delete anything; ask whoever looks "
                "after this laptop.",
                count=plural(verdict.entries, "{n} line", "{n} lines"),
                device=str(verdict.broken.device)[:8],
            )
        picture = icon_label("shield-check" if good else "shield-alert", "green" if good else "red", 20)
        self.words = wrapped(more, "cap", "ink2")
        self.headline = label(text, "strong", "green" if good else "red")
        words = column(self.headline, self.words, gap=2)
        refill(self.verdict, card(row(picture, (words, 1), gap=12), tone="green" if good else "red"), 8)


class _WholeRow(QStyledItemDelegate):
    """The row is what is chosen, so no single cell gets a ring."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Without the ring."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


def _table(model: LinesModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(tr("Lines of the journal"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(34)
    heads = table.horizontalHeader()
    heads.setFont(font("label"))
    heads.setHighlightSections(False)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setFixedHeight(32)
    for number, width in enumerate(_WIDTHS):
        table.setColumnWidth(number, width)
    heads.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
    table.setItemDelegate(_WholeRow(table))
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table
