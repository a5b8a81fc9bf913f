"""What a dataflow's job is called when nobody says."""

import sys
import types
from collections.abc import Sequence
from pathlib import Path


def default_job_name(modules: Sequence[types.ModuleType]) -> str:
    """The common package of several modules, else the name of the last one, without its packages.

    A script is called as its file; without any module the name is `dataflow`.
    """
    names = [module.__name__ for module in modules]
    if len(names) > 1 and (package := _common_package(names)):
        return package
    if not names:
        return "dataflow"
    if names[-1] == "__main__":
        return Path(getattr(modules[-1], "__file__", None) or _script() or "dataflow").stem
    return names[-1].rpartition(".")[2]


def _script() -> str:
    """The script that runs; embedded interpreters, and `python -c`, have none."""
    script = sys.argv[0] if sys.argv else ""
    return "" if script.startswith("-") else script


def _common_package(names: Sequence[str]) -> str:
    packages = [name.split(".")[:-1] for name in names]
    common = []
    for parts in zip(*packages, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ".".join(common)
