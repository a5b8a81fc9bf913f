"""`hamilton-ol push`."""

import contextlib
import functools
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.failures import report
from hamilton_ol.cli.options import (
    RUN_HELP,
    granularity_option,
    json_option,
    profile_option,
    settings_to_send,
    store_option,
    timeout_option,
)
from hamilton_ol.cli.progress import Progress
from hamilton_ol.cli.reading import open_reader
from hamilton_ol.cli.targets import targets_of, to_option
from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.parcels import Order, Outcome
from hamilton_ol.delivery.tagging import forget_tags, tag_problem
from hamilton_ol.delivery.targets import target
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.errors import HamiltonOLError, RefusedError, StoreError, StoreUnreadableError
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.sending import (
    RunParcel,
    acknowledgements_of,
    count_pending,
    open_dispatcher,
    open_sampling,
    version_of,
)
from hamilton_ol.store.reader import RunSummary, StoreReader

_NOTES = {
    "RUNNING": "is not finished: its events so far were sent; push it again when it is.",
    "DIED": "ended without notice, its process is gone: it was sent as aborted.",
}


@click.command(
    help="Send the events of runs, in order, to Marquez or anything else that takes OpenLineage."
    "\n\nWithout RUN all that the target has not got yet, the oldest run first."
    f"\n\n{RUN_HELP}"
)
@click.argument("runs", nargs=-1, metavar="[RUN]...")
@to_option
@click.option("--again", is_flag=True, help="Send also what the target has taken before.")
@click.option(
    "--force", is_flag=True, help="With --again: even where a newer run of the job was sent since."
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@timeout_option
@granularity_option
@profile_option
@store_option
@json_option
def command(  # noqa: PLR0913 - one for each option
    *,
    runs: tuple[str, ...],
    wanted: tuple[str, ...],
    again: bool,
    force: bool,
    dry_run: bool,
    timeout: float | None,
    granularity: str | None,
    profile: str | None,
    store: Path | None,
    as_json: bool,
) -> None:
    """Send each run from its START to its end, to each target."""
    if force and not again:
        raise click.UsageError("--force is for --again: what was not sent before needs no force.")
    settings = settings_to_send(store)
    specs, reader = targets_of(settings, wanted), open_reader(settings)
    meant = _meant(reader, runs)
    order = Order.FORCED if force else Order.AGAIN if again else Order.NOW
    pushes = []
    for spec in specs:
        mapper = event_mapper(settings, profile, granularity, spec)
        takes = _takes(reader, spec, settings, is_told=bool(runs) or again, is_dry=dry_run)
        parcels = [RunParcel(reader, mapper, summary) for summary in meant if takes(summary)]
        push = _Push(spec, parcels, reader.root, order, as_json=as_json, is_all=not runs)
        push.pretend() if dry_run else push.send(timeout)
        pushes.append(push)
    if as_json:
        output.print_json({"targets": [push.document for push in pushes]})
    _fail(pushes)


def _fail(pushes: Sequence["_Push"]) -> None:
    """Say why targets did not get everything; raises the last of the errors."""
    errors = [(push.address, push.error) for push in pushes if push.error is not None]
    for number, (address, error) in enumerate(errors, 1):
        if len(pushes) > 1:
            output.note(f"{address} has not got everything.")
        if number == len(errors):
            raise error
        report(error, sys.argv[1:])


def _meant(reader: StoreReader, runs: tuple[str, ...]) -> Sequence[RunSummary]:
    """The runs that are meant, each once; all of them, the oldest first, where none is named."""
    every = {summary.run_id: summary for summary in reversed(reader.runs())}
    ids = dict.fromkeys(reader.find(run) for run in runs) if runs else every
    return [every[run_id] for run_id in ids]


def _takes(
    reader: StoreReader, spec: TargetSpec, settings: Settings, *, is_told: bool, is_dry: bool
) -> Callable[[RunSummary], bool]:
    """Whether a target gets a run, of which it may be to get a share only: what is named it does."""
    if is_told:
        return lambda _run: True
    told = acknowledgements_of(reader.root, spec.address)
    if is_dry:
        return lambda run: not told.of_run(run.run_id).is_left_out
    sampling = open_sampling(reader.root, spec, settings, told)

    def takes(run: RunSummary) -> bool:
        return sampling.takes(
            run.run_id, run.started, run.status, lambda: version_of(reader.run(run.run_id))
        )

    return takes


class _Push:
    """Sends runs to one target, and says what became of each.

    Attributes:
        error: what a person has to know in the end: it could not be sent, or was refused.
    """

    def __init__(
        self,
        spec: TargetSpec,
        parcels: Sequence[RunParcel],
        store: Path,
        order: Order,
        *,
        as_json: bool,
        is_all: bool,
    ) -> None:
        self._spec, self._store, self._order = spec, store, order
        self._parcels = {parcel.run_id: parcel for parcel in parcels}
        self._as_json, self._is_all = as_json, is_all
        self._told: list[dict[str, Any]] = []
        self._rejected: list[str] = []
        self.error: HamiltonOLError | Exception | None = None

    @property
    def address(self) -> str:
        """Of the target."""
        return self._spec.address

    @property
    def document(self) -> dict[str, Any]:
        """What became of the runs, for `--json`."""
        return {"target": self._spec.address, "runs": self._told}

    # --- without sending -----------------------------------------------------------------------

    def pretend(self) -> None:
        """Say what would be sent."""
        told = acknowledgements_of(self._store, self._spec.address)
        with Progress("Preparing events") as progress:
            for number, parcel in enumerate(self._parcels.values(), 1):
                known = told.of_run(parcel.run_id)
                is_whole = self._order.is_whole or known.is_left_out
                self._would(parcel, count_pending(parcel, None if is_whole else known))
                progress.show(number, len(self._parcels))
        self._say_if_nothing()

    def _would(self, parcel: RunParcel, events: int) -> None:
        if events:
            self._tell(parcel, events, f"{events} events would go to {self._spec.address}")

    # --- sending -------------------------------------------------------------------------------

    def send(self, timeout: float | None) -> None:
        """Send the runs."""
        progress, made = Progress("Sending events"), itertools.count()
        connect = functools.partial(open_transport, self._spec, timeout=timeout)
        folder = target(self._store, self._spec.address).folder
        try:
            if self._order.is_whole:
                forget_tags(folder)
            dispatcher = open_dispatcher(
                self._store,
                self._spec.address,
                connect,
                breathe=lambda: progress.show(next(made)),
            )
            with progress, contextlib.closing(dispatcher):
                for outcome in dispatcher.deliver(self._wanted(dispatcher), order=self._order):
                    self._over(outcome)
                self._finish(dispatcher)
            if untagged := tag_problem(folder):
                output.note(f"Tags could not be set: {untagged}")
        except StoreError:
            raise
        except HamiltonOLError as error:  # this target cannot be used; others can
            self.error = self.error or error
        except OSError as error:
            text = f"What is sent cannot be noted in {self._store}: {error.strerror or error}"
            hint = "Copy the store to where you may write, and give it with --store."
            raise StoreUnreadableError(text, hint=hint) from error

    def _wanted(self, dispatcher: Dispatcher) -> Iterator[RunParcel]:
        """The runs; where all are meant, those of which something is pending."""
        told = dispatcher.acknowledgements
        for run_id, parcel in self._parcels.items():
            if not self._is_all or self._order.is_whole or not told.of_run(run_id).is_done:
                yield parcel

    def _over(self, outcome: Outcome) -> None:
        """Say what became of a run."""
        parcel = self._parcels[outcome.run_id]
        if outcome.rejected:
            self._rejected.append(outcome.run_id)
        if outcome.error is not None:
            self.error = self.error or outcome.error
            return
        self._tell(parcel, outcome.sent, self._sentence(outcome), outcome.rejected)
        status = parcel.summary.status
        if status in _NOTES and outcome.state == "done":
            output.note(f"{outcome.run_id} {_NOTES[status]}")

    def _tell(self, parcel: RunParcel, events: int, sentence: str, rejected: int = 0) -> None:
        told = {"run_id": parcel.run_id, "job": parcel.job, "events": events}
        self._told.append(told | ({"rejected": rejected} if rejected else {}))
        if not self._as_json:
            output.say(f"{parcel.run_id} {parcel.job}: {sentence}")

    def _sentence(self, outcome: Outcome) -> str:
        if outcome.state == "busy":
            return "another process sends runs of this job now"
        if not outcome.sent and not outcome.rejected:
            return f"nothing new for {self._spec.address} (--again sends it once more)"
        refused = f", {outcome.rejected} refused" if outcome.rejected else ""
        return f"{outcome.sent} events to {self._spec.address}{refused}"

    def _finish(self, dispatcher: Dispatcher) -> None:
        """Say what there is to say of all runs."""
        if self.error is not None:
            return
        self._say_if_nothing()
        if self._rejected:
            known = dispatcher.acknowledgements.of_run(self._rejected[0]).rejected
            first = next(iter(known.values()))
            runs = f"{len(self._rejected)} run{'s' if len(self._rejected) > 1 else ''}"
            text = f"Events of {runs} were refused for good, the first: {first}"
            hint = "`hamilton-ol status` lists them; `hamilton-ol events RUN` prints them."
            self.error = RefusedError(text, status=0, hint=hint, is_final=True)

    def _say_if_nothing(self) -> None:
        if not self._told and not self._as_json:
            output.note(f"Nothing is pending for {self._spec.address}.")
