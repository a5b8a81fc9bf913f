"""Light or dark: the theme that everything is painted with, and the style sheet of Qt's widgets."""

from html import escape

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QToolTip

from explorer_app.canvas.theme import Theme
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.tokens import ThemeName

Setting = ThemeName | None


class Style(QObject):
    """The theme now; it follows the system until a person chooses.

    Attributes:
        theme: colours, fonts, measures.
    """

    changed = Signal()

    def __init__(self, chosen: Setting = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes: dict[ThemeName, Theme] = {}
        self._chosen = chosen
        self.theme = self._wanted()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._refresh)

    def choose(self, chosen: Setting) -> None:
        """Use this one from now on; None follows the system."""
        self._chosen = chosen
        self._refresh()

    def _wanted(self) -> Theme:
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        name = self._chosen or ("dark" if is_dark else "light")
        return self._themes.setdefault(name, Theme(name))

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            self.changed.emit()

    def color(self, key: str) -> QColor:
        """A colour of the theme."""
        return self.theme.color(key)

    def apply(self, application: QApplication) -> None:
        """Give it to all of Qt's own widgets."""
        self.color_in(application)
        application.setFont(self.theme.font("body"))

    def color_in(self, application: QApplication) -> None:
        """Give them its colours; the fonts of all themes are the same."""
        palette = palette_of(self.theme)
        application.setPalette(palette)
        palette.setColor(QPalette.ColorRole.WindowText, self.color("border_strong"))
        QToolTip.setPalette(palette)  # which draws its outline in the colour of text


def palette_of(theme: Theme) -> QPalette:
    """The theme's colours by the roles that Qt knows."""
    role = QPalette.ColorRole
    palette = QPalette()
    for one, key in (
        (role.Window, "surface"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Button, "surface"),
        (role.Text, "text"),
        (role.WindowText, "text"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "text"),
        (role.Link, "accent"),
        (role.Mid, "border"),
    ):
        palette.setColor(one, theme.color(key))
    for one in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, theme.color("dim_text"))
    return palette


#: Of a window: hairlines between panes, which it paints itself. Whoever changes the sheet of a window
#: changes that of all that is in it, at once.
SEPARATORS = "QMainWindow::separator { background: transparent; width: 1px; height: 1px; }"


def sheet_of(theme: Theme) -> str:
    """The style sheet of what is in a window: no frames around panes."""

    def c(key: str) -> str:
        return theme.color(key).name()

    inks = "".join(
        f'QLabel[ink="{key}"], QTextEdit[ink="{key}"] {{ color: {c(key)}; }}'
        for key in ("text", "text2", "muted", "dim_text", "accent", "status.failed", "upstream")
    )
    return f"""
    QDockWidget, QStackedWidget {{ background: {c("surface")}; }}
    QStatusBar {{ background: {c("surface")}; border-top: 1px solid {c("border")}; }}
    QStatusBar::item {{ border: 0; }}
    QTreeView, QTableView, QListView, QScrollArea, QPlainTextEdit, QTextEdit {{
        background: {c("surface")}; border: 0; outline: 0; }}
    QHeaderView, QTableCornerButton::section {{ background: {c("surface")}; border: 0; }}
    QHeaderView::section {{ background: {c("surface")}; color: {c("muted")}; border: 0;
        padding: 0 6px 0 6px; }}
    QHeaderView::section:first {{ padding-left: 14px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {c("border_strong")}; border-radius: 3px; margin: 2px;
        min-height: 24px; min-width: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; width: 0; height: 0; }}
    QMenu {{ background: {c("surface")}; color: {c("text")}; border: 1px solid {c("border_strong")};
        padding: 5px; }}
    QMenu::item {{ padding: 5px 26px 5px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {c("selection")}; }}
    QMenu::item:disabled {{ color: {c("dim_text")}; }}
    QMenu::separator {{ height: 1px; background: {c("border")}; margin: 5px 8px; }}
    QToolTip {{ background: {c("surface")}; color: {c("text")};
        border: 1px solid {c("border_strong")}; padding: 4px 6px; }}
    QLineEdit#plain {{ background: transparent; border: 0; color: {c("text")};
        selection-background-color: {c("selection")}; selection-color: {c("text")}; }}
    QLineEdit#boxed {{ background: {c("canvas")}; border: 1px solid {c("border_strong")};
        border-radius: 6px; padding: 6px 8px; color: {c("text")}; }}
    QLineEdit#filter {{ background: {c("canvas")}; border: 1px solid {c("border")};
        border-radius: 5px; padding: 0 6px; color: {c("text")}; }}
    QLineEdit#filter:focus {{ border: 1px solid {c("accent")}; }}
    QFrame#panel {{ background: {c("surface")}; border: 1px solid {c("border_strong")};
        border-radius: 10px; }}
    QWidget#bar {{ background: {c("accent_soft")}; border-bottom: 1px solid {c("border")}; }}
    QPushButton {{ outline: 0; background: {c("surface")}; color: {c("text")}; padding: 5px 14px;
        border: 1px solid {c("border_strong")}; border-radius: 6px; }}
    QPushButton:hover {{ background: {c("hover")}; }}
    QPushButton:focus {{ border: 1px solid {c("accent")}; }}
    QPushButton#choice {{ padding: 4px 10px; }}
    QPushButton#choice:checked {{ background: {c("accent_soft")}; color: {c("accent")};
        border: 1px solid {c("accent")}; }}
    QPushButton:disabled {{ color: {c("dim_text")}; border: 1px solid {c("border")}; }}
    QPushButton#main:enabled {{ background: {c("accent")}; color: {c("on_accent")};
        border: 1px solid {c("accent")}; }}
    {inks}
    """


def label(
    style: Style,
    text: str,
    role: str = "body",
    ink: str = "text",
    weight: int | None = None,
    *,
    wraps: bool = False,
) -> QLabel:
    """A text in a role's font and a colour of the theme; never markup, whatever is in it."""
    made = QLabel(shown(text, 20_000))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(style.theme.font(role, weight=weight))
    made.setProperty("ink", ink)
    made.setWordWrap(wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def tip(text: str) -> str:
    """A tool tip that shows a text as it is: Qt would take what looks like markup for markup."""
    return f"<qt>{escape(shown(text, 1000))}</qt>"
