"""Exceptions, described without running any code of theirs.

`str(error)` may raise, hang, or print all the data, so the message is put together from arguments
that are plain text or numbers, and the stack from files, lines and names of functions.
"""

import re
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamilton_ol.dataflow.places import home_hidden
from hamilton_ol.dataflow.types import class_name
from hamilton_ol.masking import Masker
from hamilton_ol.records import ErrorRecord

MOST_FRAMES = 50
_OURS = ("hamilton.", "hamilton_ol.")
# Hamilton quotes the value of an input of the wrong type; checkers quote the rows that fail.
_QUOTED_VALUE = re.compile(r"\bgot .*?:(<class '[^']*'>) instead", re.DOTALL)
_FAILURE_CASES = re.compile(r"failure cases?:.*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CaughtError:
    """An exception as a callback saw it: nothing of it is kept alive but texts."""

    type: str
    message: str
    frames: tuple[tuple[str, int, str], ...]


def catch_error(error: BaseException) -> CaughtError:
    """Take what can be told of an exception."""
    return CaughtError(class_name(type(error)), _message(error), _frames(error))


def _message(error: BaseException) -> str:
    arguments: tuple[Any, ...] = vars(BaseException)["args"].__get__(error)
    if isinstance(error, OSError) and arguments and type(arguments[0]) is int:
        file = vars(OSError)["filename"].__get__(error)
        shown = ": ".join(_plain(a) for a in arguments[1:2])
        return f"[Errno {arguments[0]}] {shown}" + (f": {file!r}" if type(file) is str else "")
    if isinstance(error, KeyError) and len(arguments) == 1 and type(arguments[0]) is str:
        return repr(arguments[0])
    return ", ".join(_plain(argument) for argument in arguments)


def _plain(argument: Any) -> str:
    if type(argument) is str:
        return str(argument)
    if type(argument) in (int, float, bool, type(None)):
        return repr(argument)
    return f"<{class_name(type(argument))}>"


def _frames(error: BaseException) -> tuple[tuple[str, int, str], ...]:
    """(file, line, function) of each frame that is neither Hamilton's nor ours."""
    step: types.TracebackType | None = vars(BaseException)["__traceback__"].__get__(error)
    found: list[tuple[str, int, str]] = []
    while step is not None:
        frame = step.tb_frame
        module = frame.f_globals.get("__name__")
        if not (isinstance(module, str) and f"{module}.".startswith(_OURS)):
            found.append((frame.f_code.co_filename, step.tb_lineno, frame.f_code.co_qualname))
        step = step.tb_next
    return tuple(found[-MOST_FRAMES:])


def error_record(caught: CaughtError, masker: Masker, node: str | None) -> ErrorRecord:
    """The record of an exception, masked.

    Args:
        caught: as a callback saw it.
        masker: knows secrets, among them what the run's inputs hide.
        node: the node that raised it, as far as it is known.
    """
    text = _QUOTED_VALUE.sub(r"got ***:\1 instead", caught.message)
    text = _FAILURE_CASES.sub("failure cases: ***", text)
    return ErrorRecord(
        type=caught.type,
        message=masker.text(text),
        stack=tuple(
            f'File "{_file(file)}", line {line}, in {name}' for file, line, name in caught.frames
        ),
        node=node,
    )


def _file(name: str) -> str:
    return name if name.startswith("<") else home_hidden(Path(name).absolute())
