"""Lenses: colours of cards for what a person looks for, beside the question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from explorer_app.model.session import Session
from explorer_app.model.taint import NOBODY, Taint, taint_of
from explorer_app.model.words import age, ago, module_name, seconds
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.arrays import Codes, Flags, Floats, Ints, Singles
from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.kinds import STATUSES, kind_of
from hamilton_ol.graph.scene.words import CATEGORIES, FIRST_KIND, KIND, STATUS
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
Cards = tuple[Sequence[Node], Ints]  # the nodes that have a card of their own, and which it is


def lens_of(session: Session, made: GraphCards, name: str, now: float = 0.0) -> Lens:
    """The cards through a lens; through none if it has no such name.

    Args:
        session: what is known.
        made: its cards.
        name: one of `LENSES`.
        now: seconds since the epoch.
    """
    own = np.flatnonzero(made.row < 0)
    cards = [session.graph.nodes[number] for number in own.tolist()], made.card[own]
    plain = Lens(np.full(len(made.cards), NONE), np.full(len(made.cards), np.nan, np.float32))
    if name in _KEYS:
        return _colored(plain, cards, map(_KEYS[name], cards[0]))
    if name == "kind":
        plain.category[cards[1]] = [FIRST_KIND + KIND[kind_of(node)] for node in cards[0]]
        return plain
    if name in OF_A_RUN:
        words = (STATUSES.get(node.status, "") for node in session.graph.nodes)
        statuses = np.fromiter((STATUS[word] for word in words), np.uint8, len(session.graph))
        return _of_run(plain, cards, statuses, name)
    if name == "change":
        return _changed(plain, cards, session, now)
    if name == "pii":
        found = taint_of(session.graph, session.sensitive_tags)
        return plain._replace(taint=found, tags=found.labels(made))
    return plain


# --- colours -------------------------------------------------------------------------------------

_KEYS: dict[str, Callable[[Node], str]] = {
    "module": lambda node: module_name(node.module),
    "owner": lambda node: ", ".join(node.owners),
}


def _colored(lens: Lens, cards: Cards, texts: Iterable[str]) -> Lens:
    """A colour for each text; the more frequent one has the earlier colour."""
    found = list(texts)
    counts: dict[str, int] = {}
    for text in found:
        if text:
            counts[text] = counts.get(text, 0) + 1
    order = sorted(counts, key=lambda text: -counts[text])
    numbers = {text: number for number, text in enumerate(order)}
    lens.category[cards[1]] = [min(numbers.get(text, NONE), CATEGORIES) for text in found]
    others = ("others",) if len(order) > CATEGORIES else ()
    return lens._replace(names=(*order[:CATEGORIES], *others))


def _changed(lens: Lens, cards: Cards, session: Session, now: float) -> Lens:
    """Who changed each function last, and how long ago."""
    changes = [session.changes.get(node.id) for node in cards[0]]
    made = _colored(lens, cards, [change.author if change else "" for change in changes])
    whens = ("" if c is None or not c.time else age(_time(c), now) for c in changes)
    return made._replace(notes=_placed(lens, cards, whens))


def change_age(change: Change, now: float) -> str:
    """How long ago something was changed; empty for what is not committed."""
    return ago(_time(change), now) if change.time else ""


def _time(change: Change) -> float:
    return datetime.fromisoformat(change.time).timestamp()


# --- what a run did ------------------------------------------------------------------------------


def _of_run(lens: Lens, cards: Cards, statuses: Codes, name: str) -> Lens:
    """Marks of status; with heat and numbers for how long it took, or how many rows there are."""
    lens = lens._replace(statuses=statuses)
    if name == "status":
        return lens
    write = seconds if name == "duration" else _rows
    found = [node.seconds if name == "duration" else node.rows for node in cards[0]]
    taken = np.array([np.nan if one is None else one for one in found], float)
    if not np.isfinite(taken).any():
        return lens
    lens.heat[cards[1]] = np.where(_is_failed(cards), np.nan, _shares(taken))
    least, most = float(np.nanmin(taken)), float(np.nanmax(taken))
    notes = _placed(lens, cards, ("" if one is None else write(one) for one in found))
    unit = " rows" if name == "rows" else ""
    span = (write(least), f"{write(most)}{unit}") if least < most else ()
    return lens._replace(span=span, notes=notes)


def _rows(count: float) -> str:
    return f"{count:,.0f}"


def _is_failed(cards: Cards) -> Flags:
    return np.array([node.status == "FAILED" for node in cards[0]], bool)


def _shares(taken: Floats) -> Floats:
    """Where each is between the least and the most, 0 to 1, logarithmic."""
    grown = np.maximum(taken, _LEAST)
    least, most = np.nanmin(grown), np.nanmax(grown)
    shares: Floats = np.log(grown / least) / (np.log(most / least) or 1.0)
    return shares


_LEAST = 1e-6  # of what is compared: seconds, and rows


def _placed(lens: Lens, cards: Cards, texts: Iterable[str]) -> tuple[str, ...]:
    """A text for each card."""
    found = [""] * len(lens.category)
    for card, text in zip(cards[1].tolist(), texts, strict=True):
        found[card] = text
    return tuple(found)
