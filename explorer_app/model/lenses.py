"""Lenses: colours of cards for what a person looks for, beside the question."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from explorer_app.model.session import Session
from explorer_app.model.taint import NOBODY, Taint, taint_of
from explorer_app.model.words import age, ago, module_name, seconds
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.rows import different, told
from hamilton_ol.graph.scene.arrays import Codes, Floats, Ints, Singles
from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.kinds import STATUSES, kinds_of
from hamilton_ol.graph.scene.words import CATEGORIES, FIRST_KIND, STATUS
from hamilton_ol.sources.changes import Change

NONE = -1


class Lens(NamedTuple):
    """What cards look like through a lens.

    Attributes:
        category: the number of each card's colour, -1 for none, (n,).
        heat: share of the longest, NaN for none, (n,).
        names: what the colours mean, in their order.
        span: what the lightest and the darkest colour of heat stand for; empty for none.
        notes: of each card, at the end of its second line; () for none.
        tags: {card: labels that it has in addition}.
        statuses: of each node, a place in STATUSES; None where cards do not say how they ended.
        taint: where personal data goes; None where that is not looked for.
    """

    category: Ints
    heat: Singles
    names: tuple[str, ...] = ()
    span: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tags: Mapping[int, tuple[Tag, ...]] = NOBODY
    statuses: Codes | None = None
    taint: Taint | None = None


#: {name: what the top bar says}.
LENSES = {
    "": "No lens",
    "pii": "PII",
    "owner": "Owners",
    "module": "Modules",
    "kind": "Kinds",
    "status": "Status",
    "duration": "Durations",
    "rows": "Rows",
    "change": "Last change",
}
OF_A_RUN = frozenset({"status", "duration", "rows"})


class Cards(NamedTuple):
    """The nodes that have a card of their own, and which it is."""

    node: Ints
    card: Ints


def lens_of(session: Session, made: GraphCards, name: str, now: float = 0.0) -> Lens:
    """The cards through a lens; through none if it has no such name.

    Args:
        session: what is known.
        made: its cards.
        name: one of `LENSES`.
        now: seconds since the epoch.
    """
    plain = Lens(np.full(len(made.cards), NONE), np.full(len(made.cards), np.nan, np.float32))
    graph, cards = session.graph, _cards(made)
    if name in {"module", "owner"}:
        return _colored(plain, cards, *_shades(graph, name))
    if name == "kind":
        plain.category[cards.card] = FIRST_KIND + kinds_of(graph)[cards.node].astype(np.int64)
        return plain
    if name in OF_A_RUN:
        return _of_run(plain, cards, graph, name)
    if name == "change":
        return _changed(plain, cards, session, now)
    if name == "pii":
        found = taint_of(graph, session.sensitive_tags)
        return plain._replace(taint=found, tags=found.labels(made))
    return plain


def _cards(made: GraphCards) -> Cards:
    own = np.flatnonzero(made.row < 0)
    return Cards(own, made.card[own])


# --- colours -------------------------------------------------------------------------------------


def _shades(graph: LineageGraph, name: str) -> tuple[list[str], Ints]:
    """What nodes have a colour for, and the place of each node in it."""
    field, say = ("module", module_name) if name == "module" else ("owners", ", ".join)
    values, numbers = different(graph.column(field))
    return [say(value) for value in values], numbers.astype(np.int64)


def _colored(lens: Lens, cards: Cards, texts: Sequence[str], numbers: Ints) -> Lens:
    """A colour for each text; the more frequent one has the earlier colour."""
    place: dict[str, int] = {}
    for number in dict.fromkeys(numbers[cards.node].tolist()):
        if texts[number]:
            place.setdefault(texts[number], len(place))
    of_text = np.array([place.get(text, NONE) for text in texts], np.int64)
    of_card = of_text[numbers[cards.node]]
    counts = np.bincount(of_card[of_card >= 0], minlength=len(place))
    order = np.argsort(-counts, kind="stable")
    rank = np.append(np.minimum(np.argsort(order), CATEGORIES), NONE)
    lens.category[cards.card] = rank[of_card]
    names = [list(place)[number] for number in order[:CATEGORIES].tolist()]
    others = ("others",) if len(order) > CATEGORIES else ()
    return lens._replace(names=(*names, *others))


def _changed(lens: Lens, cards: Cards, session: Session, now: float) -> Lens:
    """Who changed each function last, and how long ago."""
    changes = [session.changes.get(node) for node in session.graph.ids]
    authors = [change.author if change else "" for change in changes]
    made = _colored(lens, cards, authors, np.arange(len(authors)))
    whens = ["" if c is None or not c.time else age(_time(c), now) for c in changes]
    return made._replace(notes=_placed(lens, cards, whens))


def change_age(change: Change, now: float) -> str:
    """How long ago something was changed; empty for what is not committed."""
    return ago(_time(change), now) if change.time else ""


def _time(change: Change) -> float:
    return datetime.fromisoformat(change.time).timestamp()


# --- what a run did ------------------------------------------------------------------------------


def _of_run(lens: Lens, cards: Cards, graph: LineageGraph, name: str) -> Lens:
    """Marks of status; with heat and numbers for how long it took, or how many rows there are."""
    lens = lens._replace(statuses=told(graph.column("status"), _status, np.uint8))
    if name == "status":
        return lens
    write = seconds if name == "duration" else _rows
    found = graph.column("seconds" if name == "duration" else "rows")
    taken = np.array([np.nan if one is None else one for one in found], float)
    of_card = taken[cards.node]
    if not np.isfinite(of_card).any():
        return lens
    is_failed = told(graph.column("status"), "FAILED".__eq__, np.bool_)[cards.node]
    lens.heat[cards.card] = np.where(is_failed, np.nan, _shares(of_card))
    least, most = float(np.nanmin(of_card)), float(np.nanmax(of_card))
    notes = _placed(lens, cards, ["" if one is None else write(one) for one in found])
    unit = " rows" if name == "rows" else ""
    span = (write(least), f"{write(most)}{unit}") if least < most else ()
    return lens._replace(span=span, notes=notes)


def _status(status: str) -> int:
    return STATUS[STATUSES.get(status, "")]


def _rows(count: float) -> str:
    return f"{count:,.0f}"


def _shares(taken: Floats) -> Floats:
    """Where each is between the least and the most, 0 to 1, logarithmic."""
    grown = np.maximum(taken, _LEAST)
    least, most = np.nanmin(grown), np.nanmax(grown)
    shares: Floats = np.log(grown / least) / (np.log(most / least) or 1.0)
    return shares


_LEAST = 1e-6  # of what is compared: seconds, and rows


def _placed(lens: Lens, cards: Cards, texts: Sequence[str]) -> tuple[str, ...]:
    """The text of its node for each card."""
    found = [""] * len(lens.category)
    for card, node in zip(cards.card.tolist(), cards.node.tolist(), strict=True):
        found[card] = texts[node]
    return tuple(found)
