"""Layouts of dataflows, beside Graphviz's `dot`: time, crossings, and what must not be there."""

import time

import numpy as np

from benchmarks import dot
from benchmarks.cards import sheet
from benchmarks.crossings import crossings
from benchmarks.rows import Row
from benchmarks.speed import Promise, slowness
from hamilton_ol.graph.layout import Edges, Layout, Sheet, Style, arrange

GOALS = {300: 0.15, 10_000: 0.5, 100_000: 4.0}  # seconds
OF_DOT = 1.5  # the first of them beside dot's, where they were promised
ABSENT = "dot is not on this machine"
CROSSINGS = 4_481  # of what dot draws of the smallest, Graphviz 2.43: the same on every machine
ROUNDS = 3


def rows() -> list[Row]:
    """Time at three sizes, crossings beside dot's, overlaps, and how still a changed graph stands."""
    small = sheet(300)
    drawing = dot.drawn(small) if dot.is_there() else None
    slow = slowness()
    return [
        *(_time(cards, drawing, slow) for cards in GOALS),
        _crossings(small, Style(), "", drawing),
        _crossings(small, Style(keep_arguments=True), ", arguments in their order", drawing),
        _clean(1_000),
        _still(1_000),
        _fan(1_000),
    ]


def _time(cards: int, drawing: dot.Drawing | None, slow: float) -> Row:
    what = sheet(cards)
    taken = []
    for _ in range(ROUNDS if cards < max(GOALS) else 1):
        begun = time.process_time()
        arrange(what)
        taken.append(time.process_time() - begun)
    ours, goal = float(np.median(taken)), GOALS[cards]
    title = f"layout of {cards:,} cards, {len(what.edges):,} edges"
    if drawing is not None and cards == min(GOALS):
        peer, gate = drawing.seconds, f"{OF_DOT} of dot's ({goal} s)"
        return Row(title, f"{peer:.2f} s", f"{ours:.2f} s", gate, ours <= OF_DOT * peer)
    peer_text = "-" if cards > min(GOALS) else ABSENT
    return Promise(goal, slow).row(title, peer_text, f"{ours:.2f} s", ours)


def _crossings(small: Sheet, style: Style, how: str, drawing: dot.Drawing | None) -> Row:
    ours = _drawn_crossings(small, arrange(small, style))
    title = f"crossings of drawn edges, 300 cards{how}"
    peer = crossings(drawing.curves, drawing.tails) if drawing is not None else CROSSINGS
    peer_text = f"{peer:,}" if drawing is not None else f"{peer:,}, elsewhere: {ABSENT}"
    text = f"{ours:,} ({ours / peer:.2f})"
    return Row(title, peer_text, text, "0.8 of dot's", ours <= 0.8 * peer)


def _drawn_crossings(what: Sheet, layout: Layout) -> int:
    start, points = layout.routes.start, layout.routes.points
    curves = [points[start[route] : start[route + 1]] for route in layout.edge_route]
    ports = list(zip(what.edges.source.tolist(), what.edges.row.tolist(), strict=True))
    return crossings(curves, ports)


def _clean(cards: int) -> Row:
    what = sheet(cards)
    layout = arrange(what)
    overlaps = sum(_overlaps(layout.boxes, card) for card in range(cards))
    through = sum(_through(what, layout, edge) for edge in range(len(what.edges)))
    title = f"overlapping cards, edges through cards, {cards:,} cards"
    return Row(title, "-", f"{overlaps}, {through}", "0, 0", overlaps + through == 0)


def _overlaps(boxes: np.ndarray, card: int) -> int:
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    return int(((low < high[card]) & (high > low[card])).all(axis=1).sum()) - 1


def _through(what: Sheet, layout: Layout, edge: int) -> bool:
    route = layout.edge_route[edge]
    start, boxes = layout.routes.start, layout.boxes
    points = layout.routes.points[start[route] : start[route + 1]]
    along = np.linspace(0, 1, 13)[:, None, None]
    a, b, c, d = points[:-1:3], points[1::3], points[2::3], points[3::3]
    ease = 1 - along
    curve = ease**3 * a + 3 * ease**2 * along * b + 3 * ease * along**2 * c + along**3 * d
    at = curve.reshape(-1, 1, 2)
    inside = ((at > boxes[:, :2]) & (at < boxes[:, :2] + boxes[:, 2:])).all(axis=2).any(axis=0)
    own = {int(what.edges.source[edge]), int(what.edges.target[edge])}
    return not set(np.flatnonzero(inside).tolist()) <= own


def _still(cards: int) -> Row:
    what = sheet(cards)
    before = arrange(what)
    gone = np.random.default_rng(0).permutation(cards)[: cards // 20]
    stays = np.setdiff1d(np.arange(cards), gone)
    fewer = _only(what, stays)
    kept, anew = (_moved(before, arrange(fewer, previous=old), stays) for old in (before, None))
    title = f"median move of a card when 5 % of {cards:,} go"
    ours = f"{kept:.1f} px (laid out anew: {anew:.0f} px)"
    return Row(title, "-", ours, "1/20 of a new layout", kept <= anew / 20)


def _fan(cards: int) -> Row:
    """A card that many read, which one reads: they stand in a grid, not in one column."""
    leaves = np.arange(1, cards + 1)
    source = np.append(np.zeros(cards, int), leaves)
    target = np.append(leaves, np.full(cards, cards + 1))
    names = [f"function_{number:04}" for number in range(cards + 2)]
    layout = arrange(Sheet(names, edges=Edges(source, target)))
    _, _, width, height = layout.bounds
    column = (layout.boxes[leaves, 3] + Style().spacing.card).sum()
    shape = max(width / height, height / width)
    ours = f"{width:,.0f} x {height:,.0f} px (one column: {column:,.0f} px high)"
    title = f"picture of a fan of {cards:,} cards"
    return Row(title, "-", ours, "one side at most 2.5 times the other", shape <= 2.5)


def _only(what: Sheet, stays: np.ndarray) -> Sheet:
    number = np.full(len(what), -1)
    number[stays] = np.arange(stays.size)
    source, target = number[what.edges.source], number[what.edges.target]
    kept = (source >= 0) & (target >= 0)
    row, argument = what.edges.row[kept], what.edges.argument[kept]
    return Sheet(
        [what.names[card] for card in stays],
        width=what.width[stays],
        height=what.height[stays],
        rows=what.rows[stays],
        edges=Edges(source[kept], target[kept], row=row, argument=argument),
    )


def _moved(before: Layout, after: Layout, stays: np.ndarray) -> float:
    by = after.boxes[:, :2] - before.boxes[stays, :2]
    return float(np.median(np.hypot(*(by - np.median(by, axis=0)).T)))
