"""Cards of a picture in SVG."""

import numpy as np

from hamilton_ol.graph.export import svgmarks
from hamilton_ol.graph.export.icons import icon, status
from hamilton_ol.graph.export.lettering import line
from hamilton_ol.graph.export.markup import element, plain
from hamilton_ol.graph.export.palette import Palette, blend
from hamilton_ol.graph.export.picture import Picture
from hamilton_ol.graph.scene.measures import ICON, INSETS, LINE, ROW, TAG
from hamilton_ol.graph.scene.outlines import RADIUS, inner, outline
from hamilton_ol.graph.scene.paths import Box, polyline, rounded
from hamilton_ol.graph.scene.words import FILLS, KINDS, STATUSES, TONES

_REACH = {"artifact": 18.0, "saver": 21.0, "validator": 21.0}  # of a mark, from the right side
_HATCH = 6.0
_LOW = 30.0  # a card that is lower has one line


class Cards:
    """Writes the cards of a picture.

    Args:
        picture: what is shown.
        palette: its colours.
    """

    def __init__(self, picture: Picture, palette: Palette) -> None:
        self._picture, self._palette = picture, palette
        self._scene, self._looks, self._cards = picture.scene, picture.looks, picture.scene.cards

    def one(self, card: int) -> str:
        """A card with everything on it."""
        kind = KINDS[self._cards.kinds[card]]
        box = Box(*map(float, self._scene.boxes[card]))
        head = float(self._scene.head[card])
        return element(
            "g",
            element("title", plain(self._picture.hints[card])),
            self._body(card, kind, box, head),
            self._icon(card, kind, box, head),
            self._capsule(card, box) if kind == "input" else self._writing(card, box, head),
            self._rows(card, kind, box, head),
            self._status(card, kind, box, head),
            self._marks(card, box, head),
        )

    # --- colours ---------------------------------------------------------------------------------

    def _heat(self, card: int) -> float | None:
        heat = float(self._looks.heat[card])
        return None if np.isnan(heat) else heat

    def _head_fill(self, card: int) -> str:
        heat = self._heat(card)
        return self._fill(card) if heat is None else self._palette.heat(heat)

    def _fill(self, card: int) -> str:
        if self._looks.dim[card]:
            return self._palette.color("card_dim")
        heat = self._heat(card)
        if heat is not None and not self._cards.rows[card]:
            return self._palette.heat(heat)
        return self._palette.color(FILLS[self._looks.fill[card]] or "card")

    def _ink(self, card: int, usual: str = "text") -> str:
        if self._looks.dim[card]:
            return self._palette.color("dim_text")
        if self._heat(card) is None and usual != "text":
            return self._palette.color(usual)
        return self._palette.ink_on(self._head_fill(card))

    def _border(self, card: int) -> tuple[str, float]:
        tone, color = TONES[self._looks.tone[card]], self._palette.color
        if self._looks.dim[card]:
            return color("border_dim"), 1.0
        if card == self._looks.active:
            return color(tone or "accent"), 2.0
        if self._looks.loud[card] or card in self._looks.letters:
            return color(tone or "border_strong"), 1.6
        usual = color("border_strong")
        return (blend(color(tone), usual, 0.5), 1.1) if tone else (usual, 1.0)

    # --- parts -----------------------------------------------------------------------------------

    def _body(self, card: int, kind: str, box: Box, head: float) -> str:
        path, (stroke, weight) = outline(kind, box), self._border(card)
        is_open = kind == "unknown"
        parts = [self._halo(card, path), element("path", d=path, fill=self._head_fill(card))]
        if self._cards.rows[card] and self._heat(card) is not None:
            parts.append(self._under_rows(card, kind, box, head))
        if is_open:
            parts.append(self._hatch(box))
        category = int(self._looks.category[card])
        if category >= 0 and not self._looks.dim[card]:
            parts.append(svgmarks.stripe(kind, box, self._palette.category(category)))
        second = inner(kind, box)
        dash = "4 3" if is_open else None
        pen = {"fill": "none", "stroke": stroke}
        parts.append(element("path", d=path, stroke_width=weight, stroke_dasharray=dash, **pen))
        if second:
            parts.append(element("path", d=second, stroke_width=1.0, **pen))
        return "".join(parts)

    def _halo(self, card: int, path: str) -> str:
        if card != self._looks.active:
            return ""
        ink = self._palette.color(TONES[self._looks.tone[card]] or "accent")
        return svgmarks.halo(path, ink, self._palette.number("halo_share"))

    def _under_rows(self, card: int, kind: str, box: Box, head: float) -> str:
        """Only the head of a table shows how long it took."""
        below = Box(box.left, box.top + head - 1, box.width, box.height - head + 1)
        left, right = (0.0 if kind == square else RADIUS for square in ("source", "saver"))
        return element("path", d=rounded(below, (0, 0, right, left)), fill=self._fill(card))

    def _hatch(self, box: Box) -> str:
        steps = range(int((box.width + box.height) / _HATCH) + 1)
        lines = []
        for step in steps:
            low = box.left - box.height + step * _HATCH  # where the stroke meets the lower side
            begin, end = max(low, box.left), min(low + box.height, box.right)
            if begin < end:
                lines.append(
                    polyline((begin, box.bottom - begin + low), (end, box.bottom - end + low))
                )
        return element("path", d="".join(lines), stroke=self._palette.color("hatch"))

    def _icon(self, card: int, kind: str, box: Box, head: float) -> str:
        ink = self._palette.color("edge" if self._looks.dim[card] else f"kind.{kind}")
        if self._heat(card) is not None:
            ink = self._ink(card)
        if kind == "input":
            return icon(kind, (box.left + 10, box.middle - 6.5), 13, ink)
        corner = (box.left + self._inset(card) - 1, self._top(card, box, head) + 1)
        return icon(kind, corner, 16, ink)

    def _inset(self, card: int) -> float:
        return float(INSETS[self._cards.kinds[card], 0])

    def _top(self, card: int, box: Box, head: float) -> float:
        """Where what is written in the head begins."""
        labels = TAG if self._cards.tags.get(card) else 0.0
        return box.top + (head - 32 - labels - LINE * (len(self._cards.lines[card]) - 1)) / 2

    def _writing(self, card: int, box: Box, head: float) -> str:
        x, y = box.left + self._inset(card) + ICON, self._top(card, box, head)
        lines = self._cards.lines[card]
        parts = [
            line("name", text, (x, y + 9 + LINE * number), self._ink(card))
            for number, text in enumerate(lines)
        ]
        below = y + LINE * len(lines) + 9
        parts.append(line("meta", self._cards.second[card], (x, below), self._ink(card, "muted")))
        note = self._looks.notes[card] if self._looks.notes else ""
        if note and not self._looks.dim[card]:
            right = box.right - float(INSETS[self._cards.kinds[card], 1])
            ink = self._ink(card, "text2")
            parts.append(line("meta", note, (right, below), ink, weight=500, anchor="end"))
        tags = self._cards.tags.get(card, ())
        corner = (box.left + self._inset(card), below + 13)
        return "".join([*parts, svgmarks.labels(tags, corner, self._palette)])

    def _capsule(self, card: int, box: Box) -> str:
        lines = self._cards.lines[card]
        first = box.middle - 7.5 * (len(lines) - 1)
        return "".join(
            line("body", t, (box.left + 29, first + LINE * n), self._ink(card), weight=500)
            for n, t in enumerate(lines)
        )

    def _rows(self, card: int, kind: str, box: Box, head: float) -> str:
        names = self._cards.fields_of(card)
        if not names:
            return ""
        left, y = box.left + (5 if kind == "source" else 1), box.top + head
        rule = polyline((left, y - 1), (box.right - 1, y - 1))
        parts = [element("path", d=rule, stroke=self._palette.color("border"))]
        first = int(self._cards.row_start[card])
        for number, name in enumerate(names):
            at = Box(left + 4, y + number * ROW, box.right - left - 4, ROW)
            parts.append(self._row(card, first + number, name, at))
        return "".join(parts)

    def _row(self, card: int, row: int, name: str, at: Box) -> str:
        color, tone = self._palette.color, TONES[self._looks.row_tone[row]]
        is_dim = bool(self._looks.dim[card] or self._looks.row_dim[row]) and not tone
        mark = color(tone or ("edge" if is_dim else "muted"))
        ink = color("text" if tone else "dim_text" if is_dim else "text2")
        back = ""
        if tone:
            size = {"width": at.width - 4, "height": at.height - 2, "rx": 4.0}
            fill = color(self._palette.soft(tone))
            back = element("rect", x=at.left, y=at.top + 1, fill=fill, **size)
        drawn = back + self._row_icon(at, tone, mark)
        drawn += line("body", name, (at.left + 20, at.middle), ink, weight=500 if tone else None)
        if is_dim:
            return drawn
        stroke = {"stroke": color("card"), "stroke_width": "1.2"}
        place = {"cx": at.right, "cy": at.middle, "r": 3.2}
        return drawn + element("circle", fill=color(tone or "border_strong"), **place, **stroke)

    def _row_icon(self, at: Box, tone: str, ink: str) -> str:
        if tone == "status.failed":
            return status("failed", (at.left + 10, at.middle), 12, ink, self._palette.color("card"))
        sign = "pii" if tone == "pii" else "column"
        return icon(sign, (at.left + 5, at.middle - 5), 10, ink, 1.6)

    def _marks(self, card: int, box: Box, head: float) -> str:
        """Ends, barriers and the letters of a way."""
        looks, color = self._looks, self._palette.color
        found = []
        if looks.ends[card]:
            found.append(
                svgmarks.end((box.right, box.top + head / 2), color("pii"), color("canvas"))
            )
        first = int(self._cards.row_start[card])
        rows = np.flatnonzero(looks.row_ends[first : first + self._cards.rows[card]]).tolist()
        edges = [(box.right, self._row_middle(box, head, row)) for row in rows]
        found += [svgmarks.end(edge, color("pii"), color("canvas")) for edge in edges]
        if looks.barrier[card]:
            found.append(svgmarks.barrier((box.right, box.middle), color("barrier")))
        if card in looks.letters:
            text, row = looks.letters[card]
            at = (box.left - 3, box.top + 1)
            if row >= 0:
                at = (box.left - 1, self._row_middle(box, head, row))
            tone = TONES[looks.row_tone[first + row] if row >= 0 else looks.tone[card]]
            found.append(svgmarks.letter(text, at, tone or "accent", self._palette))
        return "".join(found)

    def _row_middle(self, box: Box, head: float, row: int) -> float:
        return box.top + head + ROW * (row + 0.5)

    def _status(self, card: int, kind: str, box: Box, head: float) -> str:
        word = STATUSES[self._looks.status[card]]
        if not word or (word == "ok" and self._looks.dim[card]):
            return ""
        is_low = box.height <= _LOW
        middle = box.middle if is_low else self._top(card, box, head) + 9
        at, size, back = (box.right - _REACH.get(kind, 13.0), middle), 13.0, self._head_fill(card)
        ink = self._palette.color(f"status.{word}")
        if word == "failed":
            back = self._palette.color("card")
            at, size = ((at[0], middle), 16.0) if is_low else ((box.right - 3, box.top + 2), 19.0)
        elif self._heat(card) is not None:
            ink = self._ink(card)
        return status(word, at, size, ink, back)
