"""The few facts that tie an artifact to its lineage."""

from pathlib import Path

from hamilton_ol import pipeline
from hamilton_ol.config import resolve
from hamilton_ol.records import Run, stamp_facts
from hamilton_ol.store import current, writers

PATIENCE = 10.0  # seconds until a stamp is taken of what is known by then


def stamp(run: str | None = None, *, store: str | Path | None = None) -> dict[str, str]:
    """What ties an artifact to its lineage, ready for the metadata of a file, a run or a table.

    >>> joblib.dump({"model": model, "lineage": hamilton_ol.stamp()}, "model.joblib")

    Args:
        run: id of a recorded run, a prefix of one, or `latest`; by default the run that this
            thread is in or began last, else the last one of this process, else `latest`.
        store: the folder of recorded runs; by default as the settings say.

    Returns:
        Texts under `hamilton_ol.run_id`, `.job`, `.namespace`, `.requested`, `.revision`,
        `.dirty` (`true`, `false`), `.fingerprint` and `.config_hash`; empty where a thing is not
        known, such as the revision of code in no repository. Nothing at all when recording is
        disabled.

    Raises:
        RunNotFoundError, AmbiguousRunError: there is no such run, or there are several.
        StoreError: the store cannot be read.
    """
    writers.flush_all(PATIENCE)
    live = current.latest() if run is None and store is None else None
    if live is not None:
        return live()
    settings = resolve({"store": store})
    if settings.disabled and run is None:
        return {}
    return stamp_of(pipeline.open_store(settings.store).run(run or "latest"))


def stamp_of(run: Run) -> dict[str, str]:
    """The stamp of a recorded run."""
    context = run.context
    return stamp_facts(run.started, run.graph, context.revision, context.config_hash)
