"""What was open is read again: a person goes on where they were."""

import itertools
from pathlib import Path
from weakref import ref

import numpy as np
import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from explorer_app.qt.explorer import Explorer
from hamilton_ol.collector import paused
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.explorer_app.qt.conftest import show
from tests.support.inks import has_ink

PATIENCE = 60_000  # ms
FLOW = "def b(a: int) -> int:\n    return a\n\n\ndef c(b: int) -> int:\n    return b\n"
MORE = "\n\ndef d(c: int) -> int:\n    return c\n"


def chain(names: str) -> LineageGraph:
    nodes = [Node(name, name) for name in names]
    return LineageGraph(nodes, [Edge(a, b) for a, b in itertools.pairwise(names)])


def test_question_sets_and_history_go_on(started: Explorer) -> None:
    show(started, chain("abcd"), ("flow.py",))
    session = started.session
    assert session is not None
    session.ask("+c", active=1)
    session.ask("b+1")
    session.select([2])
    show(started, chain("xabce"), ("flow.py",))
    again = started.session
    assert again is not None
    assert again is not session
    assert again.state.query == "b+1"
    assert [again.graph.ids[n] for n in (*again.selected, again.active)] == ["c", "b"]
    again.back()
    assert again.state.query == "+c"
    assert {again.graph.ids[n] for n in again.visible.numbers} == {"x", "a", "b", "c"}


def test_what_was_shown_before_is_let_go_at_once(started: Explorer) -> None:
    show(started, chain("abcd"), ("flow.py",))
    started.ask("+c")
    session = started.session
    assert session is not None
    parts: list[object] = [session, session.graph, started.window.canvas.prepared]
    before = [ref(part) for part in parts]
    del session, parts
    with paused():
        show(started, chain("abce"), ("flow.py",))
        assert [one() for one in before] == [None] * 3


def test_what_is_gone_is_not_selected_any_more(started: Explorer) -> None:
    show(started, chain("abcd"), ("flow.py",))
    session = started.session
    assert session is not None
    session.ask("")
    session.select([1, 3])
    show(started, chain("abc"), ("flow.py",))
    again = started.session
    assert again is not None
    assert {again.graph.ids[n] for n in again.selected} == {"b"}
    again.ask("+c")
    again.back()
    assert {again.graph.ids[n] for n in again.selected} == {"b"}


def test_a_question_that_has_no_answer_any_more_stays_and_says_why(started: Explorer) -> None:
    show(started, chain("abcd"), ("flow.py",))
    session = started.session
    assert session is not None
    session.ask("+d")
    show(started, chain("abc"), ("flow.py",))
    again = started.session
    assert again is not None
    assert again.state.query == "+d"
    assert again.error is not None
    assert len(again.visible) == 3
    bar = started.top.query
    assert "d" in bar.problem
    left = bar.edit.geometry().left()
    said = bar.grab(QRect(left, 4, 200, bar.height() - 8))
    assert has_ink(said, started.style.color("status.failed"))


def test_the_view_stays_and_so_does_what_is_in_it(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    started.settings.trust([tmp_path])
    file, canvas = tmp_path / "flow.py", started.window.canvas
    file.write_text(FLOW, encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open(("flow.py",))
    qtbot.waitUntil(lambda: not started.window.progress.isVisible(), timeout=PATIENCE)
    canvas.zoom_to(1.4)
    session = started.session
    assert session is not None
    session.select([session.graph.index["b"]])
    before = canvas.node_rect(_card(started, "b"))
    file.write_text(FLOW + MORE, encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.actions["reload"].trigger()
    assert started.session is not None
    assert "d" in started.session.graph.index
    assert canvas.view.zoom == pytest.approx(1.4)
    after = canvas.node_rect(_card(started, "b"))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1)


def test_cards_stay_in_their_order_although_another_one_would_be_better_now(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    started.settings.trust([tmp_path])
    file, takers = tmp_path / "flow.py", [f"b{n}" for n in range(6)]
    text = "\n".join(f"def {name}(a: int) -> int:\n    return a\n" for name in takers)
    file.write_text(text, encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open(("flow.py",))
    started.actions["everything"].trigger()
    before = [_boxes(started)[_card(started, name), 1] for name in takers]
    more = ["def c(b5: int, b0: int) -> int: ...\n", "def d(b4: int, b1: int) -> int: ...\n"]
    file.write_text("\n".join([text, *more]), encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.actions["reload"].trigger()
    after = [_boxes(started)[_card(started, name), 1] for name in takers]
    assert np.argsort(after).tolist() == np.argsort(before).tolist()


def _card(explorer: Explorer, name: str) -> int:
    assert explorer.window.canvas.prepared is not None
    return explorer.window.canvas.prepared.scene.cards.names.index(name)


def test_code_is_shown_before_it_is_imported_and_nothing_jumps(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    started.settings.trust([tmp_path])
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    with qtbot.waitSignals([started.drafted, started.ready], timeout=PATIENCE, order="strict"):
        started.open(("flow.py",))
        boxes = []
        started.drafted.connect(lambda: boxes.append(_boxes(started)))
    np.testing.assert_allclose(boxes[0], _boxes(started), atol=0.01)
    assert started.opened is not None
    assert not started.opened.graph.problems


def _boxes(explorer: Explorer) -> np.ndarray:
    assert explorer.window.canvas.prepared is not None
    return explorer.window.canvas.prepared.scene.boxes.copy()


def test_of_a_large_dataflow_the_rest_is_arranged_when_it_is_wanted(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [f"def n{n}(n{n - 1}: int) -> int:\n    return 1\n" for n in range(1, 9)]
    lines += [f"def m{n}(x: int) -> int:\n    return x\n" for n in range(400)]
    (tmp_path / "flow.py").write_text("\n\n".join(lines), encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open(("flow.py",))
    session = started.session
    assert session is not None
    assert session.state.is_isolated
    with qtbot.waitSignal(started.scenes.shown, timeout=PATIENCE):
        started.actions["context"].trigger()
    assert np.isfinite(_boxes(started)).all()


def test_what_was_done_with_a_draft_stays_when_the_code_is_imported(started: Explorer) -> None:
    show(started, chain("abcd"), ("flow.py",), is_draft=True)
    session = started.session
    assert session is not None
    session.ask("+b")
    show(started, chain("abcd"), ("flow.py",))
    assert started.session is not None
    assert started.session.state.query == "+b"


def test_a_question_from_the_command_line_is_asked_of_what_is_whole(started: Explorer) -> None:
    started.sessions.query = "c..d"
    show(started, chain("abc"), ("flow.py",), is_draft=True)
    show(started, chain("abcd"), ("flow.py",))
    assert started.session is not None
    assert started.session.state.query == "c..d"
    assert len(started.session.visible) == 2
