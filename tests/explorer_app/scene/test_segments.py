"""Curves that are cut in parts are the same as cut at once."""

from collections.abc import Callable

import numpy as np
import pytest

from explorer_app.scene.segments import Segments
from hamilton_ol.graph.scene.scene import Scene
from tests.support.scenes import company, plain_titanic

FIELDS = ("points", "count", "is_first", "is_last", "tail", "head", "edge", "start")


@pytest.mark.parametrize("made", [company, plain_titanic])
def test_parts_are_as_the_whole(made: Callable[[], Scene], monkeypatch: pytest.MonkeyPatch) -> None:
    scene = made()
    whole = Segments.of(scene)
    monkeypatch.setattr("explorer_app.scene.segments.PART", 7)
    parts = Segments.of(scene)
    assert len(whole) > 7
    for field in FIELDS:
        assert np.array_equal(getattr(parts, field), getattr(whole, field))


def test_what_edges_share_is_there_once() -> None:
    found = Segments.of(company())
    assert len(np.unique(found.points, axis=0)) == len(found)
