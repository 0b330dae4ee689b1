"""Rows, columns, cards: how widgets stand together. Gaps are on the 4 px grid."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from liaison_desktop.ui.holding import hold
from liaison_desktop.ui.staying import stays
from liaison_desktop.ui.text import icon_label, label

# A widget; None for a stretch; a number for a gap in px; a widget with its stretch or its alignment.
Item = QWidget | None | int | tuple[QWidget, int | Qt.AlignmentFlag]
Margins = int | tuple[int, int, int, int]  # all around, or left, top, right, bottom


def _put(layout: QBoxLayout, items: tuple[Item, ...]) -> None:
    for item in items:
        inside = item[0] if isinstance(item, tuple) else item
        if isinstance(inside, QWidget):
            hold(inside)
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item[1], Qt.AlignmentFlag):
            layout.addWidget(item[0], 0, item[1])
        else:
            layout.addWidget(item[0], item[1])


def _arrange(box: QWidget, across: bool, items: tuple[Item, ...], gap: int, margins: Margins) -> None:
    layout: QBoxLayout = QHBoxLayout(box) if across else QVBoxLayout(box)
    hold(box)
    hold(layout)
    left, top, right, bottom = (margins,) * 4 if isinstance(margins, int) else margins
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(gap)
    _put(layout, items)


def column(*items: Item, gap: int = 8, margins: Margins = 0) -> QWidget:
    """Items under one another."""
    box = QWidget()
    _arrange(box, False, items, gap, margins)
    return box


def row(*items: Item, gap: int = 8, margins: Margins = 0) -> QWidget:
    """Items beside one another."""
    box = QWidget()
    _arrange(box, True, items, gap, margins)
    return box


def panel(*items: Item, fill: str = "surface", gap: int = 8, margins: Margins = 0, across: bool = False) -> QFrame:
    """A filled area without an edge, such as a pane. `fill` is a colour token of `style.FILLS`."""
    box = QFrame()
    box.setProperty("fill", fill)
    _arrange(box, across, items, gap, margins)
    return box


def card(
    *items: Item,
    title: str = "",
    right: QWidget | None = None,
    icon: str = "",
    tone: str = "",
    gap: int = 8,
    margins: Margins = (16, 12, 16, 14),
) -> QFrame:
    """A group with a line around it. `tone`: red or amber only for a running clock or a stale fact; accent, selected."""
    box = QFrame()
    box.setObjectName("card")
    if tone:
        box.setProperty("tone", tone)
    head: tuple[Item, ...] = ()
    if title:
        pictures: tuple[Item, ...] = (icon_label(icon),) if icon else ()
        ends: tuple[Item, ...] = (right,) if right is not None else ()
        head = (row(*pictures, label(title, "strong"), None, *ends),)
    _arrange(box, False, (*head, *items), gap, margins)
    return box


def set_tone(box: QWidget, tone: str) -> None:
    """Give a card another tone, or a field another state, after it was made."""
    if box.property("tone") != tone:
        box.setProperty("tone", tone)
        restyle(box)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def hairline(vertical: bool = False, length: int | None = None) -> QFrame:
    """A decorative line of 1 px, across or upright; `length` in px for a short upright one."""
    line = QFrame()
    hold(line)
    line.setProperty("fill", "line")
    if vertical:
        line.setFixedWidth(1)
        if length:
            line.setFixedHeight(length)
    else:
        line.setFixedHeight(1)
        if length:
            line.setFixedWidth(length)
    return line


def scroll(body: QWidget) -> QScrollArea:
    """The body in a pane that scrolls up and down, never sideways."""
    area = QScrollArea()
    hold(area)
    hold(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The pane itself takes no focus: the widgets in it do, and Qt scrolls to them.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not body.objectName():
        body.setObjectName("body")
    area.setWidget(body)
    area.viewport().setAutoFillBackground(False)
    return area


def to_top(body: QWidget) -> None:
    """Bring the beginning of what scrolls into view, as when it shows another record."""
    area = body.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea):
        area.verticalScrollBar().setValue(0)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets go away."""
    while layout.count():
        taken = layout.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def refill(box: QWidget, *items: Item) -> None:
    """Put other items into a row, column, panel or card in place of those it holds."""
    layout = box.layout()
    if not isinstance(layout, QBoxLayout):
        raise TypeError("Only a row or a column can be filled again.")
    give_back = stays(box)
    empty(layout)
    _put(layout, items)
    if box.isVisible():
        _settle(items)
    give_back()


def _settle(items: tuple[Item, ...]) -> None:
    """Give what came into a visible box its place now.

    Left to itself Qt shows new widgets in the next turn and asks for their room in the one after; in between the window
    is painted with the new ones squeezed into the old room, which flickers and costs a second layout and painting.
    """
    for item in items:
        inside = item[0] if isinstance(item, tuple) else item
        if isinstance(inside, QWidget) and not inside.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            inside.show()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
