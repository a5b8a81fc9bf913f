"""What can be said of a result without looking at its data.

In a callback only references to immutable metadata are taken (an Index, dtypes, a length), chosen
by the result's exact class; the writer's thread makes names of them. Of a class that is not known
here nothing is ever called: no `len`, `repr`, `==`, `bool` or attribute of an unknown object.
"""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from hamilton_ol.dataflow.dtypes import column_name, dtype_name
from hamilton_ol.dataflow.types import class_name, module_name
from hamilton_ol.records import Schema

#: (class, what to make a schema of, rows): a result as a callback sees it.
Glimpse = tuple[type, Any, int | None]
Look = Callable[[Any], Glimpse]
Describe = Callable[[Any], Schema]

MOST_COLUMNS = 2000
MOST_CLASSES = 10_000


class Looks(dict[int, tuple[type, Look, Glimpse | None]]):
    """{id of a class: (the class, how to look at its instances, the glimpse of all of them)}.

    Filled as classes are met. The last is None where instances differ.

    By id, because a metaclass may hash and compare its classes as it likes; the class is held, so
    that no other can get its id.
    """

    def learn(self, kind: type) -> tuple[type, Look, Glimpse | None]:
        """Find out how to look at instances of a class that was not met before."""
        if len(self) >= MOST_CLASSES:
            self.clear()
        look = _look_for(kind)
        always = (kind, None, None) if look is _nothing else None
        self[id(kind)] = found = (kind, look, always)
        return found

    def glimpse(self, result: Any) -> Glimpse:
        """What can be seen of a result at once."""
        kind = type(result)
        return (self.get(id(kind)) or self.learn(kind))[1](result)


def _look_for(kind: type) -> Look:
    """The look of the first class in the method resolution order that has one."""
    mro: tuple[type, ...] = type.__dict__["__mro__"].__get__(kind)
    for base in mro:
        package = module_name(base).partition(".")[0]
        look = _LOOKS.get((package, class_name(base)))
        if look is not None and _is_that_class(base, package):
            return look if package in _SUBCLASSED or base is kind else _nothing
    return _nothing


def _is_that_class(kind: type, package: str) -> bool:
    """Whether it is the package's own class, not one that is called so."""
    if package == "hamilton":
        return module_name(kind) == "hamilton.data_quality.base"
    return getattr(sys.modules.get(package), class_name(kind), None) is kind


def _nothing(result: Any) -> Glimpse:
    return type(result), None, None


def _pandas_frame(result: Any) -> Glimpse:
    try:  # the manager's parts are replaced, never changed, so that references are a snapshot
        manager = object.__getattribute__(result, "_mgr")
        axes = manager.axes
        blocks = [(block.dtype, block._mgr_locs) for block in manager.blocks]  # noqa: SLF001
        return type(result), (_from_blocks, axes[0], blocks), len(axes[1])
    except Exception:
        return _public_pandas_frame(result)


def _public_pandas_frame(result: Any) -> Glimpse:
    """Where pandas' own parts are not as they are known."""
    pandas = sys.modules["pandas"].DataFrame
    if type(result) is not pandas:
        return _nothing(result)
    return pandas, (_from_columns, result.columns, result.dtypes.tolist()), len(result.index)


def _pandas_series(result: Any) -> Glimpse:
    try:
        manager = object.__getattribute__(result, "_mgr")
        return type(result), (_from_dtype, manager.dtype, None), len(manager.axes[0])
    except Exception:
        pandas = sys.modules["pandas"].Series
        if type(result) is not pandas:
            return _nothing(result)
        return pandas, (_from_dtype, result.dtype, None), len(result.index)


def _array(result: Any) -> Glimpse:
    base = sys.modules["numpy"].ndarray
    shape = base.shape.__get__(result)
    return type(result), (_from_dtype, base.dtype.__get__(result), None), shape[0] if shape else 1


