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
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from hamilton_ol.dataflow.freezing import Frozen, Unknown, freeze, items_of
from hamilton_ol.dataflow.places import home_hidden
from hamilton_ol.dataflow.results import Glimpse, Looks
from hamilton_ol.dataflow.types import class_name
from hamilton_ol.masking import MASK, Masker, secrets_of
from hamilton_ol.records import Value

__all__ = ["Frozen", "Unknown", "Values", "freeze", "is_location", "tables"]

_SUFFIXES = (
    "csv|tsv|parquet|pq|json|jsonl|ndjson|pkl|pickle|joblib|feather|arrow|orc|xlsx?|xml|html?|avro"
    "|h5|hdf5?|np[yz]|ya?ml|txt|log|db|sqlite3?|duckdb|onnx|pth?|gz|bz2|zip|zst|geojson|sql|toml"
)
_LOCATION = rf"(?i)^(?:[a-z][a-z0-9+.-]*://\S+|[\w~./\\:=+ -]*\.(?:{_SUFFIXES}))$"
LONGEST_LOCATION = 1000  # characters


def tables(values: Mapping[str, Any] | None, looks: Looks) -> dict[str, Glimpse]:
    """Glimpses of those values that have columns or a length of their own."""
    found = {name: looks.glimpse(value) for name, value in items_of(values)}
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
        if type(value) is Unknown:
            return Value(class_name(value.kind))
        kind = class_name(type(value))
        if type(value) is bool or value is None:  # no secret, whatever it is called
            return Value(kind, value, shown=True)
        if not self._masker.is_secret(name):
            if type(value) is int or type(value) is float:
                is_number = type(value) is int or isfinite(value)
                return Value(kind, value if is_number else str(value), shown=True)
            text = self._text(name, value, opened)
            if text is not None:
                return Value(kind, text, shown=True)
        return Value(kind, hash=self.hash(value))

    def _text(self, name: str, value: Any, opened: Collection[str]) -> str | None:
        """The value as text, when it may be shown."""
        if type(value) is str and value in opened:
            return self._masker.location(value)
        if type(value) is str and is_location(value):
            return _without_home(self._masker.location(value))
        if name in self._shown or self._everything:
            masked = self._masked(value)
            return masked if type(masked) is str else self._masker.text(_json(masked))
        return None

    def _masked(self, value: Any) -> Any:
        """A plain value without the secrets in it."""
        if type(value) is str:
            return self._masker.text(value)
        if type(value) is dict:
            return {key: self._masked_item(key, item) for key, item in value.items()}
        if type(value) is list or type(value) is tuple:
            if self._is_named(value):
                return [value[0], self._masked_item(value[0], value[1])]
            return [self._masked(item) for item in value]
        if type(value) is set or type(value) is frozenset:
            return [self._masked(item) for item in sorted(value, key=str)]
        return f"<{class_name(bytes)}>" if type(value) is bytes else value

    def _masked_item(self, key: str, item: Any) -> Any:
        is_harmless = type(item) is bool or item is None or not self._masker.is_secret(key)
        return self._masked(item) if is_harmless else MASK

    def _is_named(self, items: Sequence[Any]) -> bool:
        """Whether it is a name and its secret: `("password", "...")`."""
        return len(items) == 2 and type(items[0]) is str and self._masker.is_secret(items[0])  # noqa: PLR2004

    # --- hashes --------------------------------------------------------------------------------

    def hash(self, value: Any) -> str | None:
        """A keyed hash of a plain value; None when a part of it must not be looked at."""
        try:
            return self._keyed(json.dumps(value, default=_plain, sort_keys=True))
        except TypeError:
            return None

    def hash_all(self, values: Frozen) -> str:
        """`h1:` and a keyed hash over all values; of what must not be looked at its type counts."""
        return f"h1:{self._keyed(_json(values))}"

    def _keyed(self, text: str) -> str:
        return hmac.new(self._salt, text.encode(), hashlib.sha256).hexdigest()[:24]

    # --- what must not be quoted ---------------------------------------------------------------

    def hidden(
        self, values: Frozen, opened: Collection[str], *, secrets_only: bool = False
    ) -> list[str]:
        """Texts that are not recorded, so that an error message must not quote them either.

        Args:
            values: as `freeze` kept them.
            opened: texts that are in the open.
            secrets_only: only those that are kept under a secret name, or are a URL's password.
        """
        found: list[str] = []
        for name, value in values.items():
            for text, is_secret in self._leaves(value, is_secret=self._masker.is_secret(name)):
                may_be_quoted = secrets_only or self._text(name, text, opened) is not None
                found += [text] if is_secret or not may_be_quoted else secrets_of(text)
        return found

    def _leaves(self, value: Any, *, is_secret: bool) -> Iterator[tuple[str, bool]]:
        """(text, whether a name above it is secret) of all texts in a value."""
        kind = type(value)
        if kind is str:
            yield value, is_secret
        elif kind is bytes:
            yield repr(value)[2:-1], is_secret
        elif kind is Unknown:
            yield value.text, is_secret
        elif kind is int and is_secret:
            yield str(value), is_secret
        elif kind is dict:
            for key, item in value.items():
                yield from self._leaves(item, is_secret=is_secret or self._masker.is_secret(key))
        elif kind is list or kind is tuple or kind is set or kind is frozenset:
            is_named = kind is tuple and self._is_named(value)
            for item in value:
                yield from self._leaves(item, is_secret=is_secret or is_named)


def _without_home(location: str) -> str:
    return location if "://" in location else home_hidden(Path(location))


def _json(value: Any) -> str:
    return json.dumps(value, default=_named, sort_keys=True)


def _plain(value: Any) -> Any:
    """What JSON has no word for, as long as it is plain.

    Raises:
        TypeError: it is not.
    """
    if type(value) is bytes:
        return ["bytes", value.hex()]
    if type(value) is set or type(value) is frozenset:
        return sorted(map(str, value))
    raise TypeError


def _named(value: Any) -> Any:
    return f"<{class_name(value.kind)}>" if type(value) is Unknown else _plain(value)


def is_location(text: str) -> bool:
    """Whether a text is a URL, or a path to a file that has a suffix or is there."""
    if "\n" in text or len(text) > LONGEST_LOCATION:
        return False
    if re.match(_LOCATION, text):
        return True
    return ("/" in text or os.sep in text) and os.path.exists(text)  # noqa: PTH110 - text from users
