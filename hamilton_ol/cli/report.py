"""`hamilton-ol report`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import graph_options, last_changes, open_graph
from hamilton_ol.cli.options import json_option, settings_of
from hamilton_ol.cli.papers import chosen, paper_options, write_paper
from hamilton_ol.cli.reading import open_reader, read_run

if TYPE_CHECKING:
    from hamilton_ol.config import Settings
    from hamilton_ol.graph.lineage import LineageGraph
    from hamilton_ol.records import Run


@click.command()
@click.argument("artifact")
@paper_options
@graph_options
@json_option
def command(
    *,
    artifact: str,
    form: str | None,
    file: Path | None,
    sources: tuple[str, ...],
    store: Path | None,
    as_json: bool,
) -> None:
    """Report on ARTIFACT: data, steps, hyperparameters, checks, revision, owners, personal data.

    ARTIFACT is the name of a node, or what its tag `artifact` says. Versions of data, values and
    the result's class are those of a run, where the graph is that of one.
    """
    settings = settings_of(store)
    run = _run(sources, settings)
    graph = _graph(run, sources, store, settings)
    from hamilton_ol.graph import report  # noqa: PLC0415 - loads numpy

    node = report.artifact(graph, artifact)
    changes = last_changes(graph, graph.upstream(node.id).nodes)
    is_of_code = run is None and bool(changes)  # code of this repository, that is
    revision = graph.history.revision() if graph.history and is_of_code else None
    known = report.Known(run, revision, changes, settings.sensitive_tags)
    paper = report.report(graph, node, known)
    write_paper(paper, chosen(form, file), file, as_json=as_json)
    if run is None:
        output.note("No run: `--from run:latest` also knows values and versions.")


def _run(sources: tuple[str, ...], settings: "Settings") -> "Run | None":
    """The run that is asked, if it is one."""
    if not sources and not settings.modules:
        sources = ("run:latest",)
    if len(sources) != 1 or not sources[0].startswith("run:"):
        return None
    return read_run(open_reader(settings), sources[0].removeprefix("run:"))


def _graph(
    run: "Run | None", sources: tuple[str, ...], store: Path | None, settings: "Settings"
) -> "LineageGraph":
    if run is None:
        return open_graph(sources, store)
    from hamilton_ol.sources.dataflows import graph_of_run  # noqa: PLC0415 - loads numpy
    from hamilton_ol.sources.histories import GitHistory  # noqa: PLC0415

    commit = run.context.revision.commit if run.context.revision else ""
    graph = graph_of_run(run, settings).with_history(GitHistory(str(Path.cwd()), commit))
    for problem in graph.problems:
        output.note(f"Not complete: {problem}")
    return graph
