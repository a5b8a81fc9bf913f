"""Values of config, inputs and overrides, as far as a lineage record may know them.

Numbers, booleans and None are recorded; a text only when it is in the open anyway: a literal of
the code's own `config.when`, a name of a node or column, a cleaned location. Of everything else
there is a type and, where the value is plain, a keyed hash.
"""

import hashlib
import hmac
import json
import os
import re
from collections.abc import Collection, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from hamilton_ol.dataflow.places import home_hidden
from hamilton_ol.dataflow.results import Glimpse, Looks
from hamilton_ol.dataflow.types import class_name
from hamilton_ol.masking import Masker
from hamilton_ol.records import Value

MOST_ITEMS = 1000  # of a container; a larger one is not looked into
_PLAIN = (bool, int, float, type(None))
_SUFFIXES = (
    "csv|tsv|parquet|pq|json|jsonl|ndjson|pkl|pickle|joblib|feather|arrow|orc|xlsx?|xml|html?|avro"
    "|h5|hdf5?|np[yz]|ya?ml|txt|log|db|sqlite3?|duckdb|onnx|pth?|gz|bz2|zip|zst|geojson|sql|toml"
)
_LOCATION = re.compile(
    rf"^(?:[a-z][a-z0-9+.-]*://\S+|[\w~./\\:=+ -]*\.(?:{_SUFFIXES}))$", re.IGNORECASE
)


class Unknown:
    """Stands for a value that must not be looked at."""

    __slots__ = ("kind",)

    def __init__(self, kind: type) -> None:
        self.kind = kind


#: {name: the value if it is plain, a copy if it holds plain values only, else Unknown}
Frozen = dict[str, Any]


def freeze(values: Mapping[str, Any] | None) -> Frozen:
    """Keep what may be known of values, now, before anybody changes them."""
    if not isinstance(values, dict):
        return {}
    return {str(name): _freeze(value, [MOST_ITEMS]) for name, value in values.items()}


def _freeze(value: Any, budget: list[int]) -> Any:
    kind = type(value)
    if kind in _PLAIN or kind is str:
        return value
    budget[0] -= len(value) if kind in (list, tuple, dict, set, frozenset) else 0
    if budget[0] < 0:
        return Unknown(kind)
    if kind in (list, tuple):
        return [_freeze(item, budget) for item in value]
    if kind in (set, frozenset):
        plain = all(type(item) in (str, int) for item in value)
        return sorted(map(str, value)) if plain else Unknown(kind)
    if kind is dict:
        return {
            str(k) if type(k) in (str, int) else "?": _freeze(v, budget) for k, v in value.items()
        }
    return Unknown(kind)


def tables(values: Mapping[str, Any] | None, looks: Looks) -> dict[str, Glimpse]:
    """Glimpses of those values that have columns or a length of their own."""
    if not isinstance(values, dict):
        return {}
    found = {name: looks.glimpse(value) for name, value in values.items()}
    return {name: glimpse for name, glimpse in found.items() if glimpse[1] is not None}


class Values:
    """Decides what of a value is recorded.

    Args:
        masker: knows secrets.
        salt: secret of the store, the key of all hashes.
        shown: names whose values are recorded although they are not in the open.
        everything: whether every plain value that does not look secret is.
    """

    def __init__(
        self, masker: Masker, salt: bytes, shown: Collection[str] = (), *, everything: bool = False
    ) -> None:
        self._masker, self._salt = masker, salt
        self._shown, self._everything = frozenset(shown), everything

    def record(self, name: str, value: Any, opened: Collection[str]) -> Value:
        """The record of one value.

        Args:
            name: what it is called.
            value: as `freeze` kept it.
            opened: texts that are in the open.
        """
        if isinstance(value, Unknown):
            return Value(class_name(value.kind))
        kind = class_name(type(value))
        if not self._masker.is_secret(name):
            if type(value) in _PLAIN:
                plain = str(value) if type(value) is float and not isfinite(value) else value
                return Value(kind, plain, shown=True)
            text = self._text(name, value, opened)
            if text is not None:
                return Value(kind, text, shown=True)
        return Value(kind, hash=self.hash(value))

    def _text(self, name: str, value: Any, opened: Collection[str]) -> str | None:
        """The value as text, when it may be shown."""
        if type(value) is str and value in opened:
            return value
        if type(value) is str and is_location(value):
            return _without_home(self._masker.location(value))
        if name in self._shown or self._everything:
            return self._masker.text(value if type(value) is str else _json(value))
        return None

    def hash(self, value: Any) -> str | None:
        """A keyed hash of a plain value; None when a part of it must not be looked at."""
        try:
            text = json.dumps(value, sort_keys=True)
        except TypeError:
            return None
        return self._keyed(text)

    def hash_all(self, values: Frozen) -> str:
        """`h1:` and a keyed hash over all values; of what must not be looked at its type counts."""
        return f"h1:{self._keyed(_json(values))}"

    def _keyed(self, text: str) -> str:
        return hmac.new(self._salt, text.encode(), hashlib.sha256).hexdigest()[:24]

    def hidden(self, values: Frozen, opened: Collection[str]) -> list[str]:
        """Texts that are not recorded, so that an error message must not quote them either."""
        return [
            text
            for name, value in values.items()
            for text in _texts(value)
            if not self.record(name, text, opened).shown
        ]


def _without_home(location: str) -> str:
    return location if "://" in location else home_hidden(Path(location))


def _texts(value: Any) -> list[str]:
    if type(value) is str:
        return [value]
    items = value.values() if type(value) is dict else value if type(value) is list else ()
    return [text for item in items for text in _texts(item)]


def _json(value: Any) -> str:
    return json.dumps(value, default=lambda u: f"<{class_name(u.kind)}>", sort_keys=True)


def is_location(text: str) -> bool:
    """Whether a text is a URL, or a path to a file that has a suffix or is there."""
    if "\n" in text or len(text) > 1000:  # noqa: PLR2004 - no path is longer
        return False
    if _LOCATION.match(text):
        return True
    return ("/" in text or os.sep in text) and os.path.exists(text)  # noqa: PTH110 - text from users
