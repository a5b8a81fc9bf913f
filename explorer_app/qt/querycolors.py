"""Colours of a query while it is typed."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit

from explorer_app.model.terms import Piece, pieces
from explorer_app.qt.style import Style
from explorer_app.qt.units import units
from hamilton_ol.errors import QueryError

INKS = {"op": "accent", "field": "code.decorator", "text": "code.string", "name": "text"}
Attribute = QInputMethodEvent.Attribute


def ink_of(style: Style, piece: Piece) -> QColor:
    """The colour of a piece."""
    return style.color(INKS[piece.kind])


def color(edit: QLineEdit, style: Style, error: QueryError | None) -> None:
    """Colour what is typed, with a wave under what is wrong.

    A line edit has no colours of its own, but shows those of an input method that has nothing to
    add to its text.
    """
    marks, start = [], 0
    for piece in pieces(edit.text()):
        form = QTextCharFormat()
        form.setForeground(ink_of(style, piece))
        marks.append((start, units(piece.text), form))
        start += units(piece.text)
    if error is not None:
        text = edit.text()
        first = min(error.start, max(len(text) - 1, 0))
        wide = units(text[first : max(error.end, first + 1)])
        marks.append((units(text[:first]), wide, _wrong(style.color("status.failed"))))
    at, kind = edit.cursorPosition(), QInputMethodEvent.AttributeType.TextFormat
    shifted = [Attribute(kind, start - at, length, form) for start, length, form in marks]
    QCoreApplication.sendEvent(edit, QInputMethodEvent("", shifted))


def _wrong(ink: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(ink)
    form.setUnderlineColor(ink)
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    return form
