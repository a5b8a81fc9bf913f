"""Imports a dataflow in a process of its own and tells what it is.

`python -m hamilton_ol.sources.importing REQUEST RESULT`: the first is JSON, the second a file for
JSON. Whatever the modules do, they do it to this process.
"""

import importlib
import json
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any


def main(request: str, result: str) -> None:
    """Do it."""
    asked = json.loads(request)
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
    modules, problems = _modules(asked)
    if not modules:
        return {"error": "; ".join(problems) or "No module is there to be imported"}
    from hamilton_ol.dataflow.building import build  # noqa: PLC0415 - after what may fail sooner
    from hamilton_ol.sources.drivers import record_of  # noqa: PLC0415
    from hamilton_ol.store.codec import encode  # noqa: PLC0415

    record = record_of(build(modules, asked["config"]))
    return {"record": encode(record), "problems": problems}


def _modules(asked: Mapping[str, Any]) -> tuple[list[ModuleType], list[str]]:
    """What can be imported; of a folder one module may fail, of what was named none."""
    found = [importlib.import_module(name) for name in asked["modules"]]
    problems = []
    for name in asked["optional"]:
        try:
            found.append(importlib.import_module(name))
        except Exception as error:
            problems.append(f"{name} could not be imported: {_reason(error)}")
    return found, problems


def _reason(error: BaseException) -> str:
    """The error, and where in the person's code it was raised."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not _is_ours(f.filename)]
    text = f"{type(error).__name__}: {error}".strip(": ")
    return f"{text} ({frames[-1].filename}:{frames[-1].lineno})" if frames else text


def _is_ours(file: str) -> bool:
    return file.startswith("<frozen") or file == __file__


if __name__ == "__main__":
    main(*sys.argv[1:])
