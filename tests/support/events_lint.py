"""What known consumers stumble over, where the checker is at hand."""

import functools
import importlib.util
from typing import Any

from tests.support.official import OFFICIAL


def lint(event: dict[str, Any]) -> list[str]:
    """Rules of known consumers that an event breaks; nothing where the checker is not at hand."""
    return [] if OFFICIAL is None else list(_checker().lint(event))


@functools.cache
def _checker() -> Any:
    assert OFFICIAL is not None
    spec = importlib.util.spec_from_file_location("lint", OFFICIAL.with_name("validate_events.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
