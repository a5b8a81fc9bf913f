"""Looks at all that recording and sending need, and says what is in order and what is not."""

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.examination import Finding, Probe, examine
from hamilton_ol.errors import (
    HamiltonOLError,
    SettingError,
    StoreError,
    StoreMissingError,
    StoreUnreadableError,
)
from hamilton_ol.mapping.probe import probe_events
from hamilton_ol.pipeline import open_store
from hamilton_ol.store.location import candidates, find
from hamilton_ol.store.reader import StoreReader

LITTLE = 100 << 20  # bytes of a disk on which runs are soon not recorded


def settings_findings(settings: Settings) -> Iterator[Finding]:
    """Whether all settings mean something, and recording is switched on."""
    for problem in settings.problems:
        hint = "It is left out; `hamilton-ol config` shows all settings."
        yield Finding("settings", "", SettingError(problem, hint=hint))
    if not settings.problems:
        changed = sum(origin != "default" for origin in settings.origins.values())
        yield Finding("settings", f"{changed} set, the rest by default")
    if settings.disabled:
        text = f"Nothing is recorded: disabled by {settings.origins['disabled']}"
        yield Finding("recording", "", SettingError(text, hint="Set it to 0 to record runs."))


def store_findings(settings: Settings) -> Iterator[Finding]:
    """Whether runs can be recorded, and read back."""
    try:
        root = find(settings.store)
    except StoreMissingError:
        yield _future_store(settings.store)
        return
    except StoreError as error:
        yield Finding("store", "", error)
        return
    yield Finding("store", str(root))
    yield from _read(root)
    yield _written(root)
    yield _room(root)


def _future_store(wanted: Path | None) -> Finding:
    """Whether the first run can make the store."""
    place = next(candidates(wanted))
    above = next(folder for folder in (place, *place.parents) if folder.exists())
    if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
        return Finding("store", f"none yet; the first run makes {place}")
    text = f"The store cannot be made: {above} may not be written"
    return Finding("store", "", _not_written(text))


def _read(root: Path) -> Iterator[Finding]:
    try:
        reader = open_store(root)
        runs = reader.runs()
        problems = reader.run(runs[0].run_id).problems if runs else {}
    except HamiltonOLError as error:
        yield Finding("runs", "", error)
        return
    yield Finding("runs", _counted(reader))
    if problems:
        what = "; ".join(f"{cause} ({count} times)" for cause, count in problems.items())
        text = f"Of the latest run not all could be recorded: {what}"
        hint = "The dataflow was not affected; `hamilton-ol show` says more."
        yield Finding("latest run", "", StoreUnreadableError(text, hint=hint))


def _counted(reader: StoreReader) -> str:
    runs = reader.runs()
    died = sum(run.status == "DIED" for run in runs)
    return f"{len(runs)} recorded" + (f", {died} of processes that died" if died else "")


def _written(root: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=root) as file:
            file.write(b"\0")
    except OSError as error:
        text = f"{root} cannot be written: {error.strerror or error}"
        return Finding("writing", "", _not_written(text))
    return Finding("writing", "works")


def _not_written(text: str) -> StoreUnreadableError:
    hint = "Look at its permissions; --store or HAMILTON_OL_STORE names another folder."
    return StoreUnreadableError(text, hint=hint)


def _room(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    if free < LITTLE:
        text = f"Only {free >> 20} MB are free on the disk of {root}"
        hint = "Make room; what cannot be written waits in memory, then it is lost."
        return Finding("room", "", StoreUnreadableError(text, hint=hint))
    return Finding("room", f"{free >> 30} GB free" if free >> 30 else f"{free >> 20} MB free")


def target_findings(
    spec: TargetSpec, timeout: float | None, *, with_probe: bool
) -> Iterator[Finding]:
    """Whether a target is there, lets us in and takes events.

    Args:
        spec: the target.
        timeout: seconds for each step.
        with_probe: whether it is sent events of a job of their own.
    """
    run_id = str(uuid.uuid4())
    probe = Probe(run_id, probe_events(run_id, time.time_ns())) if with_probe else None
    return examine(spec, probe, timeout)
