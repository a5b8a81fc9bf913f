"""Text in as many lines as it needs."""

from math import ceil

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.names import shown

LONGEST = 20_000  # letters
BREAK = "\u200b"  # takes no room; a line may end there


class Prose(QTextEdit):
    """Plain text that can be selected; a word without room on a line is broken, never cut.

    A text that is one name breaks after its `_` and `.`, as on a card.

    Args:
        style: colours and fonts.
        text: as it came.
        role, ink, weight: of the font, of the theme.
    """

    def __init__(
        self,
        style: Style,
        text: str,
        role: str = "body",
        ink: str = "text",
        weight: int | None = None,
    ) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setProperty("ink", ink)
        self.setFont(style.theme.font(role, weight=weight))
        whole = shown(text, LONGEST)
        self.setPlainText(whole if " " in whole else _breaking(whole))
        self.setAccessibleName(whole)

    def toPlainText(self) -> str:
        """What is written, as it came."""
        return super().toPlainText().replace(BREAK, "")

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: only what is written.

        Qt's own object, because the clipboard may outlive Python, and with it any object of Python's.
        """
        copied = super().createMimeDataFromSelection()
        text = copied.text()  # until it is asked for, formats cannot be removed
        for form in copied.formats():
            copied.removeFormat(form)
        copied.setText(text.replace(BREAK, ""))
        return copied

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines."""
        super().resizeEvent(event)
        self.document().setTextWidth(event.size().width())
        self.setFixedHeight(ceil(self.document().size().height()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What it is on turns."""
        event.ignore()


def _breaking(name: str) -> str:
    return name.replace("_", f"_{BREAK}").replace(".", f".{BREAK}")
