"""How many edges a bundle stands for is written where there is room."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from explorer_app.canvas.groupdrawing import LOWEST, GroupDrawing
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widths import text_width
from hamilton_ol.graph.scene.bundles import MOST, on_cubics, places
from tests.support.scenes import company


@pytest.mark.parametrize("zoom", [0.03, 0.06, 0.08, 0.12, 0.4])
def test_no_count_is_written_over_another(theme: Theme, zoom: float) -> None:
    prepared = PreparedScene(company(), theme)
    segments = prepared.index.segments
    steps = GroupDrawing(prepared, prepared.scene.plain_looks(), theme).told(zoom)
    boxes = []
    for number in np.flatnonzero(~np.isnan(steps)).tolist():
        x, y = on_cubics(segments.points[[number]] * zoom, steps[[number], None])[0, 0]
        wide = text_width(f"{segments.count[number]:,}", theme.font("micro", weight=600)) + 10
        boxes.append(QRectF(x - wide / 2, y - 8, wide, 16))
    assert boxes
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_where_all_is_seen_every_bundle_has_its_count(theme: Theme) -> None:
    prepared = PreparedScene(company(), theme)
    segments = prepared.index.segments
    steps = GroupDrawing(prepared, prepared.scene.plain_looks(), theme).told(0.08)
    assert np.array_equal(~np.isnan(steps), (segments.count > 1) & segments.is_first)


def test_between_groups_that_are_too_small_for_their_names_no_count_is_written(
    theme: Theme,
) -> None:
    scene = company()
    for high, are_there in ((LOWEST + 1, True), (LOWEST - 1, False)):
        boxes = scene.groups.boxes.copy()
        boxes[1:, 3] = high / 0.08  # but one
        low = PreparedScene(replace(scene, groups=replace(scene.groups, boxes=boxes)), theme)
        steps = GroupDrawing(low, scene.plain_looks(), theme).told(0.08)
        assert (~np.isnan(steps)).any() == are_there


def test_of_bundles_that_begin_together_each_has_its_count() -> None:
    bent = [[0.0, y, 35, y, 35, 4 * y, 70, 4 * y] for y in (-7.5, 7.5)]
    straight = [0.0, 0, 25, 0, 50, 0, 70, 0]
    steps = places(np.array([*bent, straight]), np.array([144, 75, 2]), 1.0)
    assert not np.isnan(steps).any()


def test_where_there_is_no_room_for_all_the_largest_are_written() -> None:
    one = np.tile([0.0, 0, 10, 0, 20, 0, 30, 0], (2 * MOST, 1))
    counts = np.arange(2 * MOST) + 2
    assert np.flatnonzero(~np.isnan(places(one, counts, 1.0))).tolist() == [2 * MOST - 1]
    assert not len(places(one[:0], counts[:0], 1.0))


def test_a_count_does_not_hide_what_a_short_bundle_leads_to() -> None:
    one = np.array([[0.0, 0, 10, 0, 20, 0, 30, 0]])
    assert [np.isnan(places(one, np.array([9]), zoom)).item() for zoom in (0.5, 2.0)] == [
        True,
        False,
    ]
