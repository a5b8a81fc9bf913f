"""How many edges a bundle stands for is written where there is room."""

import numpy as np

from explorer_app.canvas.groupdrawing import COUNTS, GroupDrawing
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from tests.support.scenes import company


def test_far_away_the_largest_of_several_at_one_place_is_written(theme: Theme) -> None:
    scene = company()
    prepared = PreparedScene(scene, theme)
    drawing, segments = GroupDrawing(prepared, scene.plain_looks(), theme), prepared.index.segments
    begins = (segments.count > 1) & segments.is_first
    near, far = drawing.told(100.0), drawing.told(0.01)
    assert np.array_equal(near, begins)
    assert 0 < far.sum() < near.sum()
    cells = np.floor(segments.points[:, :2] * 0.01 / COUNTS)
    for number in np.flatnonzero(begins):
        same = begins & (cells == cells[number]).all(axis=1)
        assert (far & same).sum() == 1
        assert segments.count[far & same] == segments.count[same].max()
