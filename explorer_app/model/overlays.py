"""What lenses put over the answer to a question: how executions ended, where personal data goes."""

from typing import NamedTuple

import numpy as np

from explorer_app.model.taint import Taint
from hamilton_ol.graph.scene.arrays import Codes, Flags, Ints
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.words import FILL, STATUS, TONE


class Links(NamedTuple):
    """The nodes that each link leads from and to."""

    origin: Ints
    target: Ints


# --- how executions ended ------------------------------------------------------------------------


def show_statuses(codes: Codes, made: GraphCards, links: Links, looks: Looks) -> None:
    """Mark how each node ended; what failed is loud, what was skipped steps back.

    A card of which a row failed is marked as one that failed: from afar no row is seen.
    """
    own = np.flatnonzero(made.row < 0)
    looks.status[made.card[own]] = codes[own]
    bad = np.flatnonzero((made.row >= 0) & (codes == STATUS["failed"]))
    looks.status[made.card[bad]] = STATUS["failed"]
    failed, skipped = looks.status == STATUS["failed"], looks.status == STATUS["skipped"]
    looks.tone[failed] = TONE["status.failed"]
    looks.fill[failed] = FILL["status.failed_soft"]
    looks.loud |= failed
    looks.dim = (looks.dim & ~failed) | skipped
    rows = np.flatnonzero(made.row >= 0)
    place = made.cards.row_start[made.card[rows]] + made.row[rows]
    looks.row_dim[place] |= codes[rows] == STATUS["skipped"]
    place = made.cards.row_start[made.card[bad]] + made.row[bad]
    looks.row_tone[place], looks.row_dim[place] = TONE["status.failed"], False
    is_skipped = codes == STATUS["skipped"]
    looks.edge_dim |= is_skipped[links.origin] | is_skipped[links.target]


# --- where personal data goes --------------------------------------------------------------------


def carried(taint: Taint) -> Codes:
    """Of each node: lit if it carries something, else 0."""
    tones: Codes = np.where(taint.carries, TONE["pii"], 0).astype(np.uint8)
    tones[list(taint.barriers)] = TONE["barrier"]
    return tones


def show_taint(made: GraphCards, links: Links, looks: Looks, taint: Taint) -> None:
    """Mark ends and barriers; what lies behind a barrier is as usual."""
    free, stopped = taint.free, _flags(len(made.card), list(taint.barriers))
    origin, target = links
    behind: Flags = (stopped | free)[origin] & free[target]
    looks.edge_dim[behind | stopped[origin]] = False
    looks.edge_tone[stopped[origin]] = 0
    into: Flags = stopped[target] & taint.carries[origin] & ~stopped[origin]
    looks.edge_tone[into] = TONE["pii"]
    for node in taint.ends:
        card, row = int(made.card[node]), int(made.row[node])
        if row >= 0:
            looks.row_ends[int(made.cards.row_start[card]) + row] = True
        else:
            looks.ends[card] = looks.loud[card] = True
            looks.fill[card] = FILL["pii_soft"]
    cards = made.card[list(taint.barriers)] if taint.barriers else np.zeros(0, np.int64)
    looks.barrier[cards] = looks.loud[cards] = True
    own = np.flatnonzero(free & (made.row < 0))
    looks.dim[made.card[own]] = False


def _flags(count: int, numbers: list[int]) -> Flags:
    found = np.zeros(count, bool)
    found[numbers] = True
    return found
