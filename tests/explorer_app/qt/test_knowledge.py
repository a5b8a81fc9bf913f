"""What is learnt beside a graph: who changed what last, and other runs."""

import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer_app.model.page import Fact
from explorer_app.model.runs import run_rows
from explorer_app.qt.explorer import Explorer
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.store.reader import StoreReader
from tests.explorer_app.qt.conftest import show
from tests.support.repositories import use_old_git
from tests.support.stores import OTHER, RUN, plain_store

PATIENCE = 60_000  # ms
GIT = ("git", "-c", "user.name=Ada", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")


def committed(folder: Path) -> Path:
    """A file in a repository."""
    file = folder / "flow.py"
    file.write_text("def a():\n    return 1\n\n\ndef b(a):\n    return a\n", encoding="utf-8")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)
    return file


def test_the_lens_of_changes_asks_git_once(qtbot: QtBot, started: Explorer, tmp_path: Path) -> None:
    file = str(committed(tmp_path))
    nodes = [Node(n, n, module="flow", function=f"flow.{n}", file=file, line=1) for n in "ab"]
    show(started, LineageGraph(nodes, [Edge("a", "b")]), ("flow.py",))
    session = started.session
    assert session is not None
    started.actions["lens-change"].trigger()
    assert started.window.canvas.state.legend.title == ""  # of nothing, as yet
    qtbot.waitUntil(lambda: bool(session.changes), timeout=PATIENCE)
    assert {change.author for change in session.changes.values()} == {"Ada"}
    assert started.window.canvas.state.legend.entries[0].label == "Ada"
    session.select([1])
    page = started.window.inspector.page
    assert page is not None
    assert (
        Fact("Ada", "just now") in next(s for s in page.sections if s.title == "Last change").lines
    )
    started.actions["lens-none"].trigger()
    started.actions["lens-change"].trigger()
    assert not started.knowledge.is_busy


def test_the_setting_says_which_tags_mark_personal_data(
    started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = '[tool.hamilton_ol]\nsensitive_tags = ["secret"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    show(started, LineageGraph([Node("a", "a", tags={"Secret": "true"})], []), ("flow.py",))
    started.actions["lens-pii"].trigger()
    assert started.session is not None
    assert (started.session.state.lens, started.session.state.query) == ("pii", "tag:Secret=true+")


def test_where_git_knows_nothing_that_is_told(
    qtbot: QtBot, started: Explorer, tmp_path: Path
) -> None:
    (tmp_path / "flow.py").write_text("def a(): ...\n", encoding="utf-8")
    file = str(tmp_path / "flow.py")
    show(started, LineageGraph([Node("a", "a", function="flow.a", file=file)], []), ("flow.py",))
    started.actions["lens-change"].trigger()
    bar = started.window.statusBar()
    qtbot.waitUntil(lambda: "Git knows nothing" in bar.currentMessage(), timeout=PATIENCE)


def test_why_git_is_not_to_be_asked_is_told(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(committed(tmp_path))
    subprocess.run([*GIT, "config", "filter.odd.clean", "false"], cwd=tmp_path, check=True)
    use_old_git(monkeypatch, tmp_path / "bin")
    node = Node("a", "a", module="flow", function="flow.a", file=file, line=1)
    show(started, LineageGraph([node], []), ("flow.py",))
    started.actions["lens-change"].trigger()
    bar = started.window.statusBar()
    qtbot.waitUntil(lambda: "git 2.30 would run" in bar.currentMessage(), timeout=PATIENCE)
    assert bar.currentMessage().endswith("git 2.31 or newer can leave them out.")


def test_other_runs_of_the_job_are_read(qtbot: QtBot, started: Explorer, tmp_path: Path) -> None:
    store = plain_store(tmp_path, RUN, OTHER)
    started.opening._store = started.knowledge._store = str(store)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open((f"run:{RUN}",))
    session = started.session
    assert session is not None
    started.knowledge.runs_listed(run_rows(StoreReader(store).runs(), 0.0))
    qtbot.waitUntil(lambda: len(session.runs) == 2, timeout=PATIENCE)
    assert {run.run_id for run in session.runs} == {RUN, OTHER}
