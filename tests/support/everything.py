"""A dataflow that takes the recorder through nearly all of its code, in a few milliseconds.

It is a text, so that a test can put it where it wants: in a repository of its own, for one.
"""

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
    return nested_driver.execute(["inner"], inputs={"size": size})["inner"] if nested_driver else 0


nested_driver = None


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
