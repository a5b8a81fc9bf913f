"""Names on chips are broken where that makes them larger."""

from dataclasses import replace

import numpy as np
import pytest

from explorer_app.canvas.chiplines import Lines, broken, even
from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import KIND
from tests.explorer_app.canvas.conftest import pixels


def lines_of(light: Theme, *names: tuple[str, ...]) -> Lines:
    """The lines of names, one after the other."""
    texts = Fonts(light).texts("name", [line for name in names for line in name])
    owner = np.repeat(np.arange(len(names)), [len(name) for name in names])
    within = np.concatenate([np.arange(len(name)) for name in names])
    return Lines("name", texts, np.arange(len(owner)), owner, within)


def written(lines: Lines) -> list[tuple[int, int, str]]:
    """(node, line, letters)."""
    start, codes = lines.texts.start, lines.texts.codes
    texts = ["".join(map(chr, codes[start[n] : start[n + 1]])) for n in lines.ids.tolist()]
    return list(zip(lines.owner.tolist(), lines.within.tolist(), texts, strict=True))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (("spend_visit_01161",), ["spend_", "visit_01161"]),
        (("a_b",), ["a_", "b"]),
        (("validation_", "size_fraction"), ["validation_", "size_", "fraction"]),
        (("plain",), ["plain"]),
        (("_own",), ["_own"]),
        (("trailing_",), ["trailing_"]),
    ],
)
def test_the_widest_line_is_broken_at_its_middle_underscore(
    light: Theme, name: tuple[str, ...], expected: list[str]
) -> None:
    found = broken(lines_of(light, name), np.array([True]))
    assert [text for _, _, text in written(found)] == expected
    assert found.within.tolist() == list(range(len(expected)))


def test_only_names_that_may_be_are_broken(light: Theme) -> None:
    found = broken(lines_of(light, ("a_b",), ("c_d",), ("e_f",)), np.array([False, True, False]))
    assert written(found) == [(0, 0, "a_b"), (1, 0, "c_"), (1, 1, "d"), (2, 0, "e_f")]


def test_each_part_begins_at_its_left_and_is_as_wide_as_it_is(light: Theme) -> None:
    whole = lines_of(light, ("spend_visit",))
    found = broken(whole, np.array([True]))
    assert found.texts.pens[found.texts.start[:-1]].tolist() == [0, 0]
    assert found.widths.sum() == pytest.approx(whole.widths.sum())


def test_of_two_lines_that_are_equally_wide_one_is_broken(light: Theme) -> None:
    found = broken(lines_of(light, ("a_b", "a_b")), np.array([True]))
    assert [text for _, _, text in written(found)] == ["a_", "b", "a_b"]


def test_nothing_is_broken_of_nothing(light: Theme) -> None:
    texts, none = Fonts(light).texts("name", []), np.zeros(0, np.int64)
    assert not len(broken(Lines("name", texts, none, none, none), np.zeros(0, bool)).ids)


def test_names_on_chips_have_few_sizes_and_none_is_larger_than_on_a_card() -> None:
    wanted = np.array([8.0, 13.9, 15.2, 19.0, 20.0])
    assert even(wanted, 0.4).tolist() == [11, 12, 14, 18, 20]
    assert even(wanted, 0.6).tolist() == [11, 12, 14, 14, 14]


@pytest.mark.parametrize("zoom", [0.3, 0.4, 0.5, 0.6])
def test_inputs_have_names_wherever_there_are_chips(
    canvas: Canvas, scene: Scene, zoom: float
) -> None:
    canvas.setView(replace(canvas.view, zoom=zoom))
    canvas.screen_picture.finish()
    is_dark = pixels(canvas.grab().toImage()).max(axis=2) < 150  # names, not the blue of an icon
    for node in np.flatnonzero(scene.cards.kinds == KIND["input"]).tolist():
        box = canvas.node_rect(node).toRect()
        inside = is_dark[box.top() : box.bottom(), box.left() : box.right()]
        assert inside.any(), scene.cards.names[node]
