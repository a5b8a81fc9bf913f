"""The sheet: every kind at each level of detail, status, state, change, edge and colour."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from explorer_app.canvas.appearance import Card, Look
from explorer_app.canvas.cardpainter import CardPainter
from explorer_app.canvas.edgedrawing import arrow, cubic
from explorer_app.canvas.strokes import FLAT, HINTS, LEFT, fill, pen, stroke
from explorer_app.canvas.theme import Theme
from hamilton_ol.graph.scene.measures import INSETS
from hamilton_ol.graph.scene.words import KIND, KINDS

WIDTH, HEIGHT = 720, 1244
SAMPLES = {
    "function": ("cabin_t", "Series", "6 ms"),
    "input": ("random_state", "int", ""),
    "config": ("region", "str", ""),
    "source": ("titanic_data", "DataFrame", "0.41 s"),
    "saver": ("save_scores", "parquet", "82 ms"),
    "artifact": ("encoders", "dict", ""),
    "validator": ("age_in_range", "3 checks", "4 ms"),
    "column": ("embarked", "Series", ""),
    "unknown": ("legacy_join", "not imported", ""),
}
STATUSES = (
    ("ok", "12 ms"),
    ("running", "1.4 s"),
    ("failed", "38 ms"),
    ("skipped", ""),
    ("died", "2.1 s"),
)
STATES = (
    ("normal", Look()),
    ("hover", Look(fill="hover")),
    ("selected", Look(tone="accent", loud=True, fill="selection")),
    ("active", Look(tone="accent", active=True)),
    ("dimmed", Look(dim=True)),
    ("upstream", Look(tone="upstream", loud=True)),
    ("downstream", Look(tone="downstream", loud=True)),
    ("on a path", Look(tone="path", loud=True)),
    ("end of a path", Look(tone="path", letter="B", loud=True)),
    ("PII", Look(tone="pii", loud=True)),
)
EDGES = {
    "edge": "normal",
    "edge_dim": "not involved",
    "upstream": "upstream",
    "downstream": "downstream",
    "path": "path",
    "pii": "personal data",
}


class Half:
    """One palette's half of the sheet."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self._painter, self._theme, self._cards = painter, theme, CardPainter(theme)

    def draw(self) -> None:
        """Draw all of it, from the painter's origin on."""
        self._painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), self._theme.color("canvas"))
        self._painter.setFont(self._theme.font("display", px=24))
        self._painter.setPen(self._theme.color("text"))
        self._painter.drawText(QRectF(40, 34, 400, 30), LEFT, "Nodes and edges")
        palette = f"{self._theme.name.capitalize()} palette. Shape first, then icon, then hue."
        self._text(40, 66, palette, "body", "muted")
        y = self._kinds(108)
        y = self._statuses(y + 14)
        y = self._states(y + 102)
        y = self._changes(y + 130)
        y = self._edges(y + 66)
        self._colours(y + 74)

    def _text(self, x: float, y: float, text: str, role: str, key: str) -> None:
        self._painter.setFont(self._theme.font(role))
        self._painter.setPen(self._theme.color(key))
        self._painter.drawText(QRectF(x, y, 400, 20), LEFT, text)

    def _heading(self, y: float, text: str) -> float:
        self._painter.setFont(self._theme.font("body", weight=600))
        self._painter.setPen(self._theme.color("text"))
        self._painter.drawText(QRectF(40, y, 400, 18), LEFT, text)
        self._painter.fillRect(QRectF(40, y + 23, WIDTH - 80, 1), self._theme.color("border"))
        return y + 34

    def _card(self, card: Card, look: Look, x: float, middle: float) -> None:
        self._cards.card(self._painter, card, look, QPointF(x, middle - card.height / 2))

    def _chip(self, card: Card, look: Look, x: float, middle: float) -> None:
        self._cards.chip(self._painter, card, look, QPointF(x, middle - card.height / 2))

    def _kinds(self, top: float) -> float:
        y = self._heading(top, "Kinds")
        for x, label in ((112, "below 30 %"), (204, "30 to 62 %"), (388, "above 62 %")):
            self._text(40 + x, top, label, "meta", "muted")
        for kind in KINDS:
            name, type_, note = SAMPLES[kind]
            self._text(40, y + 14, kind, "body", "text2")
            self._cards.dot(self._painter, kind, Look(), QPointF(172, y + 24), 6)
            wide = self._chip_width(kind, name)
            self._chip(Card(kind, (name,), "", wide, 26), Look(), 244, y + 24)
            size = (wide, 26.0) if kind == "input" else (168.0, 44.0)
            self._card(Card(kind, (name,), type_, *size), Look(note=note), 428, y + 24)
            y += 54
        return y

    def _chip_width(self, kind: str, name: str) -> float:
        font = self._theme.font("name")
        if kind == "input":
            font = self._theme.font("body", weight=500)
        wide: float = 20 + QFontMetricsF(font).horizontalAdvance(name)
        return wide + float(INSETS[KIND[kind]].sum())

    def _statuses(self, top: float) -> float:
        y = self._heading(top, "Status")
        for number, (status, note) in enumerate(STATUSES):
            x = 40 + number * 129
            look = Look(status=status, note=note)
            if status == "failed":
                look = look._replace(tone="status.failed", loud=True, fill="status.failed_soft")
            self._card(Card("function", ("family",), status, 117, 44), look, x, y + 22)
            self._chip(Card("function", ("family",), "", 96, 26), Look(status=status), x, y + 68)
            dot = Look(tone="status.failed" if status == "failed" else "")
            self._cards.dot(self._painter, "function", dot, QPointF(x + 108, y + 69), 6)
            if status != "ok":
                at, back = QPointF(x + 117, y + 61), self._theme.color("canvas")
                self._cards.marks.status(self._painter, status, at, 10, back)
        return y

    def _states(self, top: float) -> float:
        y = self._heading(top, "States")
        for number, (label, look) in enumerate(STATES):
            x, row = 40 + number % 5 * 129, number // 5
            self._card(Card("function", ("family",), label, 117, 44), look, x, y + 22 + row * 58)
        return y

    def _changes(self, top: float) -> float:
        y = self._heading(top, "Changes and personal data")
        for number, mark in enumerate(("added", "removed", "changed", "rewired")):
            look = Look(mark=mark, tone=f"diff.{mark}", fill=f"diff.{mark}_soft")
            self._card(
                Card("function", ("family",), mark, 117, 44), look, 40 + number * 129, y + 22
            )
        stopped = Look(tone="barrier", loud=True, barrier=True)
        self._card(Card("function", ("family",), "barrier", 106, 44), stopped, 556, y + 22)
        return y

    def _edges(self, top: float) -> float:
        y, painter = self._heading(top, "Edges"), self._painter
        for number, (tone, label) in enumerate(EDGES.items()):
            x, color = 40 + number * 108, self._theme.color(tone)
            key = "path" if tone == "path" else "edge" if tone.startswith("edge") else "lit"
            stroke(painter, pen(color, self._theme.line[key], FLAT))
            painter.drawPath(cubic([x, y + 4, x + 41.6, y + 4, x + 38.4, y + 30, x + 80, y + 30]))
            arrow(painter, QPointF(x + 84, y + 30), 5.6, color)
            self._text(x, y + 40, label, "meta", "muted")
        return y

    def _colours(self, top: float) -> None:
        y, painter = self._heading(top, "Colours"), self._painter
        for number in range(8):
            fill(painter, self._theme.category(number))
            painter.drawRoundedRect(QRectF(40 + number * 34, y, 26, 26), 6, 6)
        self._text(40, y + 32, "owners, modules: in this order", "meta", "muted")
        for number in range(40):
            color = self._theme.heat(number / 39)
            painter.fillRect(QRectF(340 + number * 4.2, y, 4.4, 26), color)
        self._text(340, y + 32, "duration, log scale", "meta", "muted")
        for number, count in enumerate((4, 27, 63)):
            x = 540 + number * 50
            painter.setPen(pen(self._theme.color("edge"), 1.5 + 0.95 * count**0.5))
            painter.drawLine(QPointF(x, y + 13), QPointF(x + 38, y + 13))
            self._cards.marks.count(painter, QPointF(x + 19, y + 13), str(count))
        self._text(540, y + 32, "bundles", "meta", "muted")


def draw_sheet(ratio: float = 2.0) -> QImage:
    """Both halves, light and dark."""
    size = (round(2 * WIDTH * ratio), round(HEIGHT * ratio))
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHints(HINTS)
    Half(painter, Theme("light")).draw()
    painter.translate(WIDTH, 0)
    Half(painter, Theme("dark")).draw()
    painter.end()
    return image
