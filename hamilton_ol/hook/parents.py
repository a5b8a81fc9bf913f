"""The run that a run is a part of.

A node that executes a driver, a scheduler's task, or a parent that was named in code.
"""

import json
from collections.abc import Mapping
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
        return _from_context(environ[CONTEXT])
    if environ.get(PARENT):
        return parse_parent(environ[PARENT], environ.get(ROOT))
    return None


def parse_parent(text: str, root: str | None = None) -> Parent:
    """The parent written as `namespace/job/run-id`; the namespace may hold slashes.

    Raises:
        ValueError: it is not written so.
    """
    namespace, job, run_id = _parts(text)
    root_namespace, root_job, root_id = _parts(root) if root else (namespace, job, run_id)
    return Parent(run_id, namespace, job, root_id, root_namespace, root_job)


def _parts(text: str) -> tuple[str, str, str]:
    parts = text.rsplit("/", 2)
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - namespace, job, run
        raise ValueError(f"a parent is written {FORM}, not {text!r}")
    return parts[0], parts[1], parts[2]


def _from_context(text: str) -> Parent | None:
    """The JSON of OPENLINEAGE_CONTEXT: {"parent": {"run": ..., "job": ..., "root": ...}}."""
    try:
        parent = json.loads(text)["parent"]
        run_id, namespace, job = _identity(parent)
        root = _identity(parent["root"]) if parent.get("root") else (run_id, namespace, job)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{CONTEXT} names no parent: {error!r}") from error
    return Parent(run_id, namespace, job, *root)


def _identity(part: Any) -> tuple[str, str, str]:
    return str(part["run"]["runId"]), str(part["job"]["namespace"]), str(part["job"]["name"])
