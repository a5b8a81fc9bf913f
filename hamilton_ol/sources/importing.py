"""Imports a dataflow in a process of its own and tells what it is.

`python -m hamilton_ol.sources.importing REQUEST RESULT`: two files of JSON, the second of which it
writes. Whatever the modules do, they do it to this process.
"""

import importlib
import json
import math
import os
import signal
import sys
import sysconfig
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from hamilton.driver import Driver

T = TypeVar("T")

LONGEST = 2000  # characters of an error
GRACE = 5  # seconds after which it ends by itself
# What is installed, Python's own, and what is here.
_NOT_THEIRS = ("<frozen", *sysconfig.get_paths().values(), str(Path(__file__).parents[1]))


def main(request: str, result: str) -> None:
    """Do it."""
    asked = json.loads(Path(request).read_bytes())
    if hasattr(signal, "alarm"):  # whoever waits for it may be killed, and then nobody ends it
        signal.alarm(math.ceil(asked["limit"]) + GRACE)
    sys.path[:0] = asked["folders"]
    try:
        told = _read(asked)
    except BaseException as error:
        told = {"error": _reason(error)}
    path = Path(result)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(told), encoding="utf-8")
    unfinished.rename(path)


def _read(asked: Mapping[str, Any]) -> dict[str, Any]:
    if asked.get("left_out"):
        from hamilton_ol.sources.extensions import leave_out  # noqa: PLC0415 - it loads Hamilton

        leave_out(asked["left_out"])
    from hamilton_ol.dataflow.building import build  # noqa: PLC0415 - takes a second
    from hamilton_ol.sources.drivers import record_of  # noqa: PLC0415
    from hamilton_ol.store.codec import encode  # noqa: PLC0415

    def made_of(modules: Iterable[ModuleType]) -> "Driver":
        return build([*needed, *modules], asked["config"])

    needed = [importlib.import_module(name) for name in asked["modules"]]
    # of a folder some may be scripts, or not work
    found, lost = _tried(
        {name: partial(importlib.import_module, name) for name in asked["optional"]}
    )
    refused = dict[str, Exception]()
    try:
        whole = made_of(found.values()) if needed or found else None
    except Exception:
        if not found:
            raise
        alone = {name: partial(build, [module], asked["config"]) for name, module in found.items()}
        drivers, refused = _tried(alone)
        whole = made_of(found[name] for name in drivers) if needed or drivers else None
    failed = (*lost.items(), *refused.items())
    problems = [f"{name} could not be loaded: {_reason(error)}" for name, error in failed]
    if whole is None:
        return {"error": "; ".join(problems)}
    return {"record": encode(record_of(whole)), "problems": problems, "lost": list(lost)}


def _tried(calls: Mapping[str, Callable[[], T]]) -> tuple[dict[str, T], dict[str, Exception]]:
    """What each call returned, and what the others raised."""
    found, failed = dict[str, T](), dict[str, Exception]()
    for name, call in calls.items():
        try:
            found[name] = call()
        except Exception as error:
            failed[name] = error
    return found, failed


def _reason(error: BaseException) -> str:
    """The error, and where in the person's code it was raised."""
    text = f"{type(error).__name__}: {error}".strip(": ")[:LONGEST]
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{f.filename}:{f.lineno}" for f in frames if not f.filename.startswith(_NOT_THEIRS)]
    return f"{text} ({places[-1]})" if places else text


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)  # a module's threads may never end
