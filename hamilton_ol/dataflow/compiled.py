"""Compiled code: whether two codes do the same, whether a file has changed since its import."""

import importlib.util
import os
import struct
import sys
import types
from collections.abc import Iterator
from pathlib import Path

_HEAD = struct.Struct("<4xIII")  # of a .pyc: magic number, flags, time and size of the source
_LAST_32_BITS = 0xFFFFFFFF


def codes_in(code: types.CodeType) -> Iterator[types.CodeType]:
    """A code and all that are defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes_in(constant)


def are_written_the_same(one: types.CodeType, other: types.CodeType) -> bool:
    """Whether two codes are equal but for the place in the file where they begin."""
    return (
        one.co_code == other.co_code
        and one.co_names == other.co_names
        and one.co_varnames == other.co_varnames
        and one.co_freevars == other.co_freevars
        and _lines(one) == _lines(other)
        and _are_the_same(one.co_consts, other.co_consts)
    )


def _lines(code: types.CodeType) -> list[int]:
    first = code.co_firstlineno
    return [line - first for _, _, line in code.co_lines() if line is not None]


def _are_the_same(one: object, other: object) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, types.CodeType) and isinstance(other, types.CodeType):
        return are_written_the_same(one, other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_are_the_same, one, other))
    return one == other


def has_changed(file: str) -> bool:
    """Whether a module's file was changed after its import, as far as that can be told.

    An import brings the compiled file up to date where it can; so one that is not up to date was
    made before the change. Tells what codes do not: an edited decorator.
    """
    if sys.dont_write_bytecode:
        return False
    try:
        compiled = Path(importlib.util.cache_from_source(file))
        with compiled.open("rb") as opened:
            flags, time, size = _HEAD.unpack(opened.read(_HEAD.size))
        now = Path(file).stat()
    except (OSError, ValueError, NotImplementedError, struct.error):
        return False
    same = (int(now.st_mtime) & _LAST_32_BITS, now.st_size & _LAST_32_BITS) == (time, size)
    return flags == 0 and not same and os.access(compiled.parent, os.W_OK)
