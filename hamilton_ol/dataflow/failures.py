"""Exceptions, described without running any code of theirs.

`str(error)` may raise, hang, or print all the data, so the message is put together from arguments
that are plain text or numbers, and the stack from files, lines and names of functions.
"""

import re
import types
from pathlib import Path
from typing import Any, NamedTuple

from hamilton_ol.dataflow.freezing import MOST_BITS
from hamilton_ol.dataflow.places import home_hidden
from hamilton_ol.dataflow.types import class_name
from hamilton_ol.masking import MASK, Masker
from hamilton_ol.records import ErrorRecord

MOST_FRAMES = 50
LONGEST = 20_000  # characters of an argument
_OURS = ("hamilton.", "hamilton_ol.")
# Checkers quote the rows that fail.
_FAILING_ROWS = r"(?is)(failure[_ ]cases?['\"]?:|contains (?:null|duplicate) values:).*"
# Hamilton quotes the value of an input of the wrong type: "... Expected x:int got VALUE:TYPE".
_MISMATCH, _EXPECTED = "Type requirement mismatch.", " Expected "
_VALUE, _TYPE = " got ", ":<class '"
_CLASS = r"[\w.<>]+'>"


class CaughtError(NamedTuple):
    """An exception as a callback saw it: nothing of it is kept alive but texts."""

    type: str
    message: str
    frames: tuple[tuple[str, int, str], ...]


def catch_error(error: BaseException) -> CaughtError:
    """Take what can be told of an exception."""
    return CaughtError(class_name(type(error)), _message(error), _frames(error))


def _message(error: BaseException) -> str:
    arguments: tuple[Any, ...] = vars(BaseException)["args"].__get__(error)
    kind = type(error)
    if issubclass(kind, OSError) and arguments and type(arguments[0]) is int:
        file = vars(OSError)["filename"].__get__(error)
        shown = ": ".join(_plain(a) for a in arguments[1:2])
        return f"[Errno {_plain(arguments[0])}] {shown}" + _quoted(file)
    if issubclass(kind, KeyError) and len(arguments) == 1 and type(arguments[0]) is str:
        return repr(arguments[0][:LONGEST])
    if issubclass(kind, UnicodeError) and len(arguments) > 1:  # the second is all of the text
        arguments = (arguments[0], *arguments[2:])
    return ", ".join(_plain(argument) for argument in arguments)


def _quoted(file: Any) -> str:
    return f": {file[:LONGEST]!r}" if type(file) is str else ""


def _plain(argument: Any) -> str:
    kind = type(argument)
    if kind is str:
        return str(argument[:LONGEST])
    if kind is bool or kind is float or argument is None:
        return repr(argument)
    if kind is int and argument.bit_length() <= MOST_BITS:
        return repr(argument)
    return f"<{class_name(kind)}>"


def _frames(error: BaseException) -> tuple[tuple[str, int, str], ...]:
    """(file, line, function) of each frame that is neither Hamilton's nor ours."""
    step: types.TracebackType | None = vars(BaseException)["__traceback__"].__get__(error)
    found: list[tuple[str, int, str]] = []
    while step is not None:
        frame = step.tb_frame
        module = dict.get(frame.f_globals, "__name__")
        if not (type(module) is str and f"{module}.".startswith(_OURS)):
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
    text = re.sub(_FAILING_ROWS, rf"\1 {MASK}", _without_values(caught.message))
    return ErrorRecord(
        type=caught.type,
        message=_without_home(masker.text(text)),
        stack=tuple(
            f'File "{_file(file)}", line {line}, in {name}' for file, line, name in caught.frames
        ),
        node=node,
    )


def _without_values(message: str) -> str:
    """The message without the values of inputs that Hamilton quotes."""
    head, *parts = message.split(_MISMATCH)
    return head + "\n  Error: ".join(_MISMATCH + _without_value(part) for part in parts)


def _without_value(part: str) -> str:
    expected, _, given = part.partition(_VALUE) if part.startswith(_EXPECTED) else ("", "", part)
    kind = re.match(_CLASS, given[given.rfind(_TYPE) + len(_TYPE) :]) if _TYPE in given else None
    return f"{expected}{_VALUE}{MASK}{_TYPE + kind.group() if kind else ''} instead."


def _without_home(text: str) -> str:
    """The text with the home folder, which names a person, as `~`."""
    try:
        home = Path.home()
    except RuntimeError:
        return text
    for form in {str(home), home.as_posix()} if home.name else ():
        if form in text:
            text = re.sub(rf"(?<![\w.~-]){re.escape(form)}(?![\w.-])", "~", text)
    return text


def _file(name: str) -> str:
    return name if name.startswith("<") else home_hidden(Path(name).absolute())
