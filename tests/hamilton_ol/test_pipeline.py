"""The parts, put together."""

import json
import os
import platform
from pathlib import Path

import pytest

import hamilton_ol
from hamilton_ol import pipeline
from hamilton_ol.config import resolve
from hamilton_ol.errors import StoreMissingError
from hamilton_ol.store.writers import place_of, writer_for
from tests.support.flows import Flows, execute
from tests.support.stores import plain_store, run_lines, segment

FLOW = "def a(x: int) -> int:\n    return x\n"


def test_a_segment_begins_with_who_writes_it(flows: Flows, store: Path) -> None:
    execute(flows.module(FLOW), ["a"], store, inputs={"x": 1})
    (path,) = store.glob("segments/*/*.ndjson")
    first = json.loads(path.read_bytes().splitlines()[0])
    assert (first["v"], first["k"]) == (1, "segment")
    assert first["process"]["pid"] == os.getpid()
    assert first["version"] == hamilton_ol.__version__
    assert first["python"] == platform.python_version()


def test_a_store_has_one_writer_in_a_process(store: Path) -> None:
    assert writer_for(store) is writer_for(store)
    assert writer_for(store) is not writer_for(store / "other")


def test_what_is_not_there_cannot_be_opened(store: Path) -> None:
    with pytest.raises(StoreMissingError, match=str(store)):
        pipeline.open_store(store)


def test_the_store_of_the_project_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "below").mkdir()
    plain_store(tmp_path / ".hamilton_ol")
    monkeypatch.chdir(tmp_path / "below")
    assert pipeline.open_store(None).root == tmp_path / ".hamilton_ol" == place_of(None)


def test_settings_decide_what_events_look_like(store: Path) -> None:
    segment(store, *run_lines(job="a b", namespace="team"))
    run = pipeline.open_store(store).run("latest")

    def sources(profile: str | None, level: str) -> str:
        settings = resolve({"send_level": level}, environ={})
        mapper = pipeline.event_mapper(settings, profile)
        return "".join(event.text for event in mapper.events(run))

    assert sources(None, "standard") == sources("marquez", "standard")
    assert sources("generic", "standard") != sources(None, "standard")
    assert sources(None, "minimal") != sources(None, "standard")


def test_reading_says_how_far_it_is(store: Path) -> None:
    told: list[tuple[int, int]] = []
    pipeline.open_store(plain_store(store), lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
