"""What a person types, picks or drops, as sources."""

import json
from pathlib import Path

import pytest

from explorer_app.model import sources
from hamilton_ol.errors import DataflowError


def test_a_folder_is_whole_whatever_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "pkg").mkdir()
    assert sources.of_folder(" pkg ").sources == (str(tmp_path / "pkg"),)
    assert sources.of_folder("~/pkg").sources == (str(tmp_path / "pkg"),)


def test_what_is_not_there_is_named_with_what_is(tmp_path: Path) -> None:
    with pytest.raises(DataflowError, match="nowhere") as error:
        sources.of_folder(str(tmp_path / "no" / "nowhere"))
    assert str(tmp_path) in error.value.hint


@pytest.mark.parametrize("ask", [sources.of_folder, sources.of_file])
def test_nothing_is_no_path(ask: object) -> None:
    with pytest.raises(DataflowError, match="Which"):
        ask("  ")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.ndjson", "", "events:"),
        ("a.ndjson.gz", "", "events:"),
        ("a.json", json.dumps({"eventTime": "2026-01-01"}), "events:"),
        ("a.json", json.dumps([{"eventType": "START"}]), "events:"),
        ("a.json", json.dumps({"hamilton_ol.run_id": "x"}), "stamp:"),
        ("a.json", json.dumps({"nodes": []}), ""),
        ("a.py", "", ""),
    ],
)
def test_a_file_is_opened_as_what_is_in_it(
    name: str, content: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert sources.of_file(str(path)).sources == (f"{kind}{path}",)


def test_a_folder_of_events_is_events_and_one_with_python_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").touch()
    assert sources.source_of(str(tmp_path)) == f"events:{tmp_path}"
    (tmp_path / "flow.py").touch()
    assert sources.source_of(str(tmp_path)) == str(tmp_path)


def test_a_revision_needs_both_and_its_folder_may_be_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert sources.of_revision(" v1 ", str(gone)).sources == ("git:v1", str(gone))
    with pytest.raises(DataflowError, match="revision"):
        sources.of_revision("", str(tmp_path))
    with pytest.raises(DataflowError, match="folder"):
        sources.of_revision("v1", "")


def test_an_address_may_lack_what_is_usual() -> None:
    asked = sources.of_marquez(" localhost:5000/ ", " shop ", " t ")
    assert asked == sources.Asked(("marquez:http://localhost:5000#shop",), "t")
    assert sources.of_marquez("https://m", "").sources == ("marquez:https://m",)


@pytest.mark.parametrize("url", ["", "ftp://x", "http://", "http://x:y", "http://x#y"])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(DataflowError):
        sources.of_marquez(url, "")


@pytest.mark.parametrize("url", ["http://me:hunter2@x", "http://x?api_key=hunter2"])
def test_a_secret_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(DataflowError) as error:
        sources.of_marquez(url, "")
    assert "hunter2" not in f"{error.value}{error.value.hint}"


def test_what_is_written_down_has_no_secret() -> None:
    source = "marquez:http://me:hunter2@x:5000?key=hunter2#shop"
    assert sources.remembered(source) == "marquez:http://x:5000#shop"
    assert sources.remembered("flow.py") == "flow.py"
    assert "hunter2" not in repr(sources.Asked(("a",), "hunter2"))
