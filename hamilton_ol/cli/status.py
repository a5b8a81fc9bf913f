"""`hamilton-ol status`."""

from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import json_option, settings_of, store_option
from hamilton_ol.cli.progress import Progress
from hamilton_ol.cli.reading import open_reader
from hamilton_ol.errors import StoreUnreadableError
from hamilton_ol.standings import Standing, known_targets, standing

_COLUMNS = ("target", "captured", "sent", "pending", "refused", "oldest pending", "asked")


@click.command(
    help="Show for each target what was sent, what waits, and what was refused, and why."
)
@store_option
@json_option
def command(*, store: Path | None, as_json: bool) -> None:
    """Print how all targets stand."""
    settings = settings_of(store)
    reader = open_reader(settings)
    known = known_targets(settings, reader.root)
    try:
        with Progress("Looking at runs") as progress:
            found = [standing(reader, settings, target, progress.show) for target in known]
    except OSError as error:
        text = f"What was sent cannot be read in {reader.root}: {error.strerror or error}"
        raise StoreUnreadableError(text, hint="Look at its permissions.") from error
    if as_json:
        output.print_json({"targets": [_document(one) for one in found]})
    elif found:
        output.print_table(_COLUMNS, [_row(one) for one in found])
        for one in found:
            _explain(one, settings.exit_seconds)
    if not found:
        output.note(f"Nothing was sent yet from {reader.root}; `hamilton-ol push --to URL` does.")


def _row(one: Standing) -> tuple[str, ...]:
    counts = one.captured, one.sent, one.pending, one.rejected
    oldest = output.local_time(one.oldest) if one.oldest else ""
    name = f"{one.known.name} {one.known.address}".strip()
    return (name, *(f"{count}" for count in counts), oldest, _asked(one))


def _asked(one: Standing) -> str:
    """Whether the target is asked now."""
    if one.breaker.state == "closed":
        return "yes"
    after = output.local_time(int(one.breaker.until * output.SECOND))
    return "again" if one.breaker.state == "half-open" else f"after {after}"


def _explain(one: Standing, exit_seconds: float) -> None:
    address = one.known.address
    named = f"{address}: "  # with which most errors begin
    if one.breaker.why:
        output.note(f"{address} is left alone for a while: {one.breaker.why.removeprefix(named)}")
    if one.begun:
        what = "run is over but looks" if one.begun == 1 else "runs are over but look"
        way = (
            "the next run that takes long enough sends it, or `hamilton-ol push`; a script waits at "
            f"its end as long as exit_seconds says, now {exit_seconds:g}."
            if one.known.spec
            else f"`hamilton-ol push --to {address}` sends it."
        )
        where = f"RUNNING at {address}, which has not got the rest"
        output.note(f"{one.begun} {what} {where}: {way}")
    if one.notice:
        output.note(f"Something waits for {address}: {one.notice.removeprefix(named)}")
    if one.left_out:
        were = "1 was" if one.left_out == 1 else f"{one.left_out} were"
        output.note(f"{address} gets a share of the runs: {were} left out.")
    if one.untagged:
        output.note(f"{address} lacks tags: {one.untagged}")
    for run_id, why in one.refused:
        output.note(f"{run_id[:8]} {why}")


def _document(one: Standing) -> dict[str, Any]:
    breaker = one.breaker
    until = output.utc_time(int(breaker.until * output.SECOND)) if breaker.until else None
    return {
        "target": one.known.address,
        "name": one.known.name or None,
        "captured": one.captured,
        "sent": one.sent,
        "pending": one.pending,
        "rejected": one.rejected,
        "begun": one.begun,
        "oldest": output.utc_time(one.oldest),
        "refused": [{"run_id": run_id, "why": why} for run_id, why in one.refused],
        "left_out": one.left_out,
        "notice": one.notice or None,
        "untagged": one.untagged or None,
        "breaker": {
            "state": breaker.state,
            "until": until,
            "failures": breaker.failures,
            "why": breaker.why or None,
        },
    }
