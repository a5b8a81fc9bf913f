"""Queries with a name: whose they are, what they may be called, where they are kept."""

from pathlib import Path

import pytest

from explorer_app.model.savedqueries import SavedQueries, of_project, place_of
from explorer_app.model.session import Session
from tests.support.samples import FOREST, sample


@pytest.fixture
def kept() -> dict[str, str]:
    return {}


@pytest.fixture
def saved(kept: dict[str, str]) -> SavedQueries:
    def keep(own: dict[str, str]) -> None:
        kept.clear()
        kept.update(own)

    return SavedQueries({"inputs": "kind:input"}, {"gdpr": "tag:PII=true+"}, keep)


def test_what_is_saved_can_be_asked_by_its_name(saved: SavedQueries) -> None:
    saved.save("model", f"+{FOREST}")
    session = Session(sample(), saved)
    assert session.ask("$model and $inputs")
    assert len(session.visible) == 6


def test_a_change_is_kept_at_once(saved: SavedQueries, kept: dict[str, str]) -> None:
    saved.save("model", "+model")
    saved.rename("inputs", "given")
    assert kept == {"given": "kind:input", "model": "+model"}
    saved.delete("given")
    assert kept == {"model": "+model"}
    assert list(saved) == ["gdpr", "model"]


def test_the_project_s_queries_stay_as_they_are(saved: SavedQueries, kept: dict[str, str]) -> None:
    saved.save("gdpr", "*")
    saved.delete("gdpr")
    saved.rename("gdpr", "other")
    assert saved["gdpr"] == "tag:PII=true+"
    assert kept == {}
    assert not saved.is_own("gdpr")


@pytest.mark.parametrize("name", ["", "two words", "a$b", "x" * 61, "gdpr"])
def test_a_name_that_cannot_be_is_refused_with_a_sentence(saved: SavedQueries, name: str) -> None:
    assert saved.problem(name)
    saved.save(name, "*")
    saved.rename("inputs", name)
    assert set(saved) == {"gdpr", "inputs"}


def test_one_is_not_renamed_over_another(saved: SavedQueries) -> None:
    saved.save("model", "+model")
    saved.rename("model", "inputs")
    assert dict(saved) == {
        "gdpr": "tag:PII=true+",
        "inputs": "kind:input",
        "model": "+model",
    }


def test_all_runs_of_a_dataflow_share_their_queries_and_other_sources_do_not() -> None:
    graph = sample()
    assert place_of(("run:1",), graph) == place_of(("run:latest",), graph)
    assert place_of(("run:1",), graph) != place_of(("flow.py",), graph)
    assert place_of(("flow.py",), graph) == place_of((str(Path("flow.py").absolute()),), graph)


def test_the_project_of_a_source_has_queries_too(tmp_path: Path) -> None:
    text = '[tool.hamilton_ol]\nquestions = { gdpr = "tag:PII+" }\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    (tmp_path / "flow.py").write_text("", encoding="utf-8")
    assert of_project((str(tmp_path / "flow.py"),)) == {"gdpr": "tag:PII+"}
    assert of_project(("run:latest",)) == {}
