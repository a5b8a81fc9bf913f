"""What the store holds beside lines: graphs, schemas known from earlier runs, and a secret.

None of it is needed for the next line, so nothing here raises: without a store there is nothing
known and nothing kept.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hamilton_ol.errors import StoreError
from hamilton_ol.guard import Guard
from hamilton_ol.records import Schema
from hamilton_ol.store import documents
from hamilton_ol.store.codec import decode, encode
from hamilton_ol.store.location import GRAPHS, KNOWN

SALT = "salt"


class Knowledge:
    """Documents of one store.

    Args:
        root: the store, or None while there is none.
        guard: counts what goes wrong.
    """

    def __init__(self, root: Path | None, guard: Guard) -> None:
        self._root, self._guard = root, guard

    def salt(self) -> bytes:
        """The secret that hashes of values are keyed with; made by the first who needs it."""
        fresh = os.urandom(32)
        if self._root is None:
            return fresh
        path = self._root / SALT
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._read_salt(path) or fresh
        except OSError as error:
            self._guard.caught("keeping the key of hashes", error)
            return fresh
        with os.fdopen(descriptor, "wb") as file:
            file.write(fresh)
        return fresh

    def _read_salt(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except OSError as error:
            self._guard.caught("reading the key of hashes", error)
            return None

    def write_graph(self, record: Any) -> str | None:
        """Keep a graph; its document's name, or None where it could not be written."""
        if self._root is None:
            return None
        try:
            return documents.write(self._root / GRAPHS, record)
        except OSError as error:
            self._guard.caught("writing the graph", error)
            return None

    def known(self, fingerprint: str) -> tuple[str | None, dict[str, Schema]]:
        """(document, {node: schema}) as the last run of this graph left them."""
        if self._root is None:
            return None, {}
        try:
            name = self._pointer(fingerprint).read_text(encoding="ascii").strip()
            return name, read_known(self._root, name)
        except FileNotFoundError:
            return None, {}
        except (OSError, ValueError, StoreError) as error:
            self._guard.caught("reading what is known of the graph", error)
            return None, {}

    def learn(self, fingerprint: str, known: Mapping[str, Schema]) -> str | None:
        """Keep what is known of a graph now; the document's name."""
        if self._root is None:
            return None
        try:
            name = documents.write(self._root / KNOWN, encode(known))
            documents.replace(self._pointer(fingerprint), name.encode())
        except OSError as error:
            self._guard.caught("writing what is known of the graph", error)
            return None
        return name

    def _pointer(self, fingerprint: str) -> Path:
        return (self._root or Path()) / KNOWN / f"{fingerprint.rpartition(':')[2][:32]}.latest"


def read_known(root: Path, name: str) -> dict[str, Schema]:
    """{node: schema} of a document.

    Raises:
        StoreUnreadableError: it cannot be read.
    """
    document = documents.read(root / KNOWN, name) or {}
    return {node: decode(Schema, schema) for node, schema in document.items()}
