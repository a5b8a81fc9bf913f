"""The table of settings: what wins, what is left out, and who is told."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol import OpenLineageHook
from hamilton_ol.config import SETTINGS, Settings, resolve
from hamilton_ol.errors import SettingError
from tests.support.flows import Flows, build

ALL = [setting.name for setting in SETTINGS]
PLAIN = [setting for setting in SETTINGS if setting.name != "targets"]  # see test_targets.py
NAMES = [setting.name for setting in PLAIN]

#: A setting: (value that means something, as text, as parsed), a value that means nothing.
VALUES: dict[str, tuple[Any, str, Any, str]] = {
    "job_name": ("titanic", "titanic", "titanic", "  "),
    "namespace": ("prod", "prod", "prod", " "),
    "store": ("/data/runs", "/data/runs", Path("/data/runs"), "~nobody-at-all/x"),
    "granularity": ("dag", "DAG ", "dag", "column"),
    "source_namespace": ("warehouse", "warehouse", "warehouse", " "),
    "sources": ({"a": "b"}, '{"a": "b"}', {"a": "b"}, "a=b"),
    "modules": (["a.b", "c.py"], "a.b, c.py", ("a.b", "c.py"), ""),
    "questions": ({"a": "b+"}, '{"a": "b+"}', {"a": "b+"}, "a=b"),
    "sensitive_tags": (["A", "B"], "A, B", ("A", "B"), ""),
    "config": ({"a": 1}, '{"a": 1}', {"a": 1}, "a=1"),
    "profile": ("generic", "GENERIC", "generic", "atlas"),
    "record_level": ("full", "Full", "full", "some"),
    "send_level": ("minimal", "minimal ", "minimal", "none"),
    "record_values": (["a", "b"], "a, b,", ("a", "b"), ""),
    "mask": (["iban"], "iban", ("iban",), ""),
    "sample": (0.25, "0.25", 0.25, "1.5"),
    "retention_days": (7, "7", 7, "-1"),
    "retention_bytes": (1_000_000, "1_000_000", 1_000_000, "1GB"),
    "exit_seconds": (2.5, "2.5", 2.5, "-1"),
    "disabled": (True, "yes", True, "perhaps"),
}
CAN_BE_WRONG = [name for name in NAMES if VALUES[name][3]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The pyproject.toml of a project without settings of ours."""
    path = tmp_path / "project" / "pyproject.toml"
    path.parent.mkdir()
    path.write_text("[project]\nname = 'x'\n", encoding="utf-8")
    return path


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def write(project: Path, **values: Any) -> Path:
    """Give the project these settings; its folder."""
    lines = [f"{key} = {toml(value)}" for key, value in values.items()]
    project.write_text("[tool.hamilton_ol]\n" + "\n".join(lines), encoding="utf-8")
    return project.parent


def test_the_table_and_the_settings_are_the_same() -> None:
    assert list(Settings._fields[: len(ALL)]) == ALL
    assert set(VALUES) == set(NAMES)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_has_a_sentence_and_a_variable_of_its_name(setting: Any) -> None:
    assert setting.doc[0].isupper()
    assert setting.doc.endswith(".")
    assert setting.variables[0] == f"HAMILTON_OL_{setting.name.upper()}"


def test_without_anything_there_are_defaults(project: Path) -> None:
    found = resolve(environ={}, folder=project.parent)
    assert found.origins == dict.fromkeys(ALL, "default")
    assert [found.value(s.name) for s in SETTINGS] == [s.default for s in SETTINGS]
    assert found.problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_is_taken_from_the_project(project: Path, name: str) -> None:
    written, _, parsed, _ = VALUES[name]
    found = resolve(environ={}, folder=write(project, **{name: written}))
    assert (found.value(name), found.origins[name]) == (parsed, str(project))


@pytest.mark.parametrize(("name", "variable"), [(s.name, v) for s in PLAIN for v in s.variables])
def test_a_variable_comes_before_the_project(project: Path, name: str, variable: str) -> None:
    _, text, parsed, _ = VALUES[name]
    folder = write(project, **{name: [] if isinstance(parsed, tuple) else parsed_other(parsed)})
    found = resolve(environ={variable: text}, folder=folder)
    assert (found.value(name), found.origins[name]) == (parsed, variable)
    assert found.problems == ()


def parsed_other(parsed: Any) -> Any:
    """Some other value of the same kind."""
    other = {str: "standard", int: 5, float: 0.5, bool: False, dict: {}}
    return "/other" if isinstance(parsed, Path) else other[type(parsed)]


@pytest.mark.parametrize("name", NAMES)
def test_an_argument_comes_before_all(project: Path, name: str) -> None:
    written, _, parsed, _ = VALUES[name]
    variables = {v: "1" for s in SETTINGS for v in s.variables if s.name == name}
    found = resolve({name: written}, environ=variables, folder=project.parent)
    assert (found.value(name), found.origins[name]) == (parsed, "argument")
    assert found.problems == ()


