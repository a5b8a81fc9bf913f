"""Tests of the hook leave neither threads nor open files behind."""

from collections.abc import Iterator

import pytest

from hamilton_ol.store import writers


@pytest.fixture(autouse=True)
def no_writer_left() -> Iterator[None]:
    """End the threads of the writers that a test made."""
    yield
    writers.close_all()
    writers._writers.clear()
