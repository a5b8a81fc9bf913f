"""Dataflows for tests: modules made from text, drivers with a hook, runs read back."""

import importlib.util
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from hamilton import driver

from hamilton_ol import OpenLineageHook
from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.mapping.options import Options
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all


class Flows:
    """Makes modules from source text, in files, so that their text can be read.

    Args:
        folder: where the files go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._names = folder, list[str]()

    def module(self, source: str, name: str = "flow") -> ModuleType:
        """A module with this text."""
        path = self._folder / f"{name}.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        self._names.append(name)
        spec.loader.exec_module(module)
        return module

    def forget(self) -> None:
        """Take the modules out of the interpreter again."""
        for name in self._names:
            sys.modules.pop(name, None)


def build(modules: Sequence[ModuleType], *adapters: Any, **config: Any) -> driver.Driver:
    """A driver of the modules, with these adapters and config."""
    builder = driver.Builder().with_modules(*modules).with_config(config)
    return builder.with_adapters(*adapters).build() if adapters else builder.build()


def execute(
    module: ModuleType,
    requested: Sequence[str],
    store: Path,
    *,
    inputs: dict[str, Any] | None = None,
    **config: Any,
) -> Run:
    """Execute a module with a hook, and read the run back."""
    hook = OpenLineageHook("job", store=store)
    build([module], hook, **config).execute(list(requested), inputs=inputs or {})
    return latest(store)


def latest(store: Path, reference: str = "latest") -> Run:
    """A run of the store, when all is written."""
    assert flush_all(30)
    return StoreReader(store).run(reference)


def events(run: Run, **options: Any) -> list[Event]:
    """The events of a run."""
    return list(EventMapper(Options(**options)).events(run))