def test_of_two_variables_the_first_wins() -> None:
    both = {"HAMILTON_OL_NAMESPACE": "ours", "OPENLINEAGE_NAMESPACE": "theirs"}
    assert resolve(environ=both).namespace == "ours"
    assert resolve(environ={**both, "HAMILTON_OL_NAMESPACE": ""}).namespace == "theirs"


@pytest.mark.parametrize("variable", ["HAMILTON_OL_DISABLED", "OPENLINEAGE_DISABLED"])
@pytest.mark.parametrize(
    ("text", "is_disabled"),
    [
        *((text, True) for text in ("1", "true", "TRUE", "yes", " Yes ", "on")),
        *((text, False) for text in ("0", "false", "no", "off", "")),
    ],
)
def test_recording_is_disabled_by_a_word(variable: str, text: str, *, is_disabled: bool) -> None:
    found = resolve(environ={variable: text})
    assert (found.disabled, found.problems) == (is_disabled, ())


# --- what means nothing --------------------------------------------------------------------------


@pytest.mark.parametrize("name", CAN_BE_WRONG)
def test_a_variable_that_means_nothing_is_left_out_and_named(project: Path, name: str) -> None:
    written, _, parsed, wrong = VALUES[name]
    variable = f"HAMILTON_OL_{name.upper()}"
    found = resolve(environ={variable: wrong}, folder=write(project, **{name: written}))
    assert (found.value(name), found.origins[name]) == (parsed, str(project))
    (problem,) = found.problems
    assert problem.startswith(f"{name}: {variable} holds {wrong!r}, expected ")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wrong", [-3.5, [1], {"a": 1}, ""], ids=repr)
def test_a_value_in_the_project_that_means_nothing_is_left_out(
    project: Path, name: str, wrong: Any
) -> None:
    folder = write(project, **{name: wrong})
    means_nothing = (
        name in ("record_values", "mask", "disabled", "modules", "sensitive_tags") and wrong == ""
    )
    if means_nothing or (name == "config" and isinstance(wrong, dict)):
        assert resolve(environ={}, folder=folder).problems == ()  # nothing, said in another way
        return
    found = resolve(environ={}, folder=folder)
    assert found.origins[name] == "default"
    (problem,) = found.problems
    assert problem.startswith(f"{name}: {project} holds {wrong!r}, expected ")


@pytest.mark.parametrize("name", CAN_BE_WRONG)
def test_an_argument_that_means_nothing_is_refused_with_what_it_is_for(name: str) -> None:
    with pytest.raises(SettingError, match=f"{name}: argument holds") as caught:
        resolve({name: VALUES[name][3]}, environ={})
    assert caught.value.hint == next(s.doc for s in SETTINGS if s.name == name)


@pytest.mark.parametrize(
    "wrong", ['{"a": "postgres://ada:hunter2@db"', "x" * 500, "ada:hunter2@db"]
)
def test_a_wrong_value_is_repeated_only_where_that_is_harmless(wrong: str) -> None:
    (problem,) = resolve(environ={"HAMILTON_OL_SOURCES": wrong}).problems
    assert problem.startswith("sources: HAMILTON_OL_SOURCES holds a value, expected a table")


@pytest.mark.parametrize(
    ("key", "meant"), [("namspace", "; is namespace meant?"), ("wholly_other", "")]
)
def test_a_setting_that_there_is_not_is_named(project: Path, key: str, meant: str) -> None:
    found = resolve(environ={}, folder=write(project, **{key: 1}))
    assert found.problems == (f"{key}: {project} has it, but there is no such setting{meant}",)


JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), JSON | st.dictionaries(st.text(), JSON)))
def test_an_argument_is_understood_or_refused_as_a_setting(arguments: dict[str, Any]) -> None:
    try:
        found = resolve(arguments, environ={})
    except SettingError:
        return
    given = {name for name, value in arguments.items() if value is not None}
    assert {name for name, origin in found.origins.items() if origin == "argument"} == given


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([s.variables[0] for s in PLAIN]), st.text()))
def test_no_variable_stops_anybody(environ: dict[str, str]) -> None:
    found = resolve(environ=environ)
    assert len(found.problems) <= len(environ)


# --- who is told ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("warned")
def test_a_hook_goes_on_without_what_means_nothing(
    flows: Flows,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("HAMILTON_OL_RECORD_LEVEL", "everything")
    flow = flows.module("def a(x: int) -> int:\n    return x\n")
    dr = build([flow], OpenLineageHook("job", store=store))
    assert dr.execute(["a"], inputs={"x": 1}) == {"a": 1}
    (record,) = caplog.records
    assert record.getMessage() == (
        "A setting is left out: record_level: HAMILTON_OL_RECORD_LEVEL holds 'everything', "
        "expected one of minimal, standard, full"
    )


def test_a_hook_is_made_in_a_folder_that_is_gone(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert OpenLineageHook("job").problems == {}
    assert resolve(environ={}).problems == ()
    (problem,) = resolve(environ={"HAMILTON_OL_STORE": "relative"}).problems
    assert "HAMILTON_OL_STORE holds 'relative', expected a path" in problem
