"""What is seen of a result without looking at its data, and what is made of it."""

import gc
import weakref
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hamilton.data_quality.base import ValidationResult

from hamilton_ol.dataflow.results import (
    MOST_CLASSES,
    MOST_COLUMNS,
    Glimpse,
    Looks,
    check_schema,
    schema_of,
)
from hamilton_ol.records import Schema

NOW = pd.Timestamp("2020-01-02")


def glimpse(result: Any) -> Glimpse:
    return Looks().glimpse(result)


def seen(result: Any, declared: str = "") -> tuple[dict[str, str], bool, int | None]:
    """({field: type}, whether it is a table, rows)."""
    found = glimpse(result)
    schema = schema_of(found, declared)
    return dict(schema.fields), schema.table, found[2]


class Passengers(pd.DataFrame):
    """A subclass that breaks whatever is asked of it."""

    @property  # type: ignore[misc]
    def columns(self) -> Any:
        raise AssertionError

    @property
    def dtypes(self) -> Any:
        raise AssertionError

    def __len__(self) -> int:
        raise AssertionError


class Image(np.ndarray):
    """A subclass that breaks when it is asked for its shape."""

    @property  # type: ignore[misc]
    def shape(self) -> Any:
        raise AssertionError


COLUMNS = {
    "int": ([1, 2], "int64"),
    "float": ([1.0, None], "float64"),
    "bool": ([True, False], "bool"),
    "nullable": (pd.array([1, None], dtype="Int64"), "int64"),
    "text": (pd.array(["a", None], dtype="string"), "str"),
    "object": (pd.Series([[], {}], dtype="object"), "object"),
    "category": (pd.Categorical(["a", "b"]), "category"),
    "time": (pd.to_datetime(["2020", "2021"]).astype("datetime64[ns]"), "datetime64[ns]"),
    "zoned": (pd.to_datetime(["2020", "2021"], utc=True).as_unit("us"), "datetime64[us, UTC]"),
    "period": (pd.period_range("2020", periods=2, freq="D"), "period[D]"),
}


def test_a_table_shows_its_columns_with_their_types_and_its_rows() -> None:
    table = pd.DataFrame({name: values for name, (values, _) in COLUMNS.items()})
    expected = {name: kind for name, (_, kind) in COLUMNS.items()}
    assert seen(table) == (expected, True, 2)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_series_is_no_table_and_has_one_type(name: str) -> None:
    values, kind = COLUMNS[name]
    assert seen(pd.Series(values)) == ({"": kind}, False, 2)


def test_the_order_of_columns_is_that_of_the_table() -> None:
    table = pd.DataFrame({"b": [1], "a": ["x"], "c": [2]})
    assert list(seen(table)[0]) == ["b", "a", "c"]


def test_a_subclass_is_read_past_what_it_overrides() -> None:
    assert seen(Passengers({"a": [1]})) == ({"a": "int64"}, True, 1)


def test_an_empty_table_is_a_table() -> None:
    assert seen(pd.DataFrame()) == ({}, True, 0)
    assert seen(pd.DataFrame(columns=["a"])) == ({"a": "object"}, True, 0)
    assert seen(pd.DataFrame(index=[1, 2])) == ({}, True, 2)


def test_of_columns_with_one_name_the_first_counts() -> None:
    table = pd.DataFrame([[1, "x", 2.0]], columns=["a", "b", "a"])
    assert seen(table) == ({"a": "int64", "b": str(table["b"].dtype)}, True, 1)


def test_levels_of_columns_are_joined() -> None:
    table = pd.DataFrame([[1, 2.0, 3]])
    table.columns = pd.MultiIndex.from_tuples([("age", "min"), ("age", ""), ("fare", 5)])
    assert seen(table)[0] == {"age.min": "int64", "age": "float64", "fare.5": "int64"}


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ([0, 1], ["0", "1"]),
        ([NOW, None], ["2020-01-02 00:00:00", "NaT"]),
        (pd.CategoricalIndex(["x", "y"]), ["x", "y"]),
        (pd.RangeIndex(2), ["0", "1"]),
    ],
)
def test_columns_may_be_labelled_by_anything(labels: Any, names: list[str]) -> None:
    assert list(seen(pd.DataFrame([[1, 2]], columns=labels))[0]) == names


def test_of_a_very_wide_table_the_first_columns_are_told() -> None:
    fields, _, rows = seen(pd.DataFrame(np.zeros((2, 5000))))
    assert len(fields) == MOST_COLUMNS
    assert list(fields)[-1] == str(MOST_COLUMNS - 1)
    assert rows == 2


