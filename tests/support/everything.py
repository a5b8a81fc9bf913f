"""A dataflow that takes the recorder through nearly all of its code, in a few milliseconds."""

import contextlib
import json
import pickle
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
from hamilton import driver
from hamilton.execution.graph_functions import execute_subdag
from hamilton.lifecycle.base import LifecycleAdapterSet

from hamilton_ol import OpenLineageHook
from hamilton_ol.store import writers
from tests.support.flows import Flows, build

SOURCE = '''
"""A dataflow with a little of everything."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from hamilton import driver
from hamilton.function_modifiers import (
    check_output, config, dataloader, datasaver, extract_columns, extract_fields, load_from,
    parameterize, pipe_input, save_to, source, step, tag, value,
)


@tag(source="prod.people", owner="data-engineering", api_key="0123456789")
@extract_columns("age", "name")
def people(size: int, label: str) -> pd.DataFrame:
    """Some people; password = 'hunter22'."""
    return pd.DataFrame({"age": range(size), "name": ["x"] * size, 5: 1.5})


@extract_fields({"half": np.ndarray, "kind": str})
def parts(age: pd.Series) -> dict:
    return {"half": age.to_numpy() / 2, "kind": "number"}


def _add(number: pd.Series, more: int) -> pd.Series:
    return number + more


@pipe_input(step(_add, more=value(1)), on_input="age")
def older(age: pd.Series) -> pd.Series:
    return age


@check_output(range=(0, 1000))
def checked(size: int) -> int:
    return size


@config.when(mode="fast")
def chosen__fast(size: int) -> int:
    return size


@config.when(mode="slow")
def chosen__slow(size: int) -> int:
    return size


@parameterize(twice={"number": source("size"), "by": value(2)})
def times(number: int, by: int) -> int:
    """{number} times {by}."""
    return number * by


@load_from.json(path=source("path"))
def loaded(data: dict) -> int:
    return len(data)


@dataloader()
def asked(path: str) -> tuple[pd.DataFrame, dict]:
    told = {
        "sql_metadata": {"table_name": "t", "rows": 2},
        "dataframe_metadata": {"rows": 2, "column_names": ["a"], "datatypes": ["int64"]},
        "file_metadata": {"path": path, "size": 2, "last_modified": 3.0},
    }
    return pd.DataFrame({"a": [1, 2]}), told


@datasaver()
def kept(twice: int, path: str) -> dict:
    return {"file_metadata": {"path": path + ".out", "size": 1}}


def absent() -> None:
    return None


def nested(size: int) -> int:
    pause()
    return nested_driver.execute(["inner"], inputs={"size": size})["inner"] if nested_driver else 0


nested_driver = pause = None


def total(
    people: pd.DataFrame, half: np.ndarray, kind: str, older: pd.Series, checked: int, chosen: int,
    twice: int, loaded: int, asked: pd.DataFrame, kept: dict, nested: int, given: pd.DataFrame,
    name: pd.Series,
) -> pd.DataFrame:
    return people[["age"]].assign(more=len(older) + checked + chosen + twice + loaded + nested)


def broken(size: int, secret: str) -> int:
    raise ValueError("no good: " + secret, size)
'''

INNER = """
def inner(size: int) -> int:
    return size + 1
"""

#: The run of which a worker process sees only nodes.
ELSEWHERE = "00000000-0000-4000-8000-000000000000"

_GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")


class Everything:
    """Executes the dataflow in all the ways that lead through the hook's code.

    Args:
        folder: an empty one, which becomes the repository of the dataflow.
    """

    def __init__(self, folder: Path) -> None:
        self._flows, self._path = Flows(folder), folder / "data.json"
        self._flow: Any = self._flows.module(SOURCE, "everything")
        self._inner = self._flows.module(INNER, "everything_within")
        self._path.write_text(json.dumps({"a": 1}))
        for arguments in ("init -q", "add .", "commit -qm x", "remote add origin git@x.org:a/b"):
            subprocess.run([*_GIT, "-C", str(folder), *arguments.split()], check=True)

    def run(self, hook: OpenLineageHook | None = None) -> tuple[Any, ...]:
        """What the runs return and raise, as bytes and text."""
        hooks = [hook] if hook else []
        self._flow.nested_driver = build([self._inner], *hooks)
        self._flow.pause = _see_open_node if hook else lambda: None
        made = build([self._flow], *hooks, mode="fast", limit={"a": [1.5, None]})
        results = self._execute(made), self._execute(made), self._fail(made)
        if hook:
            self._work_elsewhere(made, hook)
        return results

    def forget(self) -> None:
        """Take the modules out of the interpreter again."""
        self._flows.forget()

    def _execute(self, made: driver.Driver) -> bytes:
        inputs = {"size": 3, "label": "x", "path": str(self._path)}
        given = {"given": pd.DataFrame({"b": ["x"]})}
        overrides = {"kind": "other"}
        return pickle.dumps(
            made.execute(["total", "absent"], inputs=inputs | given, overrides=overrides)
        )

    def _fail(self, made: driver.Driver) -> str:
        try:
            made.execute(["broken"], inputs={"size": 3, "secret": "hunter2hunter2"})
        except ValueError as error:
            return repr(error)
        return "nothing"

    def _work_elsewhere(self, made: driver.Driver, hook: OpenLineageHook) -> None:
        """What a worker process does: its copy of the hook sees no run begin or end."""
        adapter = LifecycleAdapterSet(pickle.loads(pickle.dumps(hook)))
        for name, inputs in (("chosen", {"size": 2}), ("broken", {"size": 1, "secret": "x"})):
            node = made.graph.nodes[name]
            with contextlib.suppress(ValueError):
                execute_subdag([node], inputs, adapter, run_id=ELSEWHERE, task_id=name)
            adapter.call_all_lifecycle_hooks_sync(
                "post_task_execute",
                run_id=ELSEWHERE,
                task_id=name,
                nodes=[node],
                results=None,
                success=True,
                error=None,
                spawning_task_id=None,
                purpose=None,
            )


def _see_open_node() -> None:
    """Let the writer meet a node that is executing."""
    with contextlib.suppress(Exception):
        writers.flush_all(0.05)
