"""`hamilton-ol push`."""

import contextlib
import functools
import itertools
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import (
    RUN_HELP,
    granularity_option,
    json_option,
    profile_option,
    settings_of,
    store_option,
)
from hamilton_ol.cli.progress import Progress
from hamilton_ol.cli.reading import open_reader
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.parcels import Order, Outcome
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.errors import RefusedError, StoreUnreadableError
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.sending import RunParcel, open_dispatcher, pending
from hamilton_ol.store.reader import StoreReader

_NOTES = {
    "RUNNING": "is not finished: its events so far were sent; push it again when it is.",
    "DIED": "ended without notice, its process is gone: it was sent as aborted.",
}


def _finite(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """The value, unless it is "nan", which is within every range."""
    if math.isnan(value):
        raise click.BadParameter("'nan' is not a number of seconds.")
    return value


@click.command(
    help="Send the events of runs, in order, to Marquez or anything else that takes OpenLineage."
    "\n\nWithout RUN all that the target has not got yet, the oldest run first."
    f"\n\n{RUN_HELP}"
)
@click.argument("runs", nargs=-1, metavar="[RUN]...")
@click.option("--to", "url", required=True, help="Address, for example http://localhost:5000.")
@click.option("--again", is_flag=True, help="Send also what the target has taken before.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=3600),
    callback=_finite,
    default=10.0,
    show_default=True,
    help="Seconds that the target has for each answer.",
)
@granularity_option
@profile_option
@store_option
@json_option
def command(
    *,
    runs: tuple[str, ...],
    url: str,
    again: bool,
    timeout: float,
    granularity: str | None,
    profile: str | None,
    store: Path | None,
    as_json: bool,
) -> None:
    """Send each run from its START to its end."""
    settings = settings_of(store)
    connect = functools.partial(open_transport, target_of(url), timeout=timeout)
    address = connect().address
    reader, mapper = open_reader(settings), event_mapper(settings, profile, granularity)
    progress, made = Progress("Sending events"), itertools.count()
    dispatcher = open_dispatcher(
        reader.root, address, connect, breathe=lambda: progress.show(next(made))
    )
    push = _Push(address, as_json=as_json)
    parcels = _wanted(runs, reader, mapper, dispatcher, again=again)
    order = Order.AGAIN if again else Order.NOW
    try:
        with progress, contextlib.closing(dispatcher):
            for outcome in dispatcher.deliver(push.seen(parcels), order=order):
                push.over(outcome)
    except OSError as error:
        text = f"What is sent cannot be noted in {reader.root}: {error.strerror or error}"
        hint = "Copy the store to where you may write, and give it with --store."
        raise StoreUnreadableError(text, hint=hint) from error
    push.finish(dispatcher)


def _wanted(
    runs: tuple[str, ...],
    reader: StoreReader,
    mapper: EventMapper,
    dispatcher: Dispatcher,
    *,
    again: bool,
) -> list[RunParcel]:
    """The runs that are meant, each once."""
    every = {summary.run_id: summary for summary in reversed(reader.runs())}
    if runs:
        ids = dict.fromkeys(reader.find(run) for run in runs)
        return [RunParcel(reader, mapper, every[run_id]) for run_id in ids]
    if again:
        return [RunParcel(reader, mapper, summary) for summary in every.values()]
    return list(pending(reader, mapper, dispatcher.acknowledgements))


class _Push:
    """Says what became of each run."""

    def __init__(self, address: str, *, as_json: bool) -> None:
        self._address, self._as_json = address, as_json
        self._runs: dict[str, RunParcel] = {}
        self._told: list[dict[str, Any]] = []
        self._rejected: list[str] = []
        self._error: Exception | None = None

    def seen(self, parcels: list[RunParcel]) -> Iterator[RunParcel]:
        """The runs, as they are taken."""
        for parcel in parcels:
            self._runs[parcel.run_id] = parcel
            yield parcel

    def over(self, outcome: Outcome) -> None:
        """Say what became of a run."""
        run_id, summary = outcome.run_id, self._runs[outcome.run_id].summary
        if outcome.rejected:
            self._rejected.append(run_id)
        if outcome.error is not None:
            self._error = self._error or outcome.error
            return
        told = {"run_id": run_id, "job": summary.job, "events": outcome.sent}
        self._told.append(told | ({"rejected": outcome.rejected} if outcome.rejected else {}))
        if not self._as_json:
            output.say(f"{run_id} {summary.job}: {self._sentence(outcome)}")
        if summary.status in _NOTES and outcome.state == "done":
            output.note(f"{run_id} {_NOTES[summary.status]}")

    def _sentence(self, outcome: Outcome) -> str:
        if outcome.state == "busy":
            return "another process sends runs of this job now"
        if not outcome.sent and not outcome.rejected:
            return f"nothing new for {self._address} (--again sends it once more)"
        refused = f", {outcome.rejected} refused" if outcome.rejected else ""
        return f"{outcome.sent} events to {self._address}{refused}"

    def finish(self, dispatcher: Dispatcher) -> None:
        """Say what there is to say of all runs.

        Raises:
            RefusedError: events were refused for good.
            HamiltonOLError: something could not be sent.
        """
        if self._error is not None:
            raise self._error
        if self._as_json:
            output.print_json({"target": self._address, "runs": self._told})
        elif not self._told:
            output.note(f"Nothing is pending for {self._address}.")
        if self._rejected:
            known = dispatcher.acknowledgements.of_run(self._rejected[0]).rejected
            first = next(iter(known.values()))
            runs = f"{len(self._rejected)} run{'s' if len(self._rejected) > 1 else ''}"
            text = f"Events of {runs} were refused for good, the first: {first}"
            hint = "`hamilton-ol status` lists them; `hamilton-ol events RUN` prints them."
            raise RefusedError(text, status=0, hint=hint, is_final=True)
