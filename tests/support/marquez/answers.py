"""What the double answers, and the exceptions that lead to an answer other than yes."""

import json
from dataclasses import dataclass
from typing import Any

JSON, HTML = "application/json", "text/html;charset=iso-8859-1"


@dataclass(frozen=True)
class Answer:
    """A status and a body."""

    status: int
    body: bytes = b""
    kind: str = JSON


class NoError(Exception):
    """Leads to this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def document(value: Any, status: int = 200) -> Answer:
    """An answer with a JSON body."""
    return Answer(status, json.dumps(value).encode())


def missing(what: str) -> NoError:
    """404 with a sentence that says what is not there."""
    return NoError(document({"code": 404, "message": f"{what} not found."}, 404))


def said(status: int, message: str, code: int | None = None) -> NoError:
    """A status with a message; the code in the body may be another one."""
    return NoError(document({"code": code or status, "message": message}, status))


def incomplete(*errors: str, status: int = 422) -> NoError:
    """What is asked lacks something."""
    return NoError(document({"errors": list(errors)}, status))


def unreadable(message: str) -> NoError:
    """The event is at fault, but the status says that the server is."""
    return said(500, message, code=400)


def logged() -> NoError:
    """A read failed inside."""
    return said(500, "There was an error processing your request. It has been logged (ID 0).")


def refused() -> NoError:
    """A name is against the rules, found when half of the event is stored."""
    return NoError(_page(400, "Bad Request"))


def broken() -> NoError:
    """Storing failed half-way."""
    return NoError(_page(500, "Internal Server Error"))


def _page(status: int, phrase: str) -> Answer:
    head = f"<html><head><title>Error {status} {phrase}</title></head>"
    text = f"<h2>HTTP ERROR {status} {phrase}</h2><p>URI: /api/v1/lineage</p>"
    return Answer(status, f"{head}<body>{text}</body></html>".encode(), HTML)
