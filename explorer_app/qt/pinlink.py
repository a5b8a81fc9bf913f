"""Keeps the places that a person chose for cards: over a reading again, and until the next time."""

from collections.abc import Sequence
from dataclasses import replace

from explorer_app.model.pins import Pins, as_texts, of_texts
from explorer_app.model.savedqueries import place_of
from explorer_app.model.session import Session
from explorer_app.model.state import BASE, NOBODY, NONE, State
from explorer_app.qt.opened import Opened
from explorer_app.qt.settings import Settings
from hamilton_ol.graph.lineage import LineageGraph


class PinLink:
    """Between sessions and what is remembered.

    Args:
        settings: that remember it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: Pins = frozenset()

    def first(self, before: Session | None, sources: Sequence[str], graph: LineageGraph) -> State:
        """What a session begins with: pins, and of the same source boxes and lens as they were."""
        if before is None:
            texts = self._settings.pins(place_of(sources, graph))
            self._kept = of_texts(texts)
            return replace(BASE, pins=self._kept)
        left = before.state
        return replace(left, query="", selected=NOBODY, active=NONE, is_isolated=False, place=None)

    def follow(self, session: Session, opened: Opened) -> None:
        """Keep the pins if they have changed."""
        if session.state.pins is not self._kept:
            self._kept = session.state.pins
            place = place_of(opened.sources, opened.graph)
            self._settings.keep_pins(place, as_texts(self._kept))
