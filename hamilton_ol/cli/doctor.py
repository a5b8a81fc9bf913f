"""`hamilton-ol doctor`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.failures import exit_code
from hamilton_ol.cli.options import json_option, store_option, timeout_option
from hamilton_ol.cli.progress import Progress
from hamilton_ol.cli.targets import targets_of, to_option
from hamilton_ol.config import Settings, resolve
from hamilton_ol.delivery.examination import Finding
from hamilton_ol.diagnosis import settings_findings, store_findings, target_findings

HERE = ""
_NO_TARGET = "none is set: runs stay on this machine, and `hamilton-ol push --to URL` sends them"


@click.command(
    help="Look at the settings, the store and the targets, step by step, and say how to mend what "
    "is not in order.\n\nEach target is sent two events of a run of the job `doctor` in the "
    "namespace `hamilton-ol`; --no-probe sends nothing."
)
@to_option
@click.option("--probe/--no-probe", default=True, help="Send events to see whether they are taken.")
@timeout_option
@store_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    *,
    wanted: tuple[str, ...],
    probe: bool,
    timeout: float | None,
    store: Path | None,
    as_json: bool,
) -> None:
    """Examine everything; the exit code is that of the first thing that is wrong."""
    settings = resolve({"store": store})
    told: list[tuple[str, Finding]] = []
    with Progress("Looking"):
        for subject, finding in _findings(settings, wanted, timeout, probe=probe):
            if not as_json:
                _say(subject, finding, told[-1][0] if told else HERE)
            told.append((subject, finding))
    errors = [finding.error for _, finding in told if finding.error is not None]
    if as_json:
        steps = [_document(subject, finding) for subject, finding in told]
        output.print_json({"ok": not errors, "steps": steps})
    context.exit(exit_code(errors[0]) if errors else 0)


def _findings(
    settings: Settings, wanted: tuple[str, ...], timeout: float | None, *, probe: bool
) -> Iterator[tuple[str, Finding]]:
    """(what it is about, what was found)."""
    for finding in (*settings_findings(settings), *store_findings(settings)):
        yield HERE, finding
    if not wanted and not settings.targets:
        yield HERE, Finding("targets", _NO_TARGET)
        return
    for spec in targets_of(settings, wanted):
        for finding in target_findings(spec, timeout, with_probe=probe):
            yield spec.address, finding


def _say(subject: str, finding: Finding, before: str) -> None:
    """A line for what was found, under what it is about; a second one for the way out."""
    if subject not in (before, HERE):
        click.echo(f"\n{output.one_line(subject)}")
    error = finding.error
    mark = click.style("FAILED", fg="red", bold=True) if error else click.style("ok", fg="green")
    text = output.one_line(finding.text or str(error))
    click.echo(f"{mark}{'' if error else '    '}  {finding.step:<13}  {text}")
    if error is not None and error.hint:
        click.echo(f"{'':23}{output.one_line(error.hint)}")


def _document(subject: str, finding: Finding) -> dict[str, Any]:
    error = finding.error
    return {
        "target": subject or None,
        "step": finding.step,
        "ok": error is None,
        "says": finding.text or str(error),
        "hint": (error.hint or None) if error is not None else None,
    }
