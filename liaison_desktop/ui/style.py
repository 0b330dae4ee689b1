"""The style sheet, generated from tokens. Colours and edges only: fonts are set by `setFont`."""

from __future__ import annotations

from collections.abc import Mapping

from liaison_desktop.ui.tokens import RADIUS

TONES = (
    "ink", "ink2", "ink3", "red", "amber", "green", "accent_ink", "rail_ink", "rail_dim", "rail_sel_ink",
    "on_accent", "on_fill", "on_toast",
)  # fmt: skip
FILLS = ("canvas", "surface", "sunken", "line", "rail", "red_soft", "amber_soft", "green_soft", "accent_soft")

_CARDS = """
QFrame#card {{ background: {surface}; border: 1px solid {line}; border-radius: {card}px }}
QFrame#card[tone="red"] {{ background: {red_soft}; border-color: {red_line} }}
QFrame#card[tone="amber"] {{ background: {amber_soft}; border-color: {amber_line} }}
QFrame#card[tone="green"] {{ background: {green_soft}; border-color: {green_line} }}
QFrame#card[tone="accent"] {{ background: {accent_soft}; border-color: {accent_line} }}
QFrame#card[tone="selected"] {{ background: {accent_soft}; border-color: {accent} }}
QFrame#card[tone="fault"] {{ border-color: {red_fill} }}
QFrame#card[tone="sunken"] {{ background: {sunken}; border-color: {sunken} }}
QFrame#panel {{ background: {surface}; border: 1px solid {line}; border-radius: {panel}px }}
QFrame#popup {{ background: {surface}; border: 1px solid {edge}; border-radius: {card}px }}
QFrame#status {{ background: {surface}; border-top: 1px solid {line} }}
QFrame#toast {{ background: {toast}; border-radius: {card}px }}
"""
_INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit {{
  background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: {control}px; padding: 0 10px;
  placeholder-text-color: {ink3}; selection-background-color: {accent}; selection-color: {on_accent} }}
QPlainTextEdit, QTextEdit {{ padding: 4px 6px }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 0 9px }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent}; padding: 3px 5px }}
QLineEdit[state="quiet"] {{ background: {sunken}; border-color: {quiet_edge}; padding: 0 4px }}
QLineEdit[state="quiet"]:focus {{ border: 2px solid {accent}; padding: 0 3px }}
QLineEdit[state="bare"], QLineEdit[state="bare"]:focus {{ border: none; background: transparent; padding: 0 }}
QLineEdit[state="fault"], QPlainTextEdit[state="fault"], QTextEdit[state="fault"] {{ border-color: {red_fill} }}
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only {{ background: {sunken}; border-color: {line} }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {{ background: {sunken}; color: {ink3} }}
"""
_BUTTONS = """
QPushButton {{ background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: {control}px; padding: 0 12px }}
QPushButton:hover {{ background: {hover} }}
QPushButton[square="true"] {{ padding: 0 }}
QPushButton[tall="true"] {{ border: 2px solid {ink2}; border-radius: {card}px; padding: 0 24px }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent} }}
QPushButton[kind="primary"]:hover {{ background: {accent_hover} }}
QPushButton[kind="danger"] {{ background: {red_fill}; color: {on_fill}; border-color: {red_fill} }}
QPushButton[kind="danger_line"] {{ color: {red}; border-color: {red_fill} }}
QPushButton[kind="ghost"] {{ background: transparent; border-color: transparent; color: {accent_ink}; padding: 0 8px }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; color: {ink2}; padding: 0 8px }}
QPushButton[kind="ghost"]:hover, QPushButton[kind="quiet"]:hover {{ background: {hover} }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {accent_ink}; padding: 0 2px }}
QPushButton[kind="link"]:hover {{ text-decoration: underline }}
QPushButton[kind="toast"] {{ background: transparent; border: 1px solid {toast_edge}; color: {on_toast} }}
QPushButton:disabled {{ background: {sunken}; color: {ink3}; border-color: {line} }}
QPushButton[kind="ghost"]:disabled, QPushButton[kind="quiet"]:disabled, QPushButton[kind="link"]:disabled {{
  background: transparent; border-color: transparent }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 11px }}
QPushButton[kind="primary"]:focus, QPushButton[kind="danger"]:focus {{ border: 2px solid {ink} }}
QPushButton[kind="ghost"]:focus, QPushButton[kind="quiet"]:focus {{ padding: 0 7px }}
QPushButton[kind="link"]:focus {{ padding: 0 1px }}
QPushButton[kind="toast"]:focus {{ border: 2px solid {on_toast} }}
QPushButton[square="true"]:focus {{ padding: 0 }}
QPushButton[tall="true"]:focus {{ border: 3px solid {accent}; padding: 0 23px }}
QPushButton[tall="true"][kind="primary"]:focus {{ border: 3px solid {ink} }}
QPushButton[tall="true"][kind="link"] {{ border: 1px solid transparent; padding: 0 8px }}
QPushButton[tall="true"][kind="link"]:focus {{ border: 3px solid {accent}; padding: 0 6px }}
"""
_VIEWS = """
QListView, QTableView, QTreeView {{ background: transparent; color: {ink}; border: none; outline: 0;
  selection-background-color: {accent_soft}; selection-color: {ink}; gridline-color: {line} }}
QHeaderView {{ background: transparent; border: none }}
QHeaderView::section {{ background: {surface}; color: {ink2}; border: none; border-bottom: 1px solid {line}; padding: 0 8px }}
QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {line} }}
QTableView::item:selected {{ background: {accent_soft}; color: {ink} }}
QTableView::item:focus {{ border: 2px solid {accent} }}
QScrollArea, QScrollArea > QWidget > QWidget#body {{ background: transparent; border: none }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px }}
QScrollBar::handle:vertical {{ background: {handle}; border-radius: 3px; min-height: 32px }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px }}
QScrollBar::handle:horizontal {{ background: {handle}; border-radius: 3px; min-width: 32px }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0 }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent }}
QToolTip {{ background: {toast}; color: {on_toast}; border: none; padding: 4px 8px }}
QMenu {{ background: {surface}; color: {ink}; border: 1px solid {edge}; padding: 4px }}
QMenu::item {{ padding: 6px 16px; border-radius: 4px }}
QMenu::item:selected {{ background: {accent_soft}; color: {ink} }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {accent}; selection-color: {on_accent} }}
QProgressBar {{ background: {track}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px }}
"""


def style_sheet(colours: Mapping[str, str]) -> str:
    """The whole style sheet for these colours."""
    # In high contrast a sunken field is as black as the page, so it keeps a visible edge.
    quiet_edge = colours["edge"] if colours["sunken"] == colours["surface"] else colours["sunken"]
    values = {**colours, **{name: str(px) for name, px in RADIUS.items()}, "quiet_edge": quiet_edge}
    tones = "".join(f'QLabel[tone="{tone}"] {{ color: {colours[tone]} }}\n' for tone in TONES)
    fills = "".join(f'QFrame[fill="{fill}"] {{ background: {colours[fill]} }}\n' for fill in FILLS)
    # There, too, nothing but a line parts the rail from the page.
    rail_edge = (
        ""
        if quiet_edge != colours["edge"]
        else f'QFrame[fill="rail"] {{ border-right: 1px solid {colours["line"]} }}\n'
    )
    sheets = "".join(sheet.format(**values) for sheet in (_CARDS, _INPUTS, _BUTTONS, _VIEWS))
    return f"QLabel {{ background: transparent }}\n{tones}{fills}{rail_edge}{sheets}"
