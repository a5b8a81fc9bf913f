"""Targets: where they are set, what each one gets, and what is left out."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.config import PROFILES, Settings, resolve
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.errors import SettingError

MARQUEZ, ARCHIVE = "http://localhost:5000/api/v1/lineage", "https://archive.example/api/v1/lineage"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The pyproject.toml of a project with two targets."""
    path = tmp_path / "project" / "pyproject.toml"
    path.parent.mkdir()
    path.write_text(
        '[tool.hamilton_ol.targets]\nmarquez = "http://localhost:5000"\n'
        '[tool.hamilton_ol.targets.archive]\nurl = "https://archive.example"\n'
        'granularity = "dag"\nprofile = "generic"\nsend_level = "minimal"\nsample = 0.5\n'
        'api_key_env = "ARCHIVE_KEY"\nca_file = "ca.pem"\nanswer_timeout = 3\n',
        encoding="utf-8",
    )
    return path


def addresses(settings: Settings) -> dict[str, str]:
    """{name: address} of all targets."""
    return {spec.name: spec.address for spec in settings.targets}


def test_each_target_of_the_project_has_its_own_settings(project: Path) -> None:
    found = resolve(environ={}, folder=project.parent)
    marquez, archive = found.targets
    assert addresses(found) == {"marquez": MARQUEZ, "archive": ARCHIVE}
    assert found.problems == ()
    assert (marquez.granularity, marquez.api_key, marquez.origin) == (None, None, str(project))
    assert (archive.granularity, archive.profile, archive.send_level, archive.sample) == (
        "dag",
        "generic",
        "minimal",
        0.5,
    )
    assert archive.api_key is not None
    assert archive.api_key.variable == "ARCHIVE_KEY"
    assert archive.ca_file == project.parent / "ca.pem"
    assert (archive.answer_timeout, archive.connect_timeout) == (3.0, 5.0)


@pytest.mark.parametrize(
    "written",
    [
        "http://localhost:5000",
        ["http://localhost:5000"],
        {"any": "http://localhost:5000"},
        {"any": {"url": "http://localhost:5000"}},
        {"url": "http://localhost:5000"},
    ],
    ids=repr,
)
def test_an_argument_comes_before_all(project: Path, written: Any) -> None:
    environ = {"HAMILTON_OL_TARGETS": "http://other", "OPENLINEAGE_URL": "http://other"}
    found = resolve({"targets": written}, environ=environ, folder=project.parent)
    assert [spec.address for spec in found.targets] == [MARQUEZ]
    assert found.origins["targets"] == "argument"


def test_no_targets_may_be_asked_for(project: Path) -> None:
    found = resolve({"targets": []}, environ={}, folder=project.parent)
    assert (found.targets, found.origins["targets"]) == ((), "argument")


def test_one_wrong_target_is_left_out_and_named(project: Path) -> None:
    text = project.read_text(encoding="utf-8").replace("generic", "atlas")
    project.write_text(text, encoding="utf-8")
    found = resolve(environ={}, folder=project.parent)
    assert addresses(found) == {"marquez": MARQUEZ}
    (problem,) = found.problems
    assert problem == (
        f"targets.archive: {project}: profile: expected one of {', '.join(PROFILES)}"
    )


def test_a_wrong_argument_is_refused() -> None:
    with pytest.raises(SettingError, match="same address"):
        resolve({"targets": ["http://a", "http://a:80/api/v1"]}, environ={})


def test_a_target_can_be_made_again(project: Path) -> None:
    spec = resolve(environ={}, folder=project.parent).targets[1]
    assert resolve({"targets": spec}, environ={}).targets == (spec,)
    assert isinstance(spec, TargetSpec)


@settings(deadline=None)
@given(
    st.text() | st.text().map(lambda text: f"[{text}]") | st.text().map(lambda text: f'{{"{text}')
)
def test_no_text_in_the_variable_stops_anybody(text: str) -> None:
    for spec in resolve(environ={"HAMILTON_OL_TARGETS": text}).targets:
        assert spec.address.startswith("http")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("http://a", ["a"]),
        ("a:5000", ["a:5000"]),
        ("http://a, https://ada:secret@b:1/x", ["a", "b:1"]),
        (' ["http://a", {"url": "https://b"}]', ["a", "target-2"]),
        ('{"one": "http://a", "two": {"url": "https://b"}}', ["one", "two"]),
        ('{"url": "http://a", "granularity": "dag"}', ["target"]),
        ('{"proxy": {"url": "http://a"}, "auth": "http://b"}', ["target"]),
        ('{"proxy": {"url": "http://a"}, "other": "http://b"}', ["proxy", "other"]),
        ("{}", []),
    ],
)
def test_the_variable_holds_addresses_or_json(text: str, names: list[str]) -> None:
    found = resolve(environ={"HAMILTON_OL_TARGETS": text})
    is_wrong = "auth" in text  # a target, of which more is said than there may be
    assert [spec.name for spec in found.targets] == ([] if is_wrong else names)
    assert len(found.problems) == is_wrong


@pytest.mark.parametrize("text", ["{", "[1", "[", " "])
def test_a_variable_that_is_nothing_of_the_kind_is_named(project: Path, text: str) -> None:
    found = resolve(environ={"HAMILTON_OL_TARGETS": text}, folder=project.parent)
    assert found.problems == (
        (
            "targets: HAMILTON_OL_TARGETS holds a value, expected an address, a list of addresses, or "
            "a table of targets by their names"
        ),
    )
    assert found.origins["targets"] == str(project)


def test_the_second_target_at_one_address_is_left_out_and_named() -> None:
    text = '{"a": "http://x", "b": "http://x:80/api/v1/", "c": "http://y"}'
    found = resolve(environ={"HAMILTON_OL_TARGETS": text})
    assert list(addresses(found)) == ["a", "c"]
    assert found.problems == (
        "targets.b: HAMILTON_OL_TARGETS: target a has the same address, http://x/api/v1/lineage",
    )


def test_so_it_is_in_a_composite_of_the_client() -> None:
    children = [{"type": "http", "url": "http://x", "name": name} for name in ("a", "b")]
    transport = {"type": "composite", "transports": [*children, {"type": "console", "name": "a"}]}
    found = resolve(environ={"OPENLINEAGE__TRANSPORT": json.dumps(transport)})
    assert list(addresses(found)) == ["a"]
    first, second = found.problems
    assert "target a has the same address" in first
    assert "another target is called so too" in second


@pytest.mark.parametrize("value", [3, True, 1.5, "", [3], ["http://x", None], "http://"])
def test_a_project_that_says_nothing_of_the_kind_is_named(project: Path, value: Any) -> None:
    project.write_text(f"[tool.hamilton_ol]\ntargets = {toml(value)}\n", encoding="utf-8")
    found = resolve(environ={}, folder=project.parent)
    assert found.problems
    assert str(project) in found.problems[0]


def toml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value if item is not None) + ", [1]]"
    return str(value).lower() if isinstance(value, bool) else repr(value)
