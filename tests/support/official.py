"""The official schemas, where they are at hand."""

import functools
import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_CHECKER = ROOT.parent / "shared" / "validate_events.py"

#: The folder of the official schemas, or None.
OFFICIAL = _CHECKER.parent / "openlineage-spec" if _CHECKER.exists() else None


@functools.cache
def _validator() -> Any:
    spec = importlib.util.spec_from_file_location("validate_events", _CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    validator = module.Validator(ROOT / "schemas")
    find = validator._errors

    @functools.cache
    def found(reference: str, text: str) -> list[str]:
        return list(find(reference, json.loads(text)))

    # most facets are in many events
    validator._errors = lambda reference, part: found(reference, json.dumps(part))
    return validator


def invalid_events(texts: Iterable[str]) -> list[str]:
    """What is wrong with these events; nothing where the schemas are not at hand."""
    if OFFICIAL is None:
        return []
    return [
        f"{event['eventType']} {event['job']['name']}: {error}"
        for event in map(json.loads, texts)
        for error in _validator().errors(event)
    ]
