"""Writes the names and second lines of many cards letter by letter, a colour and a size at a time."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QColor, QPainter

from explorer_app.canvas.buffers import Frame
from explorer_app.canvas.cardpainter import CardPainter
from explorer_app.canvas.chiplines import Lines, broken, even
from explorer_app.canvas.corners import BRIEF
from explorer_app.canvas.fonts import Texts
from explorer_app.canvas.kit import Kit
from explorer_app.canvas.lookcodes import look_of_code
from explorer_app.canvas.prepared import PreparedScene
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints, Numbers
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.measures import ICON, INPUT, INSETS, LINE
from hamilton_ol.graph.scene.words import STATUS

SMALLEST = 3.9  # px of a name that can be read
NARROW = 0.8  # of the room on a chip: wider names are broken once more
LINE_OF_TWO = 18.5  # a line of a name of several on a chip, in units of the scene


class Task(NamedTuple):
    """What is drawn on."""

    painter: QPainter
    kit: Kit
    frame: Frame


class Hand(NamedTuple):
    """How something is written."""

    role: str
    weight: int
    px: float
    color: QColor
    back: QColor


class NodeTexts:
    """Writes on cards and chips of a scene."""

    def __init__(self, prepared: PreparedScene, cards: CardPainter, looks: Looks) -> None:
        self._prepared, self._cards, self._theme = prepared, cards, cards.theme
        is_marked = (looks.status > 0) & ~(looks.dim & (looks.status == STATUS["ok"]))
        self._mark = np.where(is_marked, 1.5 * BRIEF, 0.0)  # room for marks on chips

    def names(
        self, task: Task, nodes: Ints, codes: Numbers, *, dim: bool, chips: bool
    ) -> Iterator[None]:
        """Names of nodes whose bodies have codes of looks; without room for marks if all are dim."""
        room = self._chip_room(nodes, 0.0 if dim else self._mark[nodes])
        for lines in self._lines(nodes, room, chips=chips):
            chip = partial(self._chip_places, room=room, zoom=task.frame.zoom)
            px, left, middle = (chip if chips else self._card_places)(nodes, lines)
            for color, back, of_node in self._inks(codes):
                for size in np.unique(px).tolist():
                    if chips and size * task.frame.zoom < SMALLEST:
                        continue
                    some = (px == size) & of_node[lines.owner]
                    hand = Hand(lines.role, 500, size, color, back)
                    ids = lines.ids[some]
                    yield from self._text(task, hand, lines.texts, ids, left[some], middle[some])

    def _lines(self, nodes: Ints, room: Floats, *, chips: bool) -> Iterator[Lines]:
        """The lines of names, those of inputs for themselves."""
        prepared = self._prepared
        numbers, owner, within = prepared.lines_of(nodes)
        small = prepared.scene.cards.kinds[nodes][owner] == INPUT
        ids = numbers[~small]
        usual = Lines("name", prepared.texts.names, ids, owner[~small], within[~small])
        if chips and len(ids):
            count = np.bincount(usual.owner, minlength=len(nodes))
            fits = prepared.scene.head[nodes] >= (count + 1) * LINE_OF_TWO
            usual = broken(usual, fits & (usual.widest(len(nodes)) > room * NARROW))
        yield usual
        ids = prepared.texts.small_of[numbers[small]]
        yield Lines("body", prepared.texts.small_names, ids, owner[small], within[small])

    def _card_places(self, nodes: Ints, lines: Lines) -> tuple[Floats, Floats, Floats]:
        """Size, start and middle of each line of a name on a card, in units of the scene."""
        scene = self._prepared.scene
        cards, boxes = scene.cards, scene.boxes[nodes]
        small = cards.kinds[nodes] == INPUT
        count = cards.line_start[nodes + 1] - cards.line_start[nodes]
        left = boxes[:, 0] + np.where(small, 29, INSETS[cards.kinds[nodes], 0] + ICON)
        first = boxes[:, 1] + np.where(
            small, boxes[:, 3] / 2 - 7.5 * (count - 1), self._content_top(nodes) + 9
        )
        size = np.full(len(lines.owner), self._theme.pixels(lines.role))
        return size, left[lines.owner], first[lines.owner] + LINE * lines.within

    def _content_top(self, nodes: Ints) -> Floats:
        scene = self._prepared.scene
        cards = scene.cards
        lines = cards.line_start[nodes + 1] - cards.line_start[nodes]
        content = 32 + LINE * (lines - 1) + 22.0 * cards.tagged[nodes]
        top: Floats = (scene.head[nodes] - content) / 2
        return top

    def _chip_places(
        self, nodes: Ints, lines: Lines, room: Floats, zoom: float
    ) -> tuple[Floats, Floats, Floats]:
        """The same on a chip: names grow into the room that the second line leaves."""
        scene = self._prepared.scene
        kinds, boxes, owner = scene.cards.kinds[nodes], scene.boxes[nodes], lines.owner
        count = np.bincount(owner, minlength=len(nodes))
        widest = np.maximum(lines.widest(len(nodes)), 1)
        grown = self._theme.pixels(lines.role) * room / widest
        size = even(np.minimum(grown, np.where(count > 1, 16, 20)), zoom)
        left = boxes[:, 0] + INSETS[kinds, 0] + np.where(kinds == INPUT, 0, 22)
        middle = boxes[:, 1] + scene.head[nodes] / 2
        lift = (lines.within - (count[owner] - 1) / 2) * size[owner] * 1.1
        return size[owner], left[owner], middle[owner] + lift

    def _chip_room(self, nodes: Ints, mark: Floats | float) -> Floats:
        """How wide a name on a chip may be, in units of the scene."""
        scene = self._prepared.scene
        kinds = scene.cards.kinds[nodes]
        taken = INSETS[kinds].sum(axis=1) + np.where(kinds == INPUT, 0, 24)
        room: Floats = scene.boxes[nodes, 2] - taken - mark
        return room

    def _inks(self, codes: Numbers) -> Iterator[tuple[QColor, QColor, Flags]]:
        """Colours of names, what is behind them, and which nodes have them."""
        known: dict[tuple[int, int], tuple[QColor, QColor, Flags]] = {}
        for code in np.unique(codes).tolist():
            look = look_of_code(code)
            ink, back = self._cards.ink(look), self._cards.head_of(look)
            key = (ink.rgb(), back.rgb() if look.dim else 0)
            color, ground, mask = known.get(key, (ink, back, np.zeros(len(codes), bool)))
            known[key] = (color, ground, mask | (codes == code))
        yield from known.values()

    def seconds(self, task: Task, nodes: Ints, codes: Numbers) -> Iterator[None]:
        """Second lines."""
        prepared, scene = self._prepared, self._prepared.scene
        usual = scene.cards.kinds[nodes] != INPUT
        nodes, codes = nodes[usual], codes[usual]
        lines = scene.cards.line_start[nodes + 1] - scene.cards.line_start[nodes]
        left = scene.boxes[nodes, 0] + INSETS[scene.cards.kinds[nodes], 0] + ICON
        middle = scene.boxes[nodes, 1] + self._content_top(nodes) + LINE * lines + 9
        inks = {
            code: self._cards.soft_ink(look_of_code(code)) for code in np.unique(codes).tolist()
        }
        for rgb in {ink.rgb() for ink in inks.values()}:
            same = [code for code, ink in inks.items() if ink.rgb() == rgb]
            some = np.isin(codes, same)
            back = self._cards.head_of(look_of_code(same[0]))
            ids = prepared.texts.second_of[nodes[some]]
            hand = Hand("meta", 400, 11, inks[same[0]], back)
            yield from self._text(task, hand, prepared.texts.second, ids, left[some], middle[some])

    def _text(
        self, task: Task, hand: Hand, texts: Texts, ids: Ints, left: Floats, middle: Floats
    ) -> Iterator[None]:
        if not len(ids):
            return
        painter, kit, frame = task
        key = (hand.role, hand.weight, hand.px * frame.scale, hand.color, hand.back)
        yield from kit.glyphs(*key, self._prepared.texts.letters[hand.role])
        glyphs = kit.found(*key)
        base = frame.y(middle) + glyphs.middle
        scale = hand.px * frame.scale / self._theme.pixels(hand.role)
        glyphs.draw(painter, texts, ids, frame.x(left), base, scale)
        yield