def test_what_is_done_to_a_table_afterwards_is_not_seen() -> None:
    table = pd.DataFrame({"a": [1], "b": ["x"], "c": [1.0], "d": [2]})
    found = glimpse(table)
    before = schema_of(found)
    table.insert(0, "z", [1])
    table["a"] = table["a"].astype("float64")
    table.index = pd.Index([7])
    del table["c"]
    table.loc[0, "e"] = 5
    table.columns = pd.Index(["p", "q", "r", "s", "t"])
    assert schema_of(found) == before
    assert found[2] == 1


def test_a_glimpse_does_not_keep_the_data_alive() -> None:
    table = pd.DataFrame({"a": np.zeros(10), "b": ["x"] * 10})
    data = weakref.ref(table._mgr)
    found = glimpse(table)
    del table
    gc.collect()
    assert data() is None
    assert schema_of(found).table


@pytest.mark.parametrize(
    ("array", "kind", "rows"),
    [
        (np.zeros((3, 2)), "float64", 3),
        (np.array(5), "int64", 1),
        (np.array(["abc", "d"]), "str", 2),
        (np.zeros(2, dtype=[("a", "i4")]), "void", 2),
        (np.zeros((3, 2)).view(Image), "float64", 3),
        (np.ma.masked_array([1, 2, 3]), "int64", 3),
        (np.zeros(0), "float64", 0),
    ],
)
def test_an_array_has_one_type_and_as_many_rows_as_its_first_axis(
    array: Any, kind: str, rows: int
) -> None:
    assert seen(array) == ({"": kind}, False, rows)


@pytest.mark.parametrize(
    ("result", "declared", "name"),
    [
        (1, "int", "int"),
        (0, "float", "float"),
        (None, "float", "float"),
        (None, "DataFrame | None", "DataFrame"),
        (np.float64(1), "float", "float"),
        (np.bool_(True), "bool", "bool"),
        (1.5, "Any", "float"),
        (None, "Any", "NoneType"),
        (None, "", "NoneType"),
        ("x", "str | None", "str"),
        ({"a": 1}, "dict[str, int]", "dict"),
        ((1, 2), "tuple[int, int]", "tuple"),
        ([1], "list[int]", "list"),
        (object(), "Model", "object"),
    ],
)
def test_what_is_no_table_has_one_type_that_stays(result: object, declared: str, name: str) -> None:
    assert seen(result, declared) == ({"": name}, False, None)


@pytest.mark.parametrize("passes", [True, False, np.True_, np.False_])
def test_a_check_shows_whether_it_passed(passes: Any) -> None:
    kind, shown, rows = glimpse(ValidationResult(passes, "a secret", {"value": "a secret"}))
    assert (kind, rows) == (ValidationResult, None)
    assert shown == (check_schema, bool(passes), None)
    assert schema_of((kind, shown, rows)) == Schema((("", "ValidationResult"),), table=False)


def test_a_check_that_answers_with_something_else_is_not_asked() -> None:
    _, shown, _ = glimpse(ValidationResult(Hostile(), ""))  # type: ignore[arg-type]
    assert shown == (check_schema, None, None)


class Meta(type):
    """Of classes that fail whenever they are asked for anything."""

    def __getattribute__(cls, name: str) -> Any:
        raise AssertionError(name)

    __eq__ = __hash__ = __len__ = __bool__ = __getattribute__  # type: ignore[assignment]
    __repr__ = __instancecheck__ = __subclasscheck__ = __getattribute__  # type: ignore[assignment]


class Hostile(metaclass=Meta):
    """Fails whenever it is asked for anything."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(name)

    __eq__ = __hash__ = __len__ = __bool__ = __iter__ = __getattribute__  # type: ignore[assignment]
    __repr__ = __str__ = __getitem__ = __array__ = __getattribute__  # type: ignore[assignment]


def test_nothing_is_ever_called_of_an_unknown_object() -> None:
    result = Hostile()
    found = glimpse(result)
    assert found[1:] == (None, None)
    assert schema_of(found, "Model").fields == (("", "Hostile"),)


@pytest.mark.parametrize(
    ("module", "name"),
    [("pandas", "DataFrame"), ("polars", "DataFrame"), ("hamilton", "ValidationResult")],
)
def test_a_class_that_is_only_called_like_a_known_one_is_unknown(module: str, name: str) -> None:
    kind = type(name, (), {"__module__": module})
    assert seen(kind()) == ({"": name}, False, None)


def test_classes_are_results_too() -> None:
    assert seen(pd.DataFrame)[0] == {"": "type"}
    assert glimpse(Hostile)[1:] == (None, None)


def test_looks_are_forgotten_when_there_are_very_many_classes() -> None:
    looks = Looks()
    kinds = [type(f"K{n}", (), {}) for n in range(MOST_CLASSES + 1)]
    for kind in kinds:
        looks.glimpse(kind())
    assert len(looks) <= MOST_CLASSES
    assert looks.glimpse(kinds[0]())[0] is kinds[0]
