"""Opens the store of recorded runs for a command, and tells if that takes long."""

from hamilton_ol.cli.progress import Progress
from hamilton_ol.config import Settings
from hamilton_ol.pipeline import open_store
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader


def open_reader(settings: Settings) -> StoreReader:
    """The store of recorded runs.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    with Progress("Reading the store") as progress:
        return open_store(settings.store, progress.show)


def read_run(reader: StoreReader, reference: str) -> Run:
    """A recorded run.

    Args:
        reader: of the store.
        reference: id of the run, the beginning of one, or `latest`.

    Raises:
        RunNotFoundError, AmbiguousRunError: there is no such run, or there are several.
        StoreError: a part of the store cannot be read.
    """
    with Progress("Reading the run"):
        return reader.run(reference)
