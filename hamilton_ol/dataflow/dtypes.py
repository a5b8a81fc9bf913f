"""Names of columns and of their types, stable from run to run and free of data.

A column keeps one type whether it was just made or read back from a file, whatever library holds
it: nullable and plain dtypes, and the spellings of text and time, are one.
"""

import re
from typing import Any

from hamilton_ol.dataflow.types import class_name, module_name

LONGEST = 200  # characters of a type; a struct of many fields is cut
_KNOWN = frozenset({"numpy", "pandas", "polars", "pyarrow"})
_SAME = {
    "string": "str",
    "String": "str",
    "Utf8": "str",
    "large_string": "str",
    "string_view": "str",
    "boolean": "bool",
    "Boolean": "bool",
    "double": "float64",
    "float": "float32",
    "halffloat": "float16",
    "Date": "date",
    "date32[day]": "date",
}
_CATEGORIES = r"(?s)Categorical\b.*|dictionary<.*|Enum\(.*"
_TIME = (
    r"(Datetime|timestamp|Duration|duration)[(\[](?:time_unit=')?(\w+)'?"
    r"(?:, (?:time_zone|tz)='?([^')\]]+)'?)?[)\]]"
)
_FIXED_WIDTH = r"[<>|=]?([US])\d*"
_BY_KIND = {"U": "str", "T": "str", "S": "bytes", "V": "void"}


def dtype_name(dtype: Any) -> str:
    """A short, stable name of a dtype of pandas, numpy, polars or pyarrow, or of its text.

    `Int64`, `int64` and `int64[pyarrow]` are one; so are `string`, `str` and `String`. Categories
    are never listed, and a class that is not known here is not asked.
    """
    kind = type(dtype)
    package = module_name(kind).partition(".")[0]
    if package == "numpy":
        return _BY_KIND.get(dtype.kind) or str(dtype.name)
    if kind is not str and package not in _KNOWN:
        return _own_name(kind)
    if class_name(kind) == "StringDtype":
        return "str"
    return _named(str(dtype).partition("[pyarrow")[0])


def _named(name: str) -> str:
    if name in _SAME:
        return _SAME[name]
    if width := re.fullmatch(_FIXED_WIDTH, name):
        return _BY_KIND[width[1]]
    if time := re.fullmatch(_TIME, name):
        base = "timedelta64" if time[1].lower() == "duration" else "datetime64"
        return f"{base}[{time[2]}{f', {time[3]}' if time[3] not in (None, 'None') else ''}]"
    lowered = name.lower()
    if lowered.rstrip("0123456789") in {"int", "uint", "float"}:
        return lowered
    return _cut(re.sub(_CATEGORIES, "category", name))


def _own_name(kind: type) -> str:
    """What a dtype of another library calls itself, where that is a plain attribute."""
    mro: tuple[type, ...] = type.__dict__["__mro__"].__get__(kind)
    names = (type.__dict__["__dict__"].__get__(base).get("name") for base in mro)
    return _cut(next((name for name in names if type(name) is str), class_name(kind)))


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def column_name(name: Any) -> str:
    """A column's name as text; the levels of a MultiIndex are joined by dots."""
    if issubclass(type(name), tuple):
        return ".".join(filter(None, map(_part, tuple.__iter__(name))))
    return _part(name)


def _part(name: Any) -> str:
    kind = type(name)
    if issubclass(kind, str):  # not `isinstance`, which asks an object for its class
        return str.__str__(name).replace("\0", "")
    package = module_name(kind).partition(".")[0]
    is_plain = any(kind is one for one in (bool, int, float, type(None)))  # asks no metaclass
    if is_plain or package in {"numpy", "pandas", "datetime"}:
        return str(name)
    return f"<{class_name(kind)}>"  # a class that may do anything when it is asked
