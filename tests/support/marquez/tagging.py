"""Tags that are set by a call of their own; the `tags` facet of an event sets none."""

import json

from tests.support.marquez.answers import logged, said
from tests.support.marquez.catalog import Catalog, Dataset, Job, Json


def define(catalog: Catalog, name: str, body: bytes) -> Json:
    """Make a tag known, with a description."""
    if not body:
        raise logged()
    catalog.tags[name] = json.loads(body).get("description")
    return {"name": name, "description": catalog.tags[name]}


def add(catalog: Catalog, tags: list[str], name: str) -> None:
    """Add a tag, once; one that nobody made known is known from now on."""
    catalog.tags.setdefault(name, None)
    if name not in tags:
        tags.append(name)


def remove(tags: list[str], name: str) -> None:
    """Take a tag away."""
    if name in tags:
        tags.remove(name)


def of_field(dataset: Dataset, name: str) -> list[str]:
    """The tags of a field; one that had another type before is there twice, and cannot be asked for."""
    if name not in dataset.field_types:
        raise said(404, f"Field '{name}' not found for dataset '{dataset.name}'.")
    if len(dataset.field_types[name]) > 1:
        raise logged()
    return dataset.field_tags.setdefault(name, [])


def check_job(job: Job) -> None:
    """A job whose last event named its parent is looked for by half of its name, and not found."""
    if job.simple_name != job.name:
        raise said(500, "null value in the place of a job")
