"""The run that a run is a part of, as OpenLineage's integrations pass it on.

It is a node that executes a driver, a scheduler's task, or a parent that was named in code; our own
runs are handed to child processes in the same variables.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from hamilton_ol.records import Parent

CONTEXT, PARENT, ROOT = (
    "OPENLINEAGE_CONTEXT",
    "OPENLINEAGE_PARENT_ID",
    "OPENLINEAGE_ROOT_PARENT_ID",
)
FORM = "namespace/job/run-id"


def parent_of_environment(environ: Mapping[str, str]) -> Parent | None:
    """The parent that the environment names, as OpenLineage's integrations pass it on.

    Raises:
        ValueError: a variable is set to something that names no parent.
    """
    if environ.get(CONTEXT):
        return _read(CONTEXT, lambda: _from_context(environ[CONTEXT]))
    if environ.get(PARENT):
        return _read(PARENT, lambda: parse_parent(environ[PARENT], environ.get(ROOT)))
    return None


def environment_of(parent: Parent) -> dict[str, str]:
    """The variables that make a run the parent of what a child process runs.

    dbt, Spark, and `parent_of_environment` read them. OPENLINEAGE_CONTEXT is the newer form; of the
    older one dbt cannot read a namespace with a slash.
    """
    own, root = parent[:3], parent[3:]
    context = {"parent": {**_named(*own), "root": _named(*root)}}
    return {
        CONTEXT: json.dumps(context, separators=(",", ":")),
        PARENT: _joined(*own),
        ROOT: _joined(*root),
    }


def _named(run_id: str, namespace: str, job: str) -> dict[str, dict[str, str]]:
    return {"run": {"runId": run_id}, "job": {"namespace": namespace, "name": job}}


def _joined(run_id: str, namespace: str, job: str) -> str:
    return f"{namespace}/{job}/{run_id}"


def _read(variable: str, read: Callable[[], Parent]) -> Parent:
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError(f"{variable} names no parent run") from error


def parse_parent(text: str, root: str | None = None) -> Parent:
    """The parent written as `namespace/job/run-id`; the namespace may hold slashes.

    Raises:
        ValueError: it is not written so, or the run id is no UUID.
    """
    parent = _parts(text)
    return Parent(*parent, *(_parts(root) if root else parent))


def _parts(text: str) -> tuple[str, str, str]:
    parts = text.rsplit("/", 2)
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - namespace, job, run
        raise ValueError(f"a parent is written {FORM}, not {text!r}")
    namespace, job, run_id = parts
    return _run_id(run_id), namespace, job


def _run_id(text: str) -> str:
    """A run's id as the standard wants it; what takes events refuses anything else."""
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise ValueError(f"the id of a run is a UUID, not {text!r}") from error


def _from_context(text: str) -> Parent:
    """The JSON of OPENLINEAGE_CONTEXT: {"parent": {"run": ..., "job": ..., "root": ...}}."""
    parent = json.loads(text)["parent"]
    found = _identity(parent)
    return Parent(*found, *(_identity(parent["root"]) if parent.get("root") else found))


def _identity(part: Any) -> tuple[str, str, str]:
    namespace, job = part["job"]["namespace"], part["job"]["name"]
    if not (isinstance(namespace, str) and namespace and isinstance(job, str) and job):
        raise ValueError("a job has a namespace and a name")
    return _run_id(part["run"]["runId"]), namespace, job
