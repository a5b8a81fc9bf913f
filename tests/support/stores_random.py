"""Random records, for properties that hold for every one of them."""

import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st

from hamilton_ol.store.codec import is_record

#: For properties that are checked for each of many classes; slow machines have all the time.
QUICK = settings(max_examples=20, deadline=None)

_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(), max_size=8),  # half surrogate pairs too
    int: st.integers(-(2**63), 2**63),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    types.NoneType: st.none(),
}


def records(kind: Any, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Records of a class, every field of them.

    Args:
        kind: the class.
        given: what to draw some of its fields from.
    """
    hints = get_type_hints(kind)
    drawn = {name: _values(hints[name]) for name in hints if name not in given}
    return st.builds(kind, **drawn, **given)


def _values(hint: Any) -> st.SearchStrategy[Any]:
    if is_record(hint):
        return records(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(_values, arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return st.lists(_values(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(_values, arguments))
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(_SCALARS[str], _values(arguments[1]), max_size=2)
    return _SCALARS[hint]
