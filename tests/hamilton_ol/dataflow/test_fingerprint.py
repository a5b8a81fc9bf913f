"""What makes two dataflows the same, and what does not."""

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hamilton_ol.dataflow.fingerprint import fingerprint
from hamilton_ol.dataflow.nodes import NodeReader
from hamilton_ol.masking import Masker
from hamilton_ol.records import Dependency, NodeRecord
from tests.support.flows import Flows
from tests.support.graphs import graph_of, record_of

BASE = '''\
from typing import List, Optional, Union
import pandas as pd
from hamilton.function_modifiers import *

# what there is
WIRES = {"p": {"x": source("a")}}

@extract_columns("first", "second")
def table(a: int) -> pd.DataFrame:
    """Two columns."""
    return pd.DataFrame({"first": [a], "second": [f"{a!r:>{a}} of {'all'}"]})

@parameterize(**WIRES)
def given(x: int) -> Union[None, int, str]:
    return x

@tag(owner="me")
@config.when(mode="fast")
def chosen__fast(first: pd.Series, b: List[Optional[int]] = None) -> float:
    return first.sum()
'''


@pytest.fixture
def of(flows: Flows) -> Callable[..., str]:
    """Reads the fingerprint of a source."""

    numbers = itertools.count()

    def read(source: str = BASE, **config: str) -> str:
        flow = flows.module(source, f"flow{next(numbers)}")
        return record_of(graph_of(flow, config={"mode": "fast", **config})).fingerprint

    return read


Of = Callable[..., str]


def test_a_fingerprint_says_how_it_was_computed(of: Of) -> None:
    assert re.fullmatch(r"f1:[0-9a-f]{64}", of())


def test_it_is_the_same_on_every_python(of: Of) -> None:
    # Verified on Python 3.11, 3.12 and 3.13. Another value here needs another prefix.
    assert of() == "f1:e37a7dd43cbe1f57fdbd3c765937f8c41f3e56dd0dac163710ccde395a25f546"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Two columns.", "Columns, two of them."),
        ('    """Two columns."""\n', ""),
        ("# what there is", "\n\n# what there is, further down\n\n"),
        ("    return x", "    return (  # the same\n        x\n    )"),
    ],
)
def test_what_changes_nothing_does_not_change_it(of: Of, before: str, after: str) -> None:
    assert before in BASE
    assert of(BASE.replace(before, after)) == of()


def test_the_order_of_functions_does_not_count(of: Of) -> None:
    head, *functions = BASE.split("\n\n@")
    assert of("\n\n@".join([head, *reversed(functions)])) == of()


def test_values_of_config_do_not_count_but_keys_do(of: Of) -> None:
    assert of(size="small") == of(size="large") != of()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("first.sum()", "first.mean()"),
        ("!r", "!s"),
        ("'all'", "'none'"),
        ('source("a")', 'source("c")'),
        ("b: List[Optional[int]] = None", "b: List[Optional[int]]"),
        ("-> float", "-> int"),
        ('"first", "second"', '"first", "third"'),
        ('owner="me"', 'owner="you"'),
        ("def given(", "def found("),
    ],
)
def test_code_edges_types_and_arguments_of_decorators_count(
    of: Of, before: str, after: str
) -> None:
    assert before in BASE
    assert of(BASE.replace(before, after)) != of()


def test_reading_twice_gives_the_same(flows: Flows) -> None:
    reader = NodeReader(Masker())
    graph = graph_of(flows.module(BASE), config={"mode": "fast"})
    first, second = record_of(graph, reader), record_of(graph, reader)
    assert first == second


PROGRAM = """
import sys
sys.path.insert(0, {root!r})
import logging
logging.disable()
from tests.support import decorators
from tests.support.graphs import graph_of, record_of

record = record_of(graph_of(decorators, config={{**decorators.CONFIG, **decorators.POWER}}))
scope = {{"__name__": "decorators"}}
exec("def told(x: int) -> bool:\\n    return x in {{'a', 'b', 'c', 'd', 'e'}}", scope)
from hamilton_ol.dataflow.codes import code_hash
print(record.fingerprint, code_hash(None, scope["told"]))
"""


def test_processes_with_other_hash_seeds_agree() -> None:
    program = PROGRAM.format(root=str(Path(__file__).parents[3]))
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert next(iter(told)).startswith("f1:")


NODE = NodeRecord(
    "n", "function", "int", owner="n", code="1", dependencies=(Dependency("a"), Dependency("b"))
)


@pytest.mark.parametrize(
    "change",
    [
        {"documentation": "other"},
        {"tags": {"owner": "me"}},
        {"owner": "other"},
        {"module": "other"},
        {"dependencies": (Dependency("b"), Dependency("a"))},
    ],
)
def test_what_else_a_record_holds_does_not_count(change: dict[str, object]) -> None:
    assert fingerprint([replaced(change)], []) == fingerprint([NODE], [])


@pytest.mark.parametrize(
    "change",
    [
        {"name": "m"},
        {"kind": "loader"},
        {"type": "float"},
        {"code": None},
        {"dependencies": (Dependency("a"),)},
        {"dependencies": (Dependency("a", required=False), Dependency("b"))},
    ],
)
def test_each_part_of_the_structure_counts(change: dict[str, object]) -> None:
    assert fingerprint([replaced(change)], []) != fingerprint([NODE], [])


def replaced(change: dict[str, object]) -> NodeRecord:
    fields = {name: getattr(NODE, name) for name in NodeRecord._fields}
    return NodeRecord(**fields | change)
