"""Names of columns and their types: stable, short, and never data."""

import datetime as dt
import enum
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hamilton_ol.dataflow.dtypes import LONGEST, column_name, dtype_name


class GeometryDtype(pd.api.extensions.ExtensionDtype):
    """A dtype of another library, which names itself as pandas asks for it."""

    name = "geometry"
    type = object

    def __str__(self) -> str:
        raise AssertionError


class OddDtype:
    """A dtype that computes its name."""

    @property
    def name(self) -> str:
        raise AssertionError

    def __str__(self) -> str:
        raise AssertionError


# What each dtype, or its text in what a saver says, is called.
NAMES: dict[str, list[Any]] = {
    "int64": [np.dtype("int64"), np.dtype(">i8"), pd.Int64Dtype(), "Int64", "int64[pyarrow]"],
    "uint8": [np.dtype("uint8"), pd.UInt8Dtype(), "UInt8"],
    "float64": [np.dtype("float64"), pd.Float64Dtype(), "Float64", "double", "double[pyarrow]"],
    "float32": [np.dtype("float32"), "Float32", "float"],
    "bool": [np.dtype("bool"), pd.BooleanDtype(), "Boolean", "boolean"],
    "str": [
        *(np.dtype("<U5"), np.dtype("<U9"), pd.StringDtype(), pd.StringDtype("python")),
        *("string", "String", "Utf8", "large_string", "string[pyarrow]", "<U12", "str"),
    ],
    "bytes": [np.dtype("S3"), "|S8"],
    "object": [np.dtype("object"), "object"],
    "void": [np.dtype([("a", "i4")]), np.dtype("V4")],
    "datetime64[ns]": [
        *(np.dtype("datetime64[ns]"), "timestamp[ns]", "timestamp[ns][pyarrow]"),
        "Datetime(time_unit='ns', time_zone=None)",
    ],
    "datetime64[us, UTC]": [
        *(pd.DatetimeTZDtype("us", "UTC"), "timestamp[us, tz=UTC]"),
        "Datetime(time_unit='us', time_zone='UTC')",
    ],
    "timedelta64[s]": [np.dtype("m8[s]"), "duration[s]", "Duration(time_unit='s')"],
    "date": ["Date", "date32[day]"],
    "category": [
        *(pd.CategoricalDtype(["secret"]), "category", "Categorical", "Enum(categories=['x'])"),
        *(
            "Categorical(ordering='physical')",
            "dictionary<values=string, indices=int32, ordered=0>",
        ),
    ],
    "List(category": ["List(Enum(categories=['secret', '])']))"],
    "period[D]": [pd.PeriodDtype("D")],
    "interval[int64, right]": [pd.IntervalDtype("int64", "right")],
    "Sparse[int64, 0]": [pd.SparseDtype("int64", 0)],
    "List(Int64)": ["List(Int64)"],
    "geometry": [GeometryDtype()],
    "OddDtype": [OddDtype()],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_spelling_of_a_dtype_has_one_name(name: str) -> None:
    assert {dtype_name(dtype) for dtype in NAMES[name]} == {name}


def test_a_very_long_dtype_is_cut() -> None:
    name = dtype_name(f"Struct({{{', '.join(repr(f'field{n}') for n in range(100))}}})")
    assert len(name) == LONGEST
    assert name.endswith("…")


class Text(str):
    """A text that says something else when it is asked."""

    __slots__ = ()

    def __str__(self) -> str:
        raise AssertionError


class Odd:
    """A label that can be hashed, as pandas asks for it, and nothing else."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError

    __str__ = __repr__ = __eq__ = __len__ = __getattribute__  # type: ignore[assignment]

    def __hash__(self) -> int:
        return 1


class Colour(enum.Enum):
    RED = 1


LABELS: list[tuple[object, str]] = [
    ("age", "age"),
    (Text("age"), "age"),
    ("a\0ge", "age"),
    (5, "5"),
    (1.5, "1.5"),
    (True, "True"),
    (None, "None"),
    (np.int64(5), "5"),
    (dt.date(2020, 1, 2), "2020-01-02"),
    (pd.Timestamp("2020-01-02"), "2020-01-02 00:00:00"),
    (pd.Period("2020-01", "M"), "2020-01"),
    (("age", "mean"), "age.mean"),
    (("age", ""), "age"),
    (("a\0", 1, Colour.RED), "a.1.<Colour>"),
    (Colour.RED, "<Colour>"),
    (Odd(), "<Odd>"),
]


@pytest.mark.parametrize(("label", "name"), LABELS, ids=[str(n) for n in range(len(LABELS))])
def test_a_label_becomes_the_name_of_a_column(label: object, name: str) -> None:
    found = column_name(label)
    assert found == name
    assert type(found) is str
