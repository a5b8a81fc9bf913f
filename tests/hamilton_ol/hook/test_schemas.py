"""What looks the same is described once."""

from pathlib import Path

import pandas as pd
import pytest

from hamilton_ol.dataflow import results
from hamilton_ol.guard import Guard
from hamilton_ol.hook.schemas import Schemas
from hamilton_ol.store.appender import Appender

LOOKS = [results._pandas_frame, results._public_pandas_frame]


@pytest.fixture
def schemas(tmp_path: Path) -> Schemas:
    return Schemas(Appender(lambda: tmp_path, str, Guard()))


@pytest.mark.parametrize("look", LOOKS)
def test_a_table_is_described_once_however_often_it_is_seen(
    schemas: Schemas, look: results.Look
) -> None:
    table = pd.DataFrame({"a": [1], "b": ["x"]})
    assert schemas.seen(look(table), "") is schemas.seen(look(table), "")


@pytest.mark.parametrize("look", LOOKS)
def test_tables_of_the_same_columns_and_other_dtypes_are_told_apart(
    schemas: Schemas, look: results.Look
) -> None:
    table = pd.DataFrame({"a": [1], "b": [2]})
    other = table.astype({"b": "float64"})
    other.columns = table.columns
    kinds = [schemas.seen(look(each), "")[-1].fields for each in (table, other)]
    assert kinds == [(("a", "int64"), ("b", "int64")), (("a", "int64"), ("b", "float64"))]
