"""The names that people import."""

import inspect

import pytest

import hamilton_ol

NAMES = [
    "HamiltonOLError",
    "LineageGraph",
    "OpenLineageHook",
    "__version__",
    "lineage",
    "load",
    "stamp",
]


def test_the_public_names() -> None:
    assert sorted(hamilton_ol.__all__) == NAMES
    assert dir(hamilton_ol) == sorted(hamilton_ol.__all__)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    found = getattr(hamilton_ol, name)
    assert isinstance(found, str) or inspect.getdoc(found)
    assert getattr(hamilton_ol, name) is found


def test_all_of_them_can_be_imported_at_once() -> None:
    names: dict[str, object] = {}
    exec("from hamilton_ol import *", names)
    assert set(NAMES) <= set(names)


def test_a_name_that_there_is_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lineagee'"):
        _ = hamilton_ol.lineagee


def test_the_hook_says_what_it_takes_and_raises() -> None:
    text = inspect.getdoc(hamilton_ol.OpenLineageHook) or ""
    parameters = list(inspect.signature(hamilton_ol.OpenLineageHook).parameters)
    assert all(f"{name}:" in text for name in parameters)
    assert "Raises:" in text


def test_the_version_is_one() -> None:
    parts = hamilton_ol.__version__.split(".")
    assert len(parts) == 3
    assert all(part.isdigit() for part in parts[:2])
