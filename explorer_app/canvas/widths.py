"""How wide texts are: Qt is asked once for what is drawn again and again."""

from bisect import bisect_right
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from hamilton_ol.graph.scene.names import short

KEPT = 8192  # texts
LEAST = 5  # letters of a name that are left at least, with the ellipsis


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
    """The same, but of one word the last quarter of what has room is its end, which tells most."""
    metrics = QFontMetricsF(font)
    if " " in text or metrics.horizontalAdvance(text) <= width:
        return elided(text, font, width)
    counts = range(LEAST, len(text))
    fits = bisect_right(
        counts, width, key=lambda most: metrics.horizontalAdvance(short(text, most))
    )
    return short(text, counts[fits - 1]) if fits else "…"
