"""What tests of commands share."""

import pytest

from tests.support.commands import InProcess


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> InProcess:
    """Runs `hamilton-ol` in this process."""
    return InProcess(capsys)
