"""What is shown is right at once or soon: panning, zooming and asking lead to the exact picture."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPointF
from pytestqt.qtbot import QtBot

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.overlay import OverlayState
from explorer_app.canvas.picture import draw_picture
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.screen import Screen
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import STATUSES, TONE
from tests.explorer_app.canvas.conftest import SIZE, pixels

ZOOMS = (0.15, 0.4, 0.8, 1.3, 1.8)


def asked(scene: Scene, nodes: list[int]) -> Looks:
    looks = scene.plain_looks()
    looks.dim[:] = True
    looks.dim[nodes] = False
    looks.tone[nodes] = TONE["upstream"]
    inside = np.isin(scene.edges.origin, nodes) & np.isin(scene.edges.target, nodes)
    looks.edge_dim[:] = ~inside
    looks.edge_tone[inside] = TONE["upstream"]
    return looks


def shown(canvas: Canvas) -> np.ndarray:
    found: np.ndarray = pixels(canvas.grab().toImage())
    return found


def fresh(canvas: Canvas) -> np.ndarray:
    """What the view shows when it is drawn from nothing."""
    drawing = canvas.drawing
    assert drawing is not None
    again = SceneDrawing(drawing.prepared, drawing.looks, drawing.theme, Kits(drawing.theme))
    found: np.ndarray = pixels(draw_picture(again, canvas.view, OverlayState()))
    return found


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Share of the pixels that differ to the eye."""
    apart = np.abs(one.astype(int) - other.astype(int)).max(axis=2)
    return float((apart > 24).mean())


@pytest.mark.parametrize("zoom", ZOOMS)
def test_after_panning_the_picture_is_as_if_drawn_anew(canvas: Canvas, zoom: float) -> None:
    canvas.setView(replace(canvas.view, zoom=zoom), fly=False)
    canvas.screen_picture.finish()
    for _ in range(8):
        canvas.pan(QPointF(-37, 21))
        canvas.repaint()
    canvas.screen_picture.finish()
    assert difference(shown(canvas), fresh(canvas)) < 0.0005


@pytest.mark.parametrize("zoom", ZOOMS)
def test_an_answer_is_drawn_over_what_steps_back(canvas: Canvas, scene: Scene, zoom: float) -> None:
    canvas.setView(replace(canvas.view, zoom=zoom), fly=False)
    canvas.screen_picture.finish()
    canvas.setLooks(asked(scene, [6, 8, 14]))
    canvas.screen_picture.finish()
    canvas.setLooks(asked(scene, [6, 9, 15, 17]))
    canvas.screen_picture.finish()
    assert difference(shown(canvas), fresh(canvas)) < 0.004


def test_an_answer_is_seen_before_the_exact_picture(canvas: Canvas, scene: Scene) -> None:
    before, picture = shown(canvas), canvas.screen_picture.front
    canvas.setLooks(asked(scene, [6]))
    while canvas.screen_picture.front is picture:
        QCoreApplication.processEvents()
    assert not canvas.screen_picture.is_exact
    at_once = shown(canvas)
    canvas.screen_picture.finish()
    exact = shown(canvas)
    assert difference(at_once, exact) < difference(before, exact)


