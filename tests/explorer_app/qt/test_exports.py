"""What is visible as files and on the clipboard, made in another process while the window goes on."""

import json
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from explorer_app.canvas.theme import Theme
from explorer_app.export import made
from explorer_app.loading.messages import Export
from explorer_app.model.exports import FORMS
from explorer_app.qt import exportlink
from explorer_app.qt.explorer import Explorer
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.explorer_app.qt.conftest import show
from tests.support.samples import FOREST, sample

PATIENCE = 60_000  # ms
TEXT, RECT, PATH = (f"{{http://www.w3.org/2000/svg}}{name}" for name in ("text", "rect", "path"))


def save(qtbot: QtBot, explorer: Explorer, path: Path) -> bytes:
    explorer.actions["export"].trigger()
    panel = explorer.exports.panel
    panel.path.setText(str(path))
    with qtbot.waitSignal(explorer.exports.done, timeout=PATIENCE):
        panel.save.click()
    return path.read_bytes()


def test_a_picture_is_light_and_as_wide_as_it_was_asked_for(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    explorer.actions["theme"].trigger()
    assert explorer.style.theme.name == "dark"
    explorer.exports.panel.wide.setText("1200")
    save(qtbot, explorer, tmp_path / "model.png")
    image = QImage(str(tmp_path / "model.png"))
    assert image.width() == 1200
    assert image.pixelColor(2, 2).lightness() > 200
    assert not explorer.exports.panel.isVisible()


def test_what_takes_long_is_done_on_another_thread(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: dict[str, int] = {}

    def noted(name: str, does: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: (where.update({name: threading.get_ident()}), does(*given))[1]

    names = ("part_of", "_hints", "_written", "_decoded")
    for name in names:
        monkeypatch.setattr(exportlink, name, noted(name, getattr(exportlink, name)))
    save(qtbot, explorer, tmp_path / "model.png")
    with qtbot.waitSignal(explorer.exports.done, timeout=PATIENCE):
        explorer.actions["copy-picture"].trigger()
    assert set(where) == {*names}
    assert threading.get_ident() not in where.values()


def test_an_svg_shows_only_what_is_visible_and_how_it_looks(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    assert explorer.session is not None
    explorer.session.ask(f"age..{FOREST}")
    root = ET.fromstring(save(qtbot, explorer, tmp_path / "path.svg"))
    texts = {text.text for text in root.iter(TEXT)}
    assert {"A", "B", "age", f"every path from age to {FOREST}", "on a path"} <= texts
    assert "sex_encoder" not in texts
    color = explorer.style.theme.color("path").name().upper()
    assert any(mark.get("stroke", "").upper() == color for mark in root.iter())


def test_the_legend_of_a_lens_says_what_its_colours_are(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    explorer.actions["lens-owner"].trigger()
    root = ET.fromstring(save(qtbot, explorer, tmp_path / "owner.svg"))
    texts = [text.text for text in root.iter(TEXT)]
    assert texts.index("Owner") + 1 == texts.index("data-science")


def test_boxes_and_bundles_are_in_an_svg_too(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    explorer.actions["everything"].trigger()
    explorer.actions["box-module"].trigger()
    explorer.actions["fold-all"].trigger()  # a picture shows what is in them
    root = ET.fromstring(save(qtbot, explorer, tmp_path / "boxes.svg"))
    shapes = [part for part in root.iter() if part.tag in {RECT, PATH, TEXT}]
    boxes = [number for number, part in enumerate(shapes) if part.get("rx") == "12"]
    texts = [part.text for part in shapes if part.tag == TEXT]
    assert len(boxes) == 3
    assert {"data_loading", "features", "model_pipeline", "titanic_data"} <= set(texts)
    assert texts[texts.index("features") + 1] == "10"  # cards
    around, inside = (
        next(part for part in shapes if part.text == name) for name in ("features", "family")
    )
    left, top, wide, high = (
        float(shapes[shapes.index(around) - 1].get(side, 0))
        for side in ("x", "y", "width", "height")
    )
    assert left < float(inside.get("x", 0)) < left + wide
    assert top < float(inside.get("y", 0)) < top + high
    widths = {float(part.get("stroke-width", 0)) for part in shapes if part.get("fill") == "none"}
    assert any(wide == pytest.approx(1.5 + 0.95 * 10**0.5, abs=0.001) for wide in widths)
    assert texts.count("10") == 2  # arguments of all features, in one bundle


def test_headings_of_a_large_picture_take_no_more_room(
    qtbot: QtBot, started: Explorer, tmp_path: Path
) -> None:
    """On a screen, where all of it is small, they do."""
    nodes = [Node(f"n{n}", f"n{n}", module=f"m{n % 2}") for n in range(300)]
    edges = [Edge(f"n{n}", f"n{n + 2}") for n in range(0, 290, 3)]
    show(started, LineageGraph(nodes, edges))
    started.ask("*")
    started.actions["box-module"].trigger()
    root = ET.fromstring(save(qtbot, started, tmp_path / "boxes.svg"))
    top = min(float(box.get("y", 0)) for box in root.iter(RECT) if box.get("rx") == "12")
    words = [text for text in root.iter(TEXT) if (text.text or "").startswith("n")]
    assert min(float(text.get("y", 0)) for text in words) - top < 80


def test_everything_can_be_saved_in_the_dark(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    panel = explorer.exports.panel
    panel.what.choose(1)
    panel.themes.choose(1)
    root = ET.fromstring(save(qtbot, explorer, tmp_path / "all.svg"))
    assert {"deck", "title"} <= {text.text for text in root.iter(TEXT)}  # not of the model
    assert next(root.iter(RECT)).get("fill") == Theme("dark").color("canvas").name().upper()


def test_the_folder_is_offered_the_next_time(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    save(qtbot, explorer, tmp_path / "model.csv")
    panel = explorer.exports.panel
    panel.path.clear()
    explorer.actions["export"].trigger()
    assert panel.file.parent == tmp_path
    panel.close_panel()


def test_texts_are_copied_and_a_page_is_not(qtbot: QtBot, explorer: Explorer) -> None:
    explorer.actions["export"].trigger()
    panel, forms = explorer.exports.panel, [form.id for form in FORMS]
    panel.forms.group.button(forms.index("html")).click()
    assert not panel.copy.isEnabled()
    panel.forms.group.button(forms.index("csv")).click()
    with qtbot.waitSignal(explorer.exports.done, timeout=PATIENCE):
        panel.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("name,")
    assert len(lines) == 1 + 29


def test_texts_are_those_of_the_command_line(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    found = json.loads(save(qtbot, explorer, tmp_path / "model.json"))
    assert found == sample().restricted(sample().select(f"+{FOREST}").mask).to_json()


@pytest.mark.parametrize(
    ("form", "begin"),
    [("csv", b"name,"), ("dot", b"digraph"), ("mermaid", b"flowchart"), ("json", b"{")],
)
def test_each_text_is_made_of_the_graph(form: str, begin: bytes) -> None:
    assert made(Export(form, "light", ("titanic",), sample())).startswith(begin)


def test_a_picture_is_copied(qtbot: QtBot, explorer: Explorer) -> None:
    with qtbot.waitSignal(explorer.exports.done, timeout=PATIENCE):
        explorer.actions["copy-picture"].trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.pixelColor(2, 2).lightness() > 200) == (2880, True)


@pytest.mark.qt_log_ignore("Rejecting image")  # it says so, too
def test_a_picture_that_is_too_large_to_be_copied_is_told(qtbot: QtBot, explorer: Explorer) -> None:
    notice, limit = explorer.window.notice, QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(1)  # MB
    try:
        explorer.actions["copy-picture"].trigger()
        qtbot.waitUntil(lambda: "too large" in notice.text.text(), timeout=PATIENCE)
    finally:
        QImageReader.setAllocationLimit(limit)
    notice.choices[0].click()
    assert explorer.exports.panel.isVisible()
    explorer.exports.panel.close_panel()


def test_what_cannot_be_written_is_told_and_can_be_tried_again(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    explorer.actions["export"].trigger()
    panel, folder = explorer.exports.panel, tmp_path / "there"
    folder.mkdir()
    panel.path.setText(str(folder / "model.csv"))
    folder.rmdir()
    panel.save.click()
    qtbot.waitUntil(
        lambda: "could not be written" in explorer.window.notice.text.text(), timeout=PATIENCE
    )
    folder.mkdir()
    explorer.window.notice.choices[0].click()
    assert panel.isVisible()
    with qtbot.waitSignal(explorer.exports.done, timeout=PATIENCE):
        panel.save.click()
    assert (folder / "model.csv").exists()


def test_a_file_that_is_there_is_said_before_it_is_replaced(
    explorer: Explorer, tmp_path: Path
) -> None:
    (tmp_path / "model.svg").write_text("", encoding="utf-8")
    explorer.actions["export"].trigger()
    panel = explorer.exports.panel
    panel.path.setText(str(tmp_path / "model.svg"))
    assert (panel.form.id, panel.save.text()) == ("svg", "Replace")
    panel.path.setText(str(tmp_path / "nowhere" / "model.svg"))
    assert not panel.save.isEnabled()
    assert "nowhere" in panel.said.text()
    panel.close_panel()


def test_choosing_a_format_changes_the_file(explorer: Explorer, tmp_path: Path) -> None:
    explorer.actions["export"].trigger()
    panel = explorer.exports.panel
    panel.path.setText(str(tmp_path / "model.png"))
    for number, form in enumerate(FORMS):
        panel.forms.group.button(number).click()
        assert panel.file == tmp_path / f"model{form.suffix}"
    panel.close_panel()


@pytest.mark.parametrize("text", ["", "12", "99999"])
def test_a_size_that_cannot_be_is_told(explorer: Explorer, text: str) -> None:
    explorer.actions["export"].trigger()
    panel = explorer.exports.panel
    panel.wide.setText(text)
    assert "px" in panel.said.text()
    assert not panel.save.isEnabled()
    panel.close_panel()


def test_the_window_closes_while_a_picture_is_drawn(explorer: Explorer) -> None:
    explorer.actions["copy-picture"].trigger()
    [process] = explorer.exports.exporter.findChildren(QProcess)
    assert explorer.exports.exporter.is_busy
    explorer.window.close()
    assert not explorer.exports.exporter.is_busy
    explorer.join()
    assert process.state() == QProcess.ProcessState.NotRunning


def test_stopping_waits_for_nobody(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for a thread that still looks through what is to be saved."""
    exporter, begun, goes_on = explorer.exports.exporter, threading.Event(), threading.Event()

    def export() -> Export:
        begun.set()
        goes_on.wait(PATIENCE)
        return Export("csv", "light", (), sample())

    waited: list[object] = []
    exporter.make(export, waited.append)
    begun.wait(PATIENCE)
    with monkeypatch.context() as watched:
        watched.setattr(threading.Thread, "join", lambda *_: waited.append("a thread"))
        watched.setattr(QProcess, "waitForFinished", lambda *_: waited.append("a process"))
        exporter.stop()
    assert not exporter.is_busy
    assert waited == []
    goes_on.set()
    exporter.join()
    assert waited == []


@pytest.mark.qt_log_ignore("propagateSizeHints")  # a window beside the first, without a screen
def test_choosing_a_file_stops_nobody(qtbot: QtBot, explorer: Explorer, tmp_path: Path) -> None:
    explorer.actions["export"].trigger()
    panel = explorer.exports.panel
    panel.path.setText(str(tmp_path / "model.png"))
    qtbot.mouseClick(panel.browse, Qt.MouseButton.LeftButton)
    dialog = panel._dialog
    assert dialog is not None
    assert not dialog.isModal()
    dialog.fileSelected.emit(str(tmp_path / "other"))
    assert panel.file == tmp_path / "other.png"
    dialog.close()
    panel.close_panel()


def test_tab_goes_round_on_a_panel(qtbot: QtBot, explorer: Explorer, tmp_path: Path) -> None:
    explorer.actions["export"].trigger()
    panel = explorer.exports.panel
    panel.path.setText(str(tmp_path / "model.png"))
    panel.save.setFocus()
    seen = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert panel.isAncestorOf(focus)
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert {panel.path, panel.browse, panel.copy, panel.save, panel.wide} <= set(seen)
    assert seen.index(panel.path) < seen.index(panel.copy)
    panel.close_panel()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "*",
            "A picture of 37 nodes cannot be read. Ask for at most 20, such as a module or 3+model",
        ),
        ("kind:config", "Nothing is visible."),
    ],
)
def test_why_no_picture_is_copied_is_told(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch, query: str, told: str
) -> None:
    monkeypatch.setattr("explorer_app.model.exports.MOST_DRAWN", 20)
    assert explorer.session is not None
    explorer.session.ask(query)
    explorer.actions["copy-picture"].trigger()
    assert explorer.window.statusBar().currentMessage().startswith(told)
    assert not explorer.exports.exporter.is_busy


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of the dialog, without a screen
@pytest.mark.parametrize("text", ["~", "~n", "~n/a.png", "x" * 5000, "x" * 5000 + "/a.png"])
def test_what_is_typed_on_the_way_to_a_file_is_judged(explorer: Explorer, text: str) -> None:
    explorer.actions["export"].trigger()
    panel = explorer.exports.panel
    panel.path.setText(text)
    assert panel.save.isEnabled() == (not panel.said.text())
    panel.browse.click()
    panel.findChild(QFileDialog).close()  # type: ignore[union-attr]
