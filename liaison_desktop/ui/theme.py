"""The theme: which colours, accent and density hold now, as palette, style sheet, icons and heights.

The application makes one `Theme`; it hangs on the QApplication, where `theme_of` finds it for a widget that paints
itself. Widgets hear of a change as Qt's own StyleChange event, because the style sheet is set again with every change.

A sheet of the whole application is looked through again for every widget each time it, or a box it stands in, is put
into another box: a page of 600 widgets was styled 5,000 times before it was seen. A window that is `dressed` has the
sheet itself, and a page gets it once, when it comes into the window.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from liaison_desktop.ui.fonts import font, load_fonts
from liaison_desktop.ui.icons import tinted
from liaison_desktop.ui.style import style_sheet
from liaison_desktop.ui.tokens import HEIGHTS, Density, Mode, colours

_PROPERTY = "liaison_theme"
_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "red",
    QPalette.ColorRole.PlaceholderText: "ink3",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent_ink",
    QPalette.ColorRole.LinkVisited: "accent_ink",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "on_toast",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Accent: "accent",
}


class Theme(QObject):
    """Colours, accent and density of the whole application; `changed` after each change.

    `turn` counts the changes: Qt tells a widget of a new style several times for one change, and more often while it
    is shown for the first time, so a widget that settled in this turn need not do it again.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        mode: Mode = Mode.SYSTEM,
        accent: str = "msl",
        density: Density = Density.DESK,
    ) -> None:
        super().__init__(app)
        self._app, self._mode, self._accent, self._density = app, mode, accent, density
        self.turn = 0
        self._dressed: list[QWidget] = []  # windows that have the sheet themselves
        self._colours = self._mixed()
        self._names: dict[str, str] = {}  # the colours as `#rrggbb`
        self._icons: dict[tuple[str, str, int], QIcon] = {}  # of these colours; buttons ask for them again and again
        # Everything below makes widgets ask for their theme, so it is hung up first.
        app.setProperty(_PROPERTY, self)
        load_fonts()
        app.setStyle("Fusion")
        app.setFont(font("body"))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        app.styleHints().accessibility().contrastPreferenceChanged.connect(self._follow)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What was chosen, SYSTEM included."""
        return self._mode

    @property
    def shown(self) -> Mode:
        """What is on the screen: never SYSTEM."""
        if self._mode is not Mode.SYSTEM:
            return self._mode
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return Mode.HIGH_CONTRAST
        return Mode.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Mode.LIGHT

    @property
    def accent(self) -> str:
        """The workspace whose accent is shown."""
        return self._accent

    @property
    def density(self) -> Density:
        """Desk or touch."""
        return self._density

    def dress(self, window: QWidget) -> None:
        """Put the style sheet on this window, and no longer on the application; further windows need it as well."""
        if not self._dressed:
            self._app.setStyleSheet("")
        self._dressed.append(window)
        window.setStyleSheet(self._sheet())
        window.ensurePolished()  # or another sheet, set before the window is shown, would be overlooked

    def dress_alike(self, window: QWidget) -> None:
        """Dress a window that has no parent, where windows are dressed one by one."""
        if self._dressed:
            self.dress(window)

    def set_mode(self, mode: Mode) -> None:
        """Show light, dark, high contrast, or what the desktop shows."""
        self._mode = mode
        self._apply()

    def set_accent(self, accent: str) -> None:
        """Show the accent of a workspace."""
        if accent != self._accent:
            self._accent = accent
            self._apply()

    def set_density(self, density: Density) -> None:
        """Show controls for a mouse or for a finger."""
        self._density = density
        self._apply()

    def colour(self, token: str) -> QColor:
        """The colour of a token; `#RRGGBB` is taken as it is."""
        return self._colours[token] if token in self._colours else QColor(token)

    def height(self, role: str) -> int:
        """Height in px of "control", "small", "row", "row2", "caption", "chip" or "filter" in this density."""
        return HEIGHTS[self._density][role]

    def pixmap(self, name: str, tone: str = "ink2", size: int = 16, ratio: float = 0) -> QPixmap:
        """An icon as pixels in a tone, at the screen's pixel ratio unless another is given."""
        return tinted(
            name,
            self._names.get(tone) or self.colour(tone).name(),
            size,
            ratio or QGuiApplication.primaryScreen().devicePixelRatio(),
        )

    def icon(self, name: str, tone: str = "ink2", size: int = 16) -> QIcon:
        """An icon for a button, sharp on ordinary and on fine screens, faded where it is disabled."""
        held = self._icons.get((name, tone, size))
        if held is not None:
            return held
        icon = self._icons[name, tone, size] = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, tone, size, ratio))
            icon.addPixmap(self.pixmap(name, "ink3", size, ratio), QIcon.Mode.Disabled)
        return icon

    def _follow(self) -> None:
        # A theme that another one has taken the place of stays quiet.
        if self._mode is Mode.SYSTEM and self._app.property(_PROPERTY) is self:
            self._apply()

    def _mixed(self) -> dict[str, QColor]:
        return {token: QColor(value) for token, value in colours(self.shown, self._accent).items()}

    def _apply(self) -> None:
        self.turn += 1
        self._colours = self._mixed()
        self._names = {token: colour.name() for token, colour in self._colours.items()}
        self._icons.clear()
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self._colours[token])
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colours["ink3"])
        self._app.setPalette(palette)
        # Widgets with a style sheet keep the old colours until the sheet is set again (QTBUG-112966).
        self._dressed = [window for window in self._dressed if isValid(window)]
        for window in self._dressed:
            window.setStyleSheet(self._sheet())
        if not self._dressed:
            self._app.setStyleSheet("")  # an equal sheet is not set again
            self._app.setStyleSheet(self._sheet())
        self.changed.emit()

    def _sheet(self) -> str:
        return style_sheet(colours(self.shown, self._accent))


def theme_of(widget: QWidget | None = None) -> Theme:
    """The theme a widget is shown in: the application's. A light one is made where the application made none."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("There is no QApplication yet.")
    theme = app.property(_PROPERTY)
    return theme if isinstance(theme, Theme) else Theme(app, Mode.LIGHT)