def test_it_becomes_exact_by_itself(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.zoom_at(QPointF(300, 200), 1.5)
    canvas.pan(QPointF(-60, 10))
    qtbot.waitUntil(lambda: canvas.screen_picture.is_exact, timeout=20_000)
    assert difference(shown(canvas), fresh(canvas)) < 0.0005


def test_something_is_shown_while_one_zooms(canvas: Canvas) -> None:
    before = shown(canvas)
    canvas.zoom_at(QPointF(500, 300), 1.2)
    during = shown(canvas)
    assert np.unique(during.reshape(-1, 3), axis=0).shape[0] > 50
    assert difference(before, during) > 0.001


def test_the_whole_is_put_behind_a_picture_only_where_that_ends(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.fit(fly=False)
    canvas.screen_picture.finish()
    drawn: list[str] = []
    monkeypatch.setattr(Screen, "_stretch", noting(Screen._stretch, drawn))
    monkeypatch.setattr(canvas.screen_picture, "_work", lambda *_: None)
    canvas.zoom_by(1.05)
    shown(canvas)
    nearer = len(drawn)
    canvas.zoom_by(0.5)
    shown(canvas)
    assert (nearer, len(drawn) - nearer) == (1, 2)


def test_cards_that_became_wider_are_drawn_as_wide(
    make_canvas: Callable[..., Canvas], prepared_titanic: PreparedScene
) -> None:
    scene = prepared_titanic.scene
    wide = PreparedScene(replace(scene, boxes=scene.boxes * [1, 1, 1.15, 1]), Theme("light"))
    pictures = []
    for first in (prepared_titanic, wide):
        canvas = make_canvas(first)
        canvas.setView(Viewport(*SIZE, zoom=1.0, x=300, y=200))
        canvas.screen_picture.finish()
        canvas.setScene(wide)
        canvas.setView(Viewport(*SIZE, zoom=1.0, x=300, y=200))
        canvas.screen_picture.finish()
        pictures.append(pixels(canvas.grab().toImage()))
    assert np.array_equal(*pictures)


def test_the_same_scene_in_the_dark(canvas: Canvas) -> None:
    canvas.setTheme(Theme("dark"))
    canvas.screen_picture.finish()
    assert shown(canvas).mean() < 60
    assert difference(shown(canvas), fresh(canvas)) < 0.0005


@pytest.mark.parametrize("size", [(1400, 900), (420, 300)])
def test_a_window_of_another_size_shows_everything_again(
    canvas: Canvas, size: tuple[int, int]
) -> None:
    zoom = canvas.view.zoom
    canvas.resize(*size)
    assert (canvas.view.zoom > zoom) == (size[0] > 1000)
    canvas.screen_picture.finish()
    seen, bounds = canvas.view.window, canvas.drawing.prepared.scene.bounds  # type: ignore[union-attr]
    assert seen.left <= bounds[0]
    assert seen.right >= bounds[2]
    assert difference(shown(canvas), fresh(canvas)) < 0.0005


def test_groups_and_bundles_are_drawn(
    make_canvas: Callable[..., Canvas], prepared_company: PreparedScene
) -> None:
    canvas = make_canvas(prepared_company)
    assert difference(shown(canvas), fresh(canvas)) < 0.0005
    canvas.setView(replace(canvas.view, zoom=0.4), fly=False)
    canvas.screen_picture.finish()
    assert difference(shown(canvas), fresh(canvas)) < 0.0005


def test_nothing_is_drawn_on_while_it_is_hidden(canvas: Canvas) -> None:
    canvas.pan(QPointF(-400, 0))
    canvas.hide()
    assert canvas.screen_picture.is_exact
    canvas.show()
    canvas.screen_picture.finish()
    assert difference(shown(canvas), fresh(canvas)) < 0.0005


@pytest.mark.parametrize("zoom", [0.5, 1.0])
@pytest.mark.parametrize("tone", ["path", "accent"])
def test_the_outline_of_the_active_card_has_the_colour_of_the_answer(
    canvas: Canvas, scene: Scene, tone: str, zoom: float
) -> None:
    looks, node = scene.plain_looks(), scene.cards.names.index("training_set_v1")
    looks.active, looks.tone[node] = node, TONE[tone]
    canvas.setLooks(looks)
    canvas.frame(np.array([node]), fly=False)
    canvas.setView(replace(canvas.view, zoom=zoom), fly=False)
    canvas.screen_picture.finish()
    rect, image = canvas.node_rect(node), canvas.grab().toImage()
    across = range(round(rect.top()) - 2, round(rect.top()) + 3)
    seen = {image.pixelColor(round(rect.center().x()), y).name() for y in across}
    assert Theme("light").color(tone).name() in seen


@pytest.mark.parametrize(("name", "is_cut"), [("training_set_v1", True), ("target", False)])
def test_the_outline_of_the_active_chip_has_the_shape_of_its_kind(
    canvas: Canvas, scene: Scene, name: str, *, is_cut: bool
) -> None:
    looks, node = scene.plain_looks(), scene.cards.names.index(name)
    looks.active, looks.tone[node] = node, TONE["accent"]
    canvas.setLooks(looks)
    canvas.frame(np.array([node]), fly=False)
    canvas.setView(replace(canvas.view, zoom=0.6), fly=False)
    canvas.screen_picture.finish()
    rect, image = canvas.node_rect(node), canvas.grab().toImage()
    across = range(round(rect.top()) - 2, round(rect.top()) + 3)
    ink = {image.pixelColor(round(rect.right()) - 3, y).name() for y in across}
    assert (Theme("light").color("accent").name() not in ink) == is_cut  # a corner is folded


@pytest.mark.parametrize("zoom", [0.2, 0.5, 1.0])
def test_what_was_skipped_steps_back_with_its_mark(
    canvas: Canvas, scene: Scene, zoom: float
) -> None:
    looks = asked(scene, [0, 1])
    found = []
    for status in ("", "ok", "skipped"):
        looks.status[2:] = STATUSES.index(status)
        canvas.setLooks(looks)
        canvas.setView(replace(canvas.view, zoom=zoom), fly=False)
        canvas.screen_picture.finish()
        found.append(shown(canvas))
        assert difference(found[-1], fresh(canvas)) < 0.0005
    assert np.array_equal(found[0], found[1])  # what is as usual needs none
    assert not np.array_equal(found[0], found[2])


@pytest.mark.parametrize("size", [(900, 150), (150, 500)])
def test_a_small_picture_is_drawn_once(canvas: Canvas, qtbot: QtBot, size: tuple[int, int]) -> None:
    """Its margin is smaller than what is wanted around larger ones."""
    canvas.resize(*size)
    canvas.fit(fly=False)
    canvas.screen_picture.start()
    qtbot.waitUntil(lambda: canvas.screen_picture.is_exact)
    assert difference(shown(canvas), fresh(canvas)) < 0.01


def test_a_scene_that_fits_is_begun_once_and_from_one_picture_of_the_old_one(
    canvas: Canvas, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    for kind, name in ((Screen, "start"), (Screen, "paint")):
        monkeypatch.setattr(kind, name, noting(getattr(kind, name), begun))
    canvas.setReducedMotion(False)
    wider = replace(scene, boxes=scene.boxes * [1, 1, 1.15, 1])
    canvas.setScene(PreparedScene(wider, Theme("light")), fits=True)
    canvas.setReducedMotion(True)
    assert begun == ["paint", "start"]
    canvas.screen_picture.finish()
    assert difference(shown(canvas), fresh(canvas)) < 0.01


def noting(do: Callable[..., object], done: list[str]) -> Callable[..., object]:
    def noted(*given: object, **named: object) -> object:
        done.append(do.__name__)
        return do(*given, **named)

    return noted
