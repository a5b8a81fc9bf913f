"""Events as JSON text that every consumer takes."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Hole:
    """Stands in an event for a value that is filled in later."""

    name: str

    @property
    def mark(self) -> str:
        """What stands for it in JSON text; nothing else there holds a NUL."""
        return f"\0{self.name}"


def dump(event: dict[str, Any]) -> str:
    """An event as JSON on one line, in ASCII.

    PostgreSQL, which consumers keep events in, takes no NUL and no half of a surrogate pair; a
    file's name may hold either.
    """
    holes = 0

    def default(value: Any) -> str:
        nonlocal holes
        if not isinstance(value, Hole):
            raise TypeError(f"no JSON value: {type(value).__name__}")
        holes += 1
        return value.mark

    text = json.dumps(event, separators=(",", ":"), default=default)
    if text.count("\\u0000") == holes and "\\ud" not in text:
        return text
    clean = _cleaned(event)
    return json.dumps(clean, separators=(",", ":"), default=default)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\0", "")
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
