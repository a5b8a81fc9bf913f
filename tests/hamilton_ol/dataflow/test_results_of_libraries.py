"""Results of libraries that are not as the installed pandas is: their public attributes serve."""

import functools
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from hamilton_ol.dataflow.results import Looks, schema_of


def seen(result: Any) -> tuple[dict[str, str], bool, int | None]:
    """({field: type}, whether it is a table, rows)."""
    found = Looks().glimpse(result)
    schema = schema_of(found)
    return dict(schema.fields), schema.table, found[2]


@pytest.fixture
def other_pandas(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A pandas whose objects have the public attributes only."""
    made = ModuleType("pandas")
    made.__getattr__ = functools.partial(getattr, pd)  # type: ignore[method-assign]
    for name in ("DataFrame", "Series"):
        setattr(made, name, type(name, (SimpleNamespace,), {"__module__": "pandas"}))
    monkeypatch.setitem(sys.modules, "pandas", made)
    return made


def test_without_the_private_parts_of_pandas_the_public_ones_serve(
    other_pandas: ModuleType,
) -> None:
    table = pd.DataFrame({"a": [1, 2], "b": [0.5, 1]})
    public = {"columns": table.columns, "dtypes": table.dtypes, "index": table.index}
    assert seen(other_pandas.DataFrame(**public)) == (
        {"a": "int64", "b": "float64"},
        True,
        2,
    )
    series = other_pandas.Series(dtype=table["a"].dtype, index=table.index)
    assert seen(series) == ({"": "int64"}, False, 2)


@pytest.mark.parametrize("name", ["DataFrame", "Series"])
def test_a_subclass_without_the_private_parts_is_not_asked(
    other_pandas: ModuleType, name: str
) -> None:
    sub = type("Sub", (getattr(other_pandas, name),), {"index": property(lambda self: 1 / 0)})
    assert seen(sub()) == ({"": "Sub"}, False, None)


# Neither library is among the tests' own; their public attributes stand for them here.


@pytest.fixture
def other_libraries(monkeypatch: pytest.MonkeyPatch) -> dict[str, type]:
    found = {}
    for package, name in (("polars", "DataFrame"), ("polars", "Series"), ("pyarrow", "Table")):
        kind = type(name, (SimpleNamespace,), {"__module__": f"{package}.inner"})
        module = sys.modules.get(package) or ModuleType(package)
        monkeypatch.setitem(sys.modules, package, module)
        monkeypatch.setattr(module, name, kind, raising=False)
        found[f"{package}.{name}"] = kind
    return found


def test_tables_of_polars_and_pyarrow_show_schema_and_rows(
    other_libraries: dict[str, type],
) -> None:
    frame = other_libraries["polars.DataFrame"](schema={"a": "Int64", "b": "String"}, height=3)
    assert seen(frame) == ({"a": "int64", "b": "str"}, True, 3)
    series = other_libraries["polars.Series"](dtype="Float64", len=lambda: 4)
    assert seen(series) == ({"": "float64"}, False, 4)
    fields = [SimpleNamespace(name="a", type="double"), SimpleNamespace(name="b", type="string")]
    table = other_libraries["pyarrow.Table"](schema=fields, num_rows=5)
    assert seen(table) == ({"a": "float64", "b": "str"}, True, 5)


def test_subclasses_of_polars_and_pyarrow_are_not_asked(other_libraries: dict[str, type]) -> None:
    for kind in other_libraries.values():
        sub = type("Sub", (kind,), {"schema": property(lambda self: 1 / 0)})
        assert seen(sub()) == ({"": "Sub"}, False, None)
