"""Names of types: one for each type, whatever its spelling and the version of Python."""
# ruff: noqa: UP006, UP007, UP035, UP045, RUF036, PYI061 - old spellings are what is tested

import collections
import datetime as dt
import enum
import typing
from collections import abc
from typing import (
    Annotated,
    Any,
    Callable,
    Dict,
    ForwardRef,
    FrozenSet,
    Generic,
    List,
    Literal,
    NewType,
    Optional,
    ParamSpec,
    Tuple,
    Type,
    TypedDict,
    TypeVar,
    Union,
)

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hamilton.htypes import Collect, Parallelizable, column

from hamilton_ol.dataflow.types import class_name, module_name, type_name

V = TypeVar("V")
P = ParamSpec("P")
UserId = NewType("UserId", int)


class Colour(enum.Enum):
    RED = 1


class Word(enum.StrEnum):
    YES = "y"


class Box(Generic[V]):
    pass


class Passenger(TypedDict):
    age: int


# What each is called is the same on Python 3.11, 3.12 and 3.13.
NAMES: list[tuple[str, list[Any]]] = [
    ("int", [int, Annotated[int, "years"], Union[int], "int", ForwardRef("int")]),
    ("None", [None, type(None)]),
    ("Any", [Any]),
    ("list", [list, List, List[V]]),  # type: ignore[valid-type]
    ("list[int]", [list[int], List[int]]),
    ("dict[str, Any]", [dict[str, Any], Dict[str, Any]]),
    ("tuple", [tuple, Tuple, tuple[()], Tuple[()]]),
    ("tuple[int, ...]", [tuple[int, ...], Tuple[int, ...]]),
    ("type[int]", [type[int], Type[int]]),
    ("frozenset[str]", [frozenset[str], FrozenSet[str]]),
    ("int | None", [Optional[int], Union[None, int], int | None, None | int, Union[int, "None"]]),
    (
        "float | int | str",
        [int | str | float, Union[str, float, int], Union[int, Union[float, str]]],
    ),
    ("list[int | None]", [list[int | None], List[Optional[int]], list[None | int]]),
    ("Literal['a', 'b']", [Literal["a", "b"], Literal["b", "a"]]),
    ("Literal[1, None, True]", [Literal[None, True, 1]]),
    ("Literal[Colour.RED]", [Literal[Colour.RED]]),
    ("Literal[Word.YES]", [Literal[Word.YES]]),
    ("Callable", [Callable, abc.Callable]),
    ("Callable[[int], str]", [Callable[[int], str], abc.Callable[[int], str]]),
    ("Callable[..., None]", [Callable[..., None], abc.Callable[..., None]]),
    ("Callable[P, int]", [Callable[P, int]]),
    ("Iterator[int]", [typing.Iterator[int], abc.Iterator[int]]),
    ("Mapping", [typing.Mapping, abc.Mapping]),
    ("defaultdict[str, int]", [typing.DefaultDict[str, int], collections.defaultdict[str, int]]),
    ("UserId", [UserId]),
    ("Box[int]", [Box[int]]),
    ("Box", [Box, Box[V]]),  # type: ignore[valid-type]
    ("Passenger", [Passenger]),
    ("datetime", [dt.datetime]),
    ("DataFrame", [pd.DataFrame, Annotated[pd.DataFrame, 1]]),
    ("Series", [pd.Series, column[pd.Series, int]]),
    ("NDArray[float64]", [npt.NDArray[np.float64]]),
    ("Parallelizable[int]", [Parallelizable[int]]),
    ("Collect[int]", [Collect[int]]),
]


@pytest.mark.parametrize(("name", "hints"), NAMES, ids=[name for name, _ in NAMES])
def test_every_spelling_of_a_type_has_one_name(name: str, hints: list[Any]) -> None:
    assert {type_name(hint) for hint in hints} == {name}


def test_a_name_does_not_depend_on_what_typing_remembers() -> None:
    first = List[Union[bytes, bool]]
    assert List[Union[bool, bytes]] is first  # it hands out what was written first
    assert type_name(first) == type_name(list[bool | bytes]) == "list[bool | bytes]"


def test_nothing_of_a_class_is_asked_for_its_name() -> None:
    class Meta(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise AssertionError

        def __repr__(cls) -> str:
            raise AssertionError

    class Kind(metaclass=Meta):
        __module__ = 5  # type: ignore[assignment]

    assert type_name(Kind) == type_name(Annotated[Kind, 1]) == class_name(Kind) == "Kind"
    assert type_name(list[Kind]) == "list[Kind]"
    assert module_name(Kind) == ""


def test_what_is_no_type_gets_the_name_of_its_class() -> None:
    class Odd:
        def __repr__(self) -> str:
            raise AssertionError

    assert type_name(Odd()) == "Odd"
    assert type_name(Literal[Odd()]) == "Literal[Odd]"
