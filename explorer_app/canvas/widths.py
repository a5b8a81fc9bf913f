"""How wide texts are: Qt is asked once for what is drawn again and again."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

KEPT = 8192  # texts


@lru_cache(KEPT)
def text_width(text: str, font: QFont) -> float:
    """How wide a text is, px."""
    return QFontMetricsF(font).horizontalAdvance(text)


@lru_cache(KEPT)
def elided(text: str, font: QFont, width: float) -> str:
    """A text, with an ellipsis at its end where it has no room."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


@lru_cache(KEPT)
def elided_name(text: str, font: QFont, width: float) -> str:
    """The same, but of one word the middle goes: names and paths differ mostly at their ends."""
    if " " in text:
        return elided(text, font, width)
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, max(width, 0))
