"""How much is stored at each level, as docs/what-is-recorded.md says."""

from pathlib import Path

import pytest

from hamilton_ol import OpenLineageHook, stamp
from hamilton_ol.records import Run
from hamilton_ol.store.writers import flush_all
from tests.support.flows import Flows, build, latest

FLOW = """
    import json

    import pandas as pd
    from hamilton.function_modifiers import dataloader, tag

    @dataloader()
    def people(path: str) -> tuple[pd.DataFrame, dict]:
        return pd.read_csv(path), {"file_metadata": {"path": path, "size": 11, "rows": 77}}

    @tag(owner="team-of-tags")
    def young(people: pd.DataFrame, limit: int, region: str) -> pd.DataFrame:
        "Words of documentation."
        return people[people["age"] < limit]

    def broken(young: pd.DataFrame) -> int:
        raise ValueError("words of an error")
"""


@pytest.fixture(params=["minimal", "standard", "full"])
def level(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The level, set as a person would for all programs."""
    monkeypatch.setenv("HAMILTON_OL_RECORD_LEVEL", request.param)
    return str(request.param)


@pytest.fixture
def recorded(level: str, flows: Flows, store: Path, tmp_path: Path) -> Run:
    (tmp_path / "people.csv").write_text("age\n12\n54\n")
    inputs = {"path": str(tmp_path / "people.csv"), "limit": 4711, "region": "north-north-west"}
    driver = build([flows.module(FLOW)], OpenLineageHook("job", store=store))
    with pytest.raises(ValueError, match="words of an error"):
        driver.execute(["broken"], inputs=inputs)
    assert flush_all(10)
    return latest(store)


def _bytes(store: Path) -> str:
    files = (path for path in store.rglob("*") if path.is_file() and path.name != "salt")
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


ALWAYS = ("young", "DataFrame", "team-of-tags", '"age"', "FAILED")
STANDARD = ("Words of documentation", "words of an error", "4711", '"rows":2', '"size":11')
SOURCE = ("people[people",)
FULL = ("north-north-west",)


def test_what_is_stored_is_what_the_level_allows(recorded: Run, store: Path, level: str) -> None:
    text = _bytes(store)
    stored = {
        "minimal": ALWAYS,
        "standard": ALWAYS + STANDARD + SOURCE,
        "full": ALWAYS + STANDARD + SOURCE + FULL,
    }
    for word in ALWAYS + STANDARD + SOURCE + FULL:
        assert (word in text) is (word in stored[level]), word
    assert recorded.status == "FAILED"


def test_versions_are_recorded_except_at_the_lowest_level(recorded: Run, level: str) -> None:
    is_told = level != "minimal"
    assert bool(recorded.context.python) is is_told
    assert ("pandas" in recorded.context.packages) is is_told
    assert recorded.context.complete


def test_a_stamp_is_whole_at_every_level(recorded: Run) -> None:
    facts = stamp()
    assert facts["hamilton_ol.run_id"] == recorded.run_id
    assert facts["hamilton_ol.fingerprint"] == (
        recorded.graph.fingerprint if recorded.graph else ""
    )
