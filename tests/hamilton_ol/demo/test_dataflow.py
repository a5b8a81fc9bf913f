"""The demo's dataflow: small, real, and the same for everybody."""

import csv
import io
import json
import runpy
import sys
from pathlib import Path

import pytest

from hamilton_ol.demo import passengers
from hamilton_ol.demo.__main__ import REQUESTED, build, inputs, main
from tests.support.flows import latest


def test_the_passengers_are_those_that_are_made() -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(passengers.HEADER)
    writer.writerows(passengers.passengers())
    assert made.getvalue() == passengers.FILE.read_text(encoding="utf-8")


def test_passengers_are_made_by_chance_but_always_the_same() -> None:
    assert list(passengers.passengers(5)) == list(passengers.passengers(5))
    assert list(passengers.passengers(5)) != list(passengers.passengers(5, seed=1))
    assert len(list(passengers.passengers())) == passengers.COUNT


def test_the_file_is_what_the_module_prints(capsys: pytest.CaptureFixture[str]) -> None:
    sys.modules.pop("hamilton_ol.demo.passengers")
    runpy.run_module("hamilton_ol.demo.passengers", run_name="__main__")
    assert capsys.readouterr().out == passengers.FILE.read_text(encoding="utf-8")


def test_the_model_is_better_than_a_guess() -> None:
    wanted = [*REQUESTED, "X_test", "y_test"]
    made = build().execute([*wanted], inputs=inputs())
    assert made["fit_random_forest"].score(made["X_test"], made["y_test"]) > 0.6
    assert set(made["encoders"]) == {"sex", "cabin", "embarked"}


def test_two_functions_are_there_that_nobody_uses() -> None:
    dr = build()
    used = {node.name for name in REQUESTED for node in dr.what_is_upstream_of(name)}
    functions = {v.name for v in dr.list_available_variables() if not v.is_external_input}
    columns = {"survived", "ticket", "name"}
    assert functions - used - columns == {"deck", "title", "X_test", "y_test"}


def test_running_it_records_a_run_and_prints_its_stamp(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_STORE", str(store))
    main()
    stamp = json.loads(capsys.readouterr().out)
    run = latest(store)
    assert stamp["hamilton_ol.run_id"] == run.run_id
    assert (run.started.job, run.status) == ("titanic", "SUCCEEDED")
    assert run.started.requested == REQUESTED
