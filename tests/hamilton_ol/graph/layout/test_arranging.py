"""First results, better ones, budgets and cancelling."""

from collections.abc import Callable

import numpy as np
import pytest

from hamilton_ol.errors import LayoutCancelledError
from hamilton_ol.graph.layout import Budget, Edges, Sheet, arrange, layouts


def tangle(cards: int = 60, edges: int = 150) -> Sheet:
    """A graph of which a second look finds a better drawing."""
    source, target = np.sort(np.random.default_rng(3).integers(0, cards, (2, edges)), axis=0)
    apart = source < target
    return Sheet([f"n{n:03}" for n in range(cards)], edges=Edges(source[apart], target[apart]))


def after(asked: int) -> Callable[[], bool]:
    """Somebody who cancels when asked for this time."""
    left = iter(range(asked))
    return lambda: next(left, None) is None


def test_each_layout_has_fewer_crossings_than_the_one_before() -> None:
    found = [layout.statistics.crossings for layout in layouts(tangle())]
    assert len(found) > 1
    assert found == sorted(set(found), reverse=True)


def test_arrange_gives_the_last_one() -> None:
    *_, last = layouts(tangle())
    assert arrange(tangle()).boxes.tobytes() == last.boxes.tobytes()


def test_a_spent_budget_gives_the_first_one() -> None:
    now = iter([0.0, 2.0])
    found = list(layouts(tangle(), budget=Budget(1.0, lambda: next(now))))
    assert len(found) == 1
    assert found[0].boxes.tobytes() == next(layouts(tangle())).boxes.tobytes()


def test_a_budget_that_is_never_spent_is_none() -> None:
    layout = arrange(tangle(), budget=Budget(1.0, lambda: 0.0))
    assert layout.boxes.tobytes() == arrange(tangle()).boxes.tobytes()


@pytest.mark.parametrize("asked", [0, 1, 5, 50, 300])
def test_a_layout_that_is_not_wanted_is_given_up(asked: int) -> None:
    with pytest.raises(LayoutCancelledError):
        arrange(tangle(), is_cancelled=after(asked))


def test_a_layout_is_given_up_again_while_it_is_made_better() -> None:
    cancelled: list[bool] = []
    found = layouts(tangle(), is_cancelled=lambda: bool(cancelled))
    next(found)
    cancelled.append(True)
    with pytest.raises(LayoutCancelledError):
        next(found)
