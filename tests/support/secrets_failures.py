"""Exceptions that quote what they should not, as libraries and people raise them."""

import errno
import json
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.support.secrets import Secrets

ODD = "odd"  # exceptions whose own text must not be asked for


class ChattyError(Exception):
    """An exception whose text holds all that it knows; nobody may ask for it."""

    def __init__(self, secret: str) -> None:
        super().__init__("refused")
        self.secret = secret

    def __str__(self) -> str:
        return f"refused {self.secret}"

    __repr__ = __str__


class Login:
    """An object that tells its password to whoever prints it."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def __repr__(self) -> str:
        return f"Login({self.secret})"


# Messages, `{}` is the secret.
_MESSAGES = r"""
    connection failed: password={} was refused
    bad request: {'token': '{}', 'page': 1}
    bad request: {"api_key": "{}", "page": 1}
    the server said "{\"access_token\": \"{}\"}"
    cannot use Settings(user='bob', password='{}', retries=3)
    cannot use {'database': {'credentials': ['bob', '{}']}}
    401 Client Error for url: https://api.example.com/data?page=1&api_key={}
    could not connect to postgres://bob:{}@db.example.com:5432/sales
    could not translate "bob:{}@db.example.com:5432" to an address
    ('28000', "[28000] Login failed. DRIVER={ODBC};UID=bob;PWD={};SERVER=db")
    header not understood: Authorization: Token {}
    header not understood: Cookie: sid={}; theme=dark
    command ['mysql', '--password', '{}'] returned 1
    mysql --password {} returned 1
    truncated {'user': 'bob', 'password': '{}
    got [('secret_key', '{}')]
    no such key: b'...' for secret={}, user=bob
"""


def failures(
    secrets: Secrets, hidden: str, config: dict[str, str], environment: str
) -> Iterator[tuple[str, Callable[[], Exception]]]:
    """(what it is, makes the exception).

    Args:
        secrets: makes those that give themselves away.
        hidden: an input whose value nobody may see.
        config: what the dataflow is configured with, under secret names.
        environment: a secret of the environment.
    """
    for line in map(str.strip, _MESSAGES.strip().splitlines()):
        yield line, partial(ValueError, secrets.new(f"message {line}", line))
    for shapes in _chunks(list(secrets.shapes().values()), 6):
        message = " and then ".join(f"it was {shape} once" for shape in shapes)
        yield "shapes", partial(RuntimeError, message)
    yield from _quoting(hidden, config, environment)
    yield from _odd(secrets)


def _quoting(
    hidden: str, config: dict[str, str], environment: str
) -> Iterator[tuple[str, Callable[[], Exception]]]:
    """Exceptions that quote what the run was given."""
    yield "quoted input", lambda: ValueError(f"unknown customer {hidden!r}")
    yield "quoted input as key", lambda: KeyError(hidden)
    yield "quoted input as file", lambda: FileNotFoundError(errno.ENOENT, "none", f"/in/{hidden}")
    yield "quoted in JSON", lambda: ValueError(json.dumps({"customers": [hidden]}))
    yield (
        "quoted as Hamilton does",
        lambda: ValueError(
            "1 errors encountered: \n  Error: Type requirement mismatch. Expected x:<class 'int'> "
            f"got {list(config.values())}:<class 'list'> instead."
        ),
    )
    yield "quoted config", lambda: ValueError(f"not one of these: {' | '.join(config.values())}")
    yield "quoted environment", lambda: OSError(f"refused: {environment}")


def _odd(secrets: Secrets) -> Iterator[tuple[str, Callable[[], Exception]]]:
    """Exceptions whose own text must not be asked for."""
    one, two, three = (secrets.new(f"exception {n}") for n in range(3))
    address = secrets.new("file name", "https://b.s3.example.com/k.csv?X-Amz-Signature={}")
    command = secrets.new("command", "mysql --password={} -e 'select 1'")
    cause, part = secrets.new("cause"), secrets.new("in a group")
    yield ODD, lambda: ChattyError(one)
    yield ODD, lambda: ValueError(Login(two), 3)
    yield ODD, lambda: _unencodable(three)
    yield ODD, lambda: _caused(cause)
    yield ODD, lambda: ExceptionGroup("2 failed", [ValueError(part)])
    yield "an address as file", lambda: OSError(errno.EIO, "unreadable", address)
    yield "a command", lambda: subprocess.CalledProcessError(1, command)


def _unencodable(text: str) -> UnicodeEncodeError:
    return UnicodeEncodeError("ascii", text, 0, 1, "ordinal not in range")


def _caused(text: str) -> Exception:
    error = RuntimeError("it failed for a reason")
    error.__cause__ = ValueError(text)
    error.add_note(text)
    return error


def _chunks(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
