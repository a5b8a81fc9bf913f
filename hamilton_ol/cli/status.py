"""`hamilton-ol status`."""

from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import json_option, settings_of, store_option
from hamilton_ol.cli.progress import Progress
from hamilton_ol.cli.reading import open_reader
from hamilton_ol.delivery.targets import targets
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.sending import Standing, standing


@click.command(
    help="Show for each target what was sent, what waits, and what was refused, and why."
)
@store_option
@json_option
def command(*, store: Path | None, as_json: bool) -> None:
    """Print how all targets stand."""
    settings = settings_of(store)
    reader, mapper = open_reader(settings), event_mapper(settings)
    known = targets(reader.root)
    with Progress("Looking at runs") as progress:
        found = [standing(reader, mapper, target, progress.show) for target in known]
    if as_json:
        output.print_json({"targets": [_document(one) for one in found]})
    elif found:
        columns = ("target", "captured", "sent", "pending", "refused", "oldest pending")
        output.print_table(columns, [_row(one) for one in found])
        for one in found:
            for run_id, why in one.refused:
                output.note(f"{run_id[:8]} {why}")
    if not found:
        output.note(f"Nothing was sent yet from {reader.root}; `hamilton-ol push --to URL` does.")


def _row(one: Standing) -> tuple[str, ...]:
    counts = one.captured, one.sent, one.pending, one.rejected
    oldest = output.local_time(one.oldest) if one.oldest else ""
    return (one.address, *(f"{count}" for count in counts), oldest)


def _document(one: Standing) -> dict[str, Any]:
    return {
        "target": one.address,
        "captured": one.captured,
        "sent": one.sent,
        "pending": one.pending,
        "rejected": one.rejected,
        "oldest": output.utc_time(one.oldest) if one.oldest else None,
        "refused": [{"run_id": run_id, "why": why} for run_id, why in one.refused],
    }
