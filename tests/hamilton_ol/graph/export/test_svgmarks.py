"""Marks of pictures."""

import re

import pytest

from hamilton_ol.graph.export.svgmarks import end, stripe
from hamilton_ol.graph.scene.paths import Box
from hamilton_ol.graph.scene.words import KINDS

BOX = Box(10, 20, 100, 44)


def points(drawn: str) -> list[tuple[float, float]]:
    """The corners of a path of straight lines."""
    found = re.search(r' d="M([^"]*)Z"', drawn)
    assert found is not None
    pairs = (corner.split() for corner in found[1].split("L"))
    return [(float(x), float(y)) for x, y in pairs]


@pytest.mark.parametrize("kind", KINDS)
def test_a_stripe_lies_inside_its_card(kind: str) -> None:
    corners = points(stripe(kind, BOX, "#000000"))
    assert {x for x, _ in corners} >= {BOX.left, BOX.left + 4}
    assert all(BOX.top <= y <= BOX.top + BOX.height for _, y in corners)
    heights = {x: [y for at, y in corners if at == x] for x, _ in corners}
    middle = BOX.top + BOX.height / 2
    assert all(min(ys) + max(ys) == pytest.approx(2 * middle) for ys in heights.values())


def test_the_stripe_of_a_capsule_is_round_and_that_of_a_source_is_not() -> None:
    top = {kind: points(stripe(kind, BOX, "#000000"))[0][1] - BOX.top for kind in KINDS}
    assert (top["input"], top["source"], top["function"]) == (16, 0, 6)


def test_edges_go_on_behind_an_end() -> None:
    assert 'fill="#F6F7F9"' in end((0, 0), "#000000", "#F6F7F9")
