"""Files named by the hash of what they hold: written once, never changed, shared by many runs."""

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from hamilton_ol.errors import StoreUnreadableError


def digest(payload: bytes) -> str:
    """The name under which this payload is stored: 32 hexadecimal digits."""
    return hashlib.sha256(payload).hexdigest()[:32]


def dump(document: Any) -> bytes:
    """The one way in which a document is written, so that equal documents get equal names."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace")  # half a surrogate pair, as JSON escapes it


def write(folder: Path, document: Any) -> str:
    """Store a document of JSON values and return its name.

    Raises:
        OSError: the file cannot be written.
    """
    payload = dump(document)
    name = digest(payload)
    path = folder / f"{name}.json"
    if not _is_there(path, len(payload)):
        replace(path, payload)
    return name


def _is_there(path: Path, size: int) -> bool:
    """Whether the document is there as a whole; if so, its time says that it is needed today."""
    try:
        os.utime(path)
        return path.stat().st_size == size  # less when the power went while it was written
    except FileNotFoundError:
        return False


def replace(path: Path, payload: bytes) -> None:
    """Put a whole file in place at once, readable by its owner only.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(payload)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def read(folder: Path, name: str) -> Any:
    """The document of this name, or None when it is not there.

    Raises:
        StoreUnreadableError: it cannot be read, or holds something else.
    """
    path = folder / f"{name}.json"
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise broken(path, error) from error


def broken(path: Path, error: Exception) -> StoreUnreadableError:
    """The error for a document that is there, but not as it should be."""
    hint = "Remove the file: it is written again by the next run, and older runs are shown without."
    return StoreUnreadableError(f"{path} cannot be read: {error}", hint=hint)
