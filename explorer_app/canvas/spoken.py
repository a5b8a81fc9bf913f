"""What is on the canvas in words, for whoever hears and does not see."""

import numpy as np

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.names import named, shown
from hamilton_ol.graph.scene.words import KINDS, MARKS, STATUSES, TONES

_TONES = {"upstream": "upstream", "downstream": "downstream", "path": "on the path"}
_TONES |= {"pii": "personal data", "barrier": "barrier"}


def describe(canvas: Canvas, item: int) -> str:
    """A card or a closed group in words."""
    drawing = canvas.drawing
    if drawing is None:
        return ""
    group = drawing.prepared.items.group(item)
    words = _of_group(canvas, drawing, group) if group >= 0 else _of_card(drawing, item)
    return ", ".join(word for word in words if word)


def is_chosen(canvas: Canvas, item: int) -> bool:
    """Whether a card is selected, or something in a closed group; -1 for none is not."""
    drawing, selected = canvas.drawing, canvas.state.selected
    group = drawing.prepared.items.group(item) if drawing is not None else -1
    if drawing is not None and group >= 0:
        return bool(drawing.groups.shares.holding(selected)[group])
    return bool(np.isin(item, selected))


def _of_card(drawing: SceneDrawing, node: int) -> list[str]:
    """Its name, kind, type, edges, what the question and the run say of it, labels, rows."""
    cards, looks = drawing.prepared.scene.cards, drawing.looks
    into, out = drawing.prepared.degrees
    words = [
        "".join(cards.lines[node]),
        KINDS[cards.kinds[node]],
        shown(cards.types[node]),
        "asked about" if looks.active == node else _TONES.get(TONES[looks.tone[node]], ""),
        "ends here" if looks.ends[node] else "",
        f"{into[node]} in",
        f"{out[node]} out",
        STATUSES[looks.status[node]],
        MARKS[looks.mark[node]],
        looks.notes[node] if looks.notes else "",
        *(tag.text for tag in cards.tags.get(node, ())),
    ]
    if looks.dim[node]:
        words.append("not involved")
    if rows := cards.fields_of(node):
        words.append(f"{len(rows)} fields: {', '.join(rows[:20])}")
    return words


def _of_group(canvas: Canvas, drawing: SceneDrawing, group: int) -> list[str]:
    """Its name, how many cards are in it, and how many of these are asked for and selected."""
    groups, shares = drawing.prepared.scene.groups, drawing.groups.shares
    chosen = int(shares.holding(canvas.state.selected)[group])
    return [
        named(groups.names[group]),
        "closed group",
        f"{int(groups.count[group])} cards",
        f"{int(shares.lit[group])} involved" if shares.lit[group] else "",
        f"{chosen} selected" if chosen else "",
        "not involved" if shares.steps_back(group) else "",
    ]
