"""The process that reads, and whose code it may run."""

import gc
import io
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from explorer_app.loading.child import Worker
from explorer_app.loading.frames import Frames, framed, opened_aside, read
from explorer_app.loading.messages import (
    Arrange,
    Arranged,
    Draft,
    Failed,
    Foresee,
    ListRuns,
    Load,
    Progress,
    Runs,
    Watched,
)
from explorer_app.loading.reading import Reading
from explorer_app.loading.trust import SAMPLE, code_folders, untrusted
from hamilton_ol.collector import paused
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.graphcards import cards_of
from tests.support.samples import sample


def answers(*messages: object) -> list[object]:
    """What the process says to these."""
    source, sink = io.BytesIO(b"".join(map(framed, messages))), io.BytesIO()
    Worker(source, sink, clock=iter(range(100_000)).__next__).run()
    return list(Frames().feed(sink.getvalue()))


def test_a_graph_is_read_and_arranged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flow.py").write_text("def b(a: int) -> int:\n    return a\n", encoding="utf-8")
    cards = cards_of(sample())
    sizes = np.full((len(cards.cards), 2), 60.0)
    asked = Arrange(cards.cards, cards.links, sizes)
    stage, _, _, graph, arranging, found = answers(Load(("flow.py",), executes=False), asked)
    assert stage == Progress("Reading")
    assert isinstance(graph, LineageGraph)
    assert set(graph) == {"a", "b"}
    assert arranging == Progress("Arranging", 0, len(cards.cards))
    assert isinstance(found, Arranged)
    assert np.isfinite(found.places.boxes).all()
    (again,) = (a for a in answers(replace(asked, memory=found.memory)) if isinstance(a, Arranged))
    assert np.abs(again.places.boxes - found.places.boxes).max() < 4.0


def test_what_the_text_says_is_told_before_the_code_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "def a(x: int) -> int:\n    return x\n"
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    _, _, _, draft, stage, _, graph = answers(Load(("flow.py",), drafts=True))
    assert isinstance(draft, Draft)
    assert isinstance(graph, LineageGraph)
    assert stage == Progress("Importing")
    assert set(draft.graph) == set(graph) == {"a", "x"}
    assert draft.graph.problems
    assert not graph.problems


def test_what_is_foreseen_is_read_before_it_is_asked_for_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file, asked, told = tmp_path / "flow.py", Load(("flow.py",), executes=False), list[object]()
    file.write_text("def a(x: int) -> int:\n    return x\n", encoding="utf-8")
    before = {str(file): (file.stat().st_mtime_ns, file.stat().st_size)}
    reading = Reading()
    reading.foresee(Foresee(asked.sources))
    file.write_text("def later(x: int) -> int:\n    return x\n", encoding="utf-8")
    found = [set(reading.graph_of(asked, told.append, lambda *_: None)) for _ in range(2)]
    assert found == [{"a", "x"}, {"later", "x"}]
    assert next(one for one in told if isinstance(one, Watched)).files == before


def test_code_that_was_foreseen_is_told_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flow.py").write_text("def a(x: int) -> int:\n    return x\n", encoding="utf-8")
    asked = Load(("flow.py",), drafts=True)
    foreseen, usual = answers(Foresee(asked.sources), asked), answers(asked)
    assert [*map(type, foreseen)] == [*map(type, usual)]
    assert isinstance(foreseen[3], Draft)
    assert isinstance(usual[3], Draft)
    assert foreseen[3].graph == usual[3].graph


def test_nothing_is_told_before_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def", encoding="utf-8")
    sources = [str(tmp_path / name) for name in ("nowhere.py", "broken.py")]
    assert answers(*(Foresee((source,)) for source in sources)) == []


def test_what_goes_wrong_is_told_with_a_way_out(tmp_path: Path) -> None:
    *_, failed = answers(Load((str(tmp_path / "nowhere.py"),)))
    assert isinstance(failed, Failed)
    assert "nowhere.py" in failed.message
    assert failed.hint


def test_no_store_is_no_runs(tmp_path: Path) -> None:
    assert answers(ListRuns(str(tmp_path / "nowhere"))) == [Runs(())]


def test_messages_come_whole_in_whatever_pieces() -> None:
    content = framed(Progress("one", 1, 2)) + framed(Failed("two"))
    frames = Frames()
    found = [
        message
        for place in range(len(content))
        for message in frames.feed(content[place : place + 1])
    ]
    assert found == [Progress("one", 1, 2), Failed("two")]


def test_a_large_message_is_looked_through_for_garbage_as_it_comes() -> None:
    message = [tuple(f"text {column} {row}" for row in range(2000)) for column in range(50)]
    with paused():
        found = opened_aside([framed(message)[8:]])
    assert found == message
    assert sum(map(gc.is_tracked, found)) < len(found) / 5


@pytest.mark.parametrize("content", [b"", b"\0\0", struct.pack(">Q", 10) + b"x"])
def test_a_message_that_is_cut_off_is_the_end(content: bytes) -> None:
    with pytest.raises(EOFError):
        read(io.BytesIO(content))


@pytest.mark.parametrize(
    "source", ["run:latest", "store", "events:x.ndjson", "marquez:http://localhost:1#x", "g.json"]
)
def test_what_is_only_read_needs_no_trust(source: str, tmp_path: Path) -> None:
    assert code_folders([source], tmp_path) == []


def test_code_needs_trust_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    asked = ["flow.py", "pkg", "git:main", "module:pkg.mod", "module:nowhere_at_all"]
    assert code_folders(["git:a.json"], tmp_path) == [tmp_path.resolve()]  # a branch
    folders = code_folders(asked, tmp_path)
    assert folders == [tmp_path.resolve(), (tmp_path / "pkg").resolve()]
    assert untrusted(folders, [tmp_path]) == []
    assert untrusted(folders, [tmp_path / "pkg"]) == [tmp_path.resolve()]


def test_a_revision_of_another_repository_needs_no_trust_here(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    folders = code_folders(["git:main", str(tmp_path / "pkg")], tmp_path / "here")
    assert folders == [(tmp_path / "pkg").resolve()]


def test_a_module_here_that_is_called_as_a_trusted_one_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "hamilton_ol.py").write_text("", encoding="utf-8")
    folders = code_folders(["module:hamilton_ol.demo"], tmp_path)
    assert untrusted(folders, []) == [tmp_path.resolve()]


def test_the_sample_is_trusted(tmp_path: Path) -> None:
    assert untrusted(code_folders(SAMPLE, tmp_path), []) == []


def test_the_modules_of_a_project_need_trust(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code_folders([], tmp_path) == []
    text = '[tool.hamilton_ol]\nmodules = ["flow.py"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert code_folders([], tmp_path) == [tmp_path.resolve()]


@pytest.mark.parametrize(
    ("source", "when"), [("marquez:nowhere", "again with F5"), ("gone.py", "a file is saved")]
)
def test_what_cannot_be_read_again_says_when_it_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, when: str
) -> None:
    monkeypatch.chdir(tmp_path)
    failed = answers(Load((source,), executes=False, before=()))[-1]
    assert isinstance(failed, Failed)
    assert when in failed.hint