def _polars_frame(result: Any) -> Glimpse:
    return type(result), (_from_mapping, result.schema, None), result.height


def _polars_series(result: Any) -> Glimpse:
    return type(result), (_from_dtype, result.dtype, None), result.len()


def _arrow_table(result: Any) -> Glimpse:
    return type(result), (_from_arrow, result.schema, None), result.num_rows


def _validation(result: Any) -> Glimpse:
    passes = result.passes
    is_bool = module_name(type(passes)) in ("builtins", "numpy") and class_name(type(passes)) in (
        "bool",
        "bool_",
    )
    return type(result), (check_schema, bool(passes) if is_bool else None, None), None


_LOOKS: dict[tuple[str, str], Look] = {
    ("pandas", "DataFrame"): _pandas_frame,
    ("pandas", "Series"): _pandas_series,
    ("numpy", "ndarray"): _array,
    ("polars", "DataFrame"): _polars_frame,
    ("polars", "Series"): _polars_series,
    ("pyarrow", "Table"): _arrow_table,
    ("hamilton", "ValidationResult"): _validation,
}

# Read past whatever a subclass overrides; of the others only the very class is looked at.
_SUBCLASSED = frozenset({"pandas", "numpy"})
_SCALARS = (bool, int, float, complex, str, bytes, type(None))


def schema_of(glimpse: Glimpse, declared: str = "") -> Schema:
    """The schema of a result from what a callback saw of it.

    Args:
        glimpse: what the callback saw.
        declared: the node's declared type. It is taken for numbers, texts and None, so that the
            type of a node that now and then returns None, or 0 for 0.0, stays the same; and for
            what will be there when an asynchronous function has ended.
    """
    kind, seen, _ = glimpse
    if seen is not None:
        describe, first, second = seen
        schema: Schema = describe(first, second)
        return schema
    is_vague = _is_scalar(kind) or is_task(kind)
    name = declared.removesuffix(" | None") if is_vague and declared != "Any" else ""
    return Schema((("", name or class_name(kind)),), table=False)


def _is_scalar(kind: type) -> bool:
    """Compared by identity: a metaclass may hash and compare its classes as it likes."""
    return any(kind is scalar for scalar in _SCALARS) or module_name(kind) == "numpy"


def is_task(kind: type) -> bool:
    """Whether a result is one of an asynchronous function that has only begun."""
    return class_name(kind) == "Task" and module_name(kind) == "_asyncio"


def check_schema(_passed: Any, _: None) -> Schema:
    """The schema of a validator's result: that a check was made, not what it looked at."""
    return Schema((("", "ValidationResult"),), table=False)


def _from_blocks(columns: Any, blocks: Iterable[tuple[Any, Any]]) -> Schema:
    names = columns.tolist()
    types = [""] * len(names)
    for dtype, places in blocks:
        name = dtype_name(dtype)
        for place in places:
            types[place] = name
    return table_schema(zip(names, types, strict=True))


def _from_columns(columns: Any, dtypes: list[Any]) -> Schema:
    return table_schema(zip(columns, map(dtype_name, dtypes), strict=True))


def _from_mapping(fields: Any, _: None) -> Schema:
    return table_schema((name, dtype_name(dtype)) for name, dtype in fields.items())


def _from_arrow(schema: Any, _: None) -> Schema:
    return table_schema((f.name, dtype_name(f.type)) for f in schema)


def _from_dtype(dtype: Any, _: None) -> Schema:
    return Schema((("", dtype_name(dtype)),), table=False)


def table_schema(fields: Iterable[tuple[Any, str]]) -> Schema:
    """A table's schema; of columns with one name the first counts, as everywhere in lineage."""
    found: dict[str, str] = {}
    for name, kind in fields:
        found.setdefault(column_name(name), kind)
        if len(found) >= MOST_COLUMNS:
            break
    return Schema(tuple(found.items()), table=True)
