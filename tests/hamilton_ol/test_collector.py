"""The garbage collector is as it was, whatever happens meanwhile."""

import gc
from collections.abc import Iterator

import pytest

from hamilton_ol.collector import paused
from hamilton_ol.store import writers


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    gc.enable()


def test_it_goes_on_afterwards() -> None:
    def fail() -> None:
        with paused():
            assert not gc.isenabled()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_so() -> None:
    gc.disable()
    with paused():
        pass
    assert not gc.isenabled()


def test_the_last_append_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    class Writers(dict[None, None]):
        def values(self) -> list[None]:  # type: ignore[override]
            seen.append(gc.isenabled())
            return []

    monkeypatch.setattr(writers, "_writers", Writers())
    writers.close_all()
    assert seen == [False]
    assert gc.isenabled()
