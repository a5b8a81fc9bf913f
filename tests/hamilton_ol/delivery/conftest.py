"""What several tests of delivery send with."""

from pathlib import Path

import pytest

from tests.support.desks import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An outbox of a store that is empty yet."""
    return Desk(tmp_path)
