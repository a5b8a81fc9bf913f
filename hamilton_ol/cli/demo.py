"""`hamilton-ol demo`."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import json_option, settings_of
from hamilton_ol.config import environment
from hamilton_ol.errors import DataflowError, MissingExtraError, SettingError
from hamilton_ol.pipeline import event_mapper, open_store
from hamilton_ol.records import Run

PROGRAM = "hamilton-ol"
INSTALL = 'pip install "hamilton-ol[demo]"'


@click.command(help="Run a small machine-learning dataflow and see what is recorded.")
@json_option
def command(*, as_json: bool) -> None:
    """Run the demo in a process of its own, then show what there is to see."""
    if importlib.util.find_spec("sklearn") is None:
        raise MissingExtraError("The demo needs scikit-learn", hint=INSTALL)
    settings = settings_of()
    if settings.disabled:
        raise SettingError(
            "Recording is disabled, so the demo has nothing to show",
            hint=f"It is disabled by {settings.origins['disabled']}.",
        )
    output.note("Running a dataflow that trains a random forest on made-up passengers ...")
    run_id = _execute()
    reader = open_store(settings.store)
    run = reader.run(run_id)
    events = [json.loads(event.text) for event in event_mapper(settings).events(run)]
    following = _next(run)
    if as_json:
        document = {"run_id": run_id, "store": str(reader.root), "events": len(events)}
        output.print_json({**document, "next": [line for line, _ in following]})
        return
    _show(run, events)
    click.echo("\nWhat one can ask next:\n")
    width = max(len(line) for line, _ in following)
    for line, does in following:
        click.echo(f"  {line.ljust(width)}  {does}")


def _execute() -> str:
    """Run the dataflow; the id of its run.

    Raises:
        DataflowError: it failed, or recorded nothing.
    """
    done = subprocess.run(
        [sys.executable, "-m", "hamilton_ol.demo"],
        capture_output=True,
        text=True,
        check=False,
        env=dict(environment()),
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        raise DataflowError(f"The demo failed:\n{done.stderr.strip()[-2000:]}")
    run_id = json.loads(lines[-1]).get("hamilton_ol.run_id")
    if not run_id:
        raise DataflowError("The demo ran, but recorded nothing")
    return str(run_id)


def _show(run: Run, events: list[dict[str, Any]]) -> None:
    jobs = {event["job"]["name"] for event in events}
    sources = [d for e in events for d in e["inputs"] if "dataSource" in d.get("facets", {})]
    names = sorted({f"{d['namespace']} / {d['name']}" for d in sources})
    tags = [tag for d in sources for tag in d["facets"].get("tags", {}).get("tags", ())]
    personal = sorted({tag["field"] for tag in tags if tag["key"] == "PII"})
    duration = output.duration(run.started.time, run.finished.time if run.finished else None)
    click.echo()
    output.print_facts(
        [
            ("run", f"{run.run_id} ({run.status.lower()}, {duration})"),
            (
                "nodes",
                f"{len(run.nodes)} executed, told in {len(events)} events of {len(jobs)} jobs",
            ),
            ("source", ", ".join(names)),
            ("personal data", ", ".join(personal)),
            ("model", _trace(events)),
        ]
    )


def _trace(events: list[dict[str, Any]]) -> str:
    """One path of column lineage, from the model back to a column of the source."""
    lineage = {
        (d["name"], field): origins["inputFields"]
        for e in events
        for d in e["outputs"]
        for field, origins in d.get("facets", {}).get("columnLineage", {}).get("fields", {}).items()
    }
    steps, place = ["fit_random_forest"], ("fit_random_forest", "fit_random_forest")
    for wanted in ("X_train", "sex_category", "sex_category", "sex", "sex"):
        found = next((ref for ref in lineage.get(place, ()) if ref["field"] == wanted), None)
        if found is None:
            break
        place = (found["name"], found["field"])
        steps.append(".".join(dict.fromkeys(place)))
    return " <- ".join(steps)


def _next(run: Run) -> list[tuple[str, str]]:
    short, program = run.run_id[:8], _program()
    return [
        (f"{program} show {short}", "what ran, on what, with which versions"),
        (
            f"{program} events {short}",
            "the same as OpenLineage events, the format of lineage tools",
        ),
        (f"{program} push {short} --to http://localhost:5000", "draw it in Marquez"),
    ]


def _program() -> str:
    """How a person can call this program again: in a clone it is not on the search path."""
    used = Path(sys.argv[0])
    if used.stem != PROGRAM or shutil.which(PROGRAM) is not None:
        return PROGRAM
    return str(used)
