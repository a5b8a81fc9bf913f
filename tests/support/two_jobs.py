"""Two dataflows that share a file: one cleans what came in, the other learns from it."""

from pathlib import Path
from typing import Any

import pandas as pd

from hamilton_ol import OpenLineageHook
from tests.support.flows import Flows, build, latest

CLEAN = """
import pandas as pd
from hamilton.function_modifiers import extract_columns, load_from, save_to, tag, value

@tag(owner="data-engineering", target_="cleaned")
@save_to.csv(path=value({clean!r}), output_name_="saved")
@load_from.csv(path=value({raw!r}))
def cleaned(people: pd.DataFrame) -> pd.DataFrame:
    '''What is needed of people.'''
    return people[["age", "survived"]]
"""
LEARN = """
import pandas as pd
from hamilton.function_modifiers import extract_columns, load_from, tag, tag_outputs, value

@tag_outputs(age={{"PII": "true"}})
@extract_columns("age", "survived")
@load_from.csv(path=value({clean!r}))
@tag(owner="data-science", target_="table")
def table(people: pd.DataFrame) -> pd.DataFrame:
    '''What is learnt from.'''
    return people

@tag(artifact="model", owner="data-science")
def model(age: pd.Series, survived: pd.Series, random_state: int) -> dict:
    '''Learns.'''
    return {{"mean": float((age * survived).mean()), "seed": random_state}}

@tag(artifact="size", owner="data-science")
def size(survived: pd.Series) -> int:
    '''How many there are.'''
    return len(survived)
"""


def run_two_jobs(flows: Flows, store: Path) -> tuple[Path, Path]:
    """Execute both; the file that came in, and the one that they share."""
    raw, clean = store.parent / "raw.csv", store.parent / "clean.csv"
    pd.DataFrame({"age": [30.0, None, 5.0], "survived": [1, 0, 1]}).to_csv(raw, index=False)
    paths = {"raw": str(raw), "clean": str(clean)}
    jobs: tuple[tuple[str, str, list[Any], dict[str, Any]], ...] = (
        ("cleaning", CLEAN, ["saved"], {}),
        ("learning", LEARN, ["model", "size"], {"random_state": 42}),
    )
    for name, source, requested, inputs in jobs:
        module = flows.module(source.format(**paths), name)
        build([module], OpenLineageHook(name, store=store)).execute(requested, inputs=inputs)
        latest(store)
    return raw, clean
