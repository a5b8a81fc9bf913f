"""A command line of one's own, over one dataflow: a template to copy.

    python examples/titanic/lineage_commands.py create_model FOLDER
    python examples/titanic/lineage_commands.py upstream fit_random_forest
    python examples/titanic/lineage_commands.py downstream titanic_data
    python examples/titanic/lineage_commands.py path age fit_random_forest
    python examples/titanic/lineage_commands.py PII
    python examples/titanic/lineage_commands.py visualize upstream encoders encoders.svg

`hamilton-ol` has all of them too, for any dataflow.
"""

import argparse
import json
from pathlib import Path

import hamilton_ol
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.sensitive import sensitive
from hamilton_ol.graphfiles import write


def create_model(folder: Path) -> None:
    """Execute the dataflow, recorded, and keep beside the model what ties it to its lineage."""
    hook = hamilton_ol.OpenLineageHook(JOB)
    result = build(hook).execute(list(REQUESTED), inputs=inputs())
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(hamilton_ol.stamp(), indent=2)
    (folder / "model.lineage.json").write_text(text + "\n", encoding="utf-8")
    print(f"{type(result['fit_random_forest']).__name__} made; its stamp is in {folder}")


def show(graph: LineageGraph, query: str) -> None:
    """List the nodes that a query selects."""
    for node in graph.select(query).nodes:
        print(f"{node.name:26} {node.kind:9} {', '.join(node.owners)}")


def personal_data(graph: LineageGraph) -> None:
    """List what is tagged PII, and where it ends up."""
    for row in sensitive(graph, ["PII"]):
        for end in row.ends:
            print(f"{row.node.name:8} {end.node.name:20} {', '.join(end.node.owners)}")


def visualize(graph: LineageGraph, direction: str, node: str, file: Path) -> None:
    """Draw what is upstream or downstream of a node."""
    query = f"+{node}" if direction == "upstream" else f"{node}+"
    write(graph.select(query).graph(), file, trail=("titanic", query))
    print(f"Wrote {file}")


def main() -> None:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description="Lineage of the titanic dataflow.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("create_model").add_argument("folder", type=Path)
    commands.add_parser("upstream").add_argument("node")
    commands.add_parser("downstream").add_argument("node")
    path = commands.add_parser("path")
    path.add_argument("start")
    path.add_argument("end")
    commands.add_parser("PII")
    picture = commands.add_parser("visualize")
    picture.add_argument("direction", choices=["upstream", "downstream"])
    picture.add_argument("node")
    picture.add_argument("file", type=Path)
    run(parser.parse_args())


def run(asked: argparse.Namespace) -> None:
    """Run one command."""
    if asked.command == "create_model":
        create_model(asked.folder)
        return
    graph = hamilton_ol.lineage(build())
    match asked.command:
        case "upstream":
            show(graph, f"+{asked.node}")
        case "downstream":
            show(graph, f"{asked.node}+")
        case "path":
            show(graph, f"{asked.start}..{asked.end}")
        case "PII":
            personal_data(graph)
        case "visualize":
            visualize(graph, asked.direction, asked.node, asked.file)


if __name__ == "__main__":
    main()
