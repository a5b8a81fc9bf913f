"""What is refused, and how that is said."""

from collections.abc import Callable

import numpy as np
import pytest

from hamilton_ol.errors import LayoutError
from hamilton_ol.graph.layout import Edges, Groups, Sheet


def test_one_size_is_for_all() -> None:
    sheet = Sheet(["a", "b"], width=7, rows=2)
    assert sheet.width.tolist() == [7, 7]
    assert sheet.rows.tolist() == [2, 2]


def test_edges_enter_in_their_order_unless_it_is_said() -> None:
    assert Edges([0, 0], [1, 1]).argument.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Sheet(["a"], width=[1, 2]), r"width has the shape \(2,\), not \(1,\)"),
        (lambda: Sheet(["a"], height=-1), r"height\[0\] is -1.0, which is no length"),
        (lambda: Sheet(["a"], width=np.nan), r"width\[0\] is nan"),
        (lambda: Edges([0, 1], [0]), r"target has the shape \(1,\)"),
        (lambda: Sheet(["a"], edges=Edges([0], [1])), r"target\[0\] is 1, which is not there"),
        (lambda: Sheet(["a"], edges=Edges([0], [0], row=0)), "row 0, which card 'a' has not"),
        (lambda: Sheet(["a"], rows=-1), r"rows\[0\] is -1"),
        (lambda: Groups(["g"], [1]), r"group\[0\] is 1"),
        (lambda: Sheet(["a"], groups=Groups(["g"], [0, 0])), "1 cards are there, but 2"),
    ],
)
def test_what_does_not_fit_is_named(make: Callable[[], object], says: str) -> None:
    with pytest.raises(LayoutError, match=says):
        make()
