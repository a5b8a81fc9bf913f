"""`hamilton-ol push`."""

import contextlib
import math
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
from hamilton_ol.cli.reading import open_reader, read_run
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.outbox import Outbox, Sent
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.errors import RefusedError, StoreUnreadableError
from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.records import Run
from hamilton_ol.sending import open_outbox
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
    with contextlib.closing(open_transport(target_of(url), timeout=timeout)) as transport:
        reader, mapper = open_reader(settings), event_mapper(settings, profile, granularity)
        outbox = open_outbox(reader.root, transport.address, transport)
        push = _Push(reader, mapper, outbox, transport, again=again, as_json=as_json)
        for run_id in _wanted(runs, reader, outbox, again=again):
            push.run(run_id)
    push.finish()


def _wanted(
    runs: tuple[str, ...], reader: StoreReader, outbox: Outbox, *, again: bool
) -> list[str]:
    """The ids of the runs that are meant, each once."""
    if runs:
        return list(dict.fromkeys(reader.find(run) for run in runs))
    known = outbox.acknowledgements
    every = (run.run_id for run in reversed(reader.runs()))
    return [run_id for run_id in every if again or not known.of_run(run_id).is_done]


class _Push:
    """Sends runs and says what became of each."""

    def __init__(
        self,
        reader: StoreReader,
        mapper: EventMapper,
        outbox: Outbox,
        transport: Transport,
        *,
        again: bool,
        as_json: bool,
    ) -> None:
        self._reader, self._mapper, self._outbox = reader, mapper, outbox
        self._address, self._again, self._as_json = transport.address, again, as_json
        self._told: list[dict[str, Any]] = []
        self._rejected: list[str] = []

    def run(self, run_id: str) -> None:
        """Send a run."""
        run = read_run(self._reader, run_id)
        sent = self._send(run)
        if sent.rejected:
            self._rejected.append(run_id)
        told = {"run_id": run_id, "job": run.started.job, "events": sent.sent}
        self._told.append(told | ({"rejected": sent.rejected} if sent.rejected else {}))
        if not self._as_json:
            output.say(f"{run_id} {run.started.job}: {self._sentence(sent)}")
        if run.status in _NOTES and not sent.is_busy:
            output.note(f"{run_id} {_NOTES[run.status]}")

    def _send(self, run: Run) -> Sent:
        events = self._events(run)
        try:
            with Progress("Sending events") as progress:
                return self._outbox.send(
                    run.run_id,
                    events,
                    is_over=run.status != "RUNNING",
                    again=self._again,
                    progress=lambda done: progress.show(done, len(events)),
                )
        except OSError as error:
            text = f"What is sent cannot be noted in {self._reader.root}: {error.strerror or error}"
            hint = "Copy the store to where you may write, and give it with --store."
            raise StoreUnreadableError(text, hint=hint) from error

    def _events(self, run: Run) -> list[Event]:
        events = []
        with Progress("Preparing events") as progress:
            for event in self._mapper.events(run):
                events.append(event)
                progress.show(len(events))
        return events

    def _sentence(self, sent: Sent) -> str:
        if sent.is_busy:
            return "another process sends it now"
        if not sent.sent and not sent.rejected:
            return f"nothing new for {self._address} (--again sends it once more)"
        refused = f", {sent.rejected} refused" if sent.rejected else ""
        return f"{sent.sent} events to {self._address}{refused}"

    def finish(self) -> None:
        """Say what there is to say of all runs.

        Raises:
            RefusedError: events were refused for good.
        """
        if self._as_json:
            output.print_json({"target": self._address, "runs": self._told})
        elif not self._told:
            output.note(f"Nothing is pending for {self._address}.")
        if self._rejected:
            known = self._outbox.acknowledgements.of_run(self._rejected[0]).rejected
            first = next(iter(known.values()))
            runs = f"{len(self._rejected)} run{'s' if len(self._rejected) > 1 else ''}"
            text = f"Events of {runs} were refused for good, the first: {first}"
            hint = "`hamilton-ol status` lists them; `hamilton-ol events RUN` prints them."
            raise RefusedError(text, status=0, hint=hint, is_final=True)
