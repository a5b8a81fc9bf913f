"""Answers a question for places."""

import pickle
import zlib

from explorer_app.loading.messages import Arrange, Arranged
from hamilton_ol.graph.scene.arrangement import laid_out, places_of


def arranged(asked: Arrange) -> Arranged:
    """Where the cards are."""
    before = pickle.loads(zlib.decompress(asked.memory)) if asked.memory else None  # noqa: S301 - as it was told
    layout = laid_out(asked.cards, asked.links, asked.sizes, asked.grouping, memory=before)
    memory = zlib.compress(pickle.dumps(layout.memory, pickle.HIGHEST_PROTOCOL), 1)
    return Arranged(places_of(layout), memory)
