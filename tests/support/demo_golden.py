"""The events of the demo as they must be: `python -m tests.support.demo_golden` writes them anew.

What differs between machines, Python versions and runs is made the same in the records, so that
the events are compared whole.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import hamilton_ol
from hamilton_ol import OpenLineageHook
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.records import GraphRecord, NodeRecord, NodeRun, Place, Revision, Run
from tests.support.flows import events, latest
from tests.support.runs import MS, ORIGIN, RUN_ID

FOLDER = Path(__file__).parents[1] / "hamilton_ol" / "mapping" / "golden"
#: {profile and granularity: the file that holds its events}
GOLDEN = {
    ("marquez", "node"): FOLDER / "demo.json",
    ("marquez", "artifact"): FOLDER / "demo_artifact.json",
    ("marquez", "dag"): FOLDER / "demo_dag.json",
    ("generic", "auto"): FOLDER / "demo_generic.json",
    ("datahub", "auto"): FOLDER / "demo_datahub.json",
    ("openmetadata", "auto"): FOLDER / "demo_openmetadata.json",
}
REVISION = Revision(
    "c0ffee" * 6 + "c0ff", dirty=False, branch="main", remote="ssh://git.example/team/titanic.git"
)


def demo_run(store: Path) -> Run:
    """The demo, executed and read back."""
    build(OpenLineageHook(JOB, store=store)).execute(list(REQUESTED), inputs=inputs())
    return latest(store)


def demo_events(run: Run, granularity: str = "node", profile: str = "marquez") -> Any:
    """The events of a run of the demo, without what differs from run to run."""
    version = f"{hamilton_ol.__version__}"
    told = events(same_everywhere(run), granularity=granularity, profile=profile)
    texts = [event.text for event in told]
    whole = ",".join(texts).replace(f"/tree/v{version}", "/tree/v1.2.3")
    whole = whole.replace(
        f'"openlineageAdapterVersion":"{version}"', '"openlineageAdapterVersion":"1.2.3"'
    )
    return json.loads(f"[{whole}]")


def same_everywhere(run: Run) -> Run:
    """A run with the id, times, versions, places and hashes that no machine has."""
    assert run.graph is not None
    assert run.finished is not None
    location = run.context.inputs["location"]._replace(value="/demo/passengers.csv")
    return run._replace(
        started=run.started._replace(run_id=RUN_ID, time=ORIGIN, engine="1.90.0"),
        context=run.context._replace(
            inputs={**run.context.inputs, "location": location},
            config_hash="h1:0",
            python="3.11.0",
            packages=dict.fromkeys(run.context.packages, "1.0.0"),
            revision=REVISION,
        ),
        graph=_graph(run.graph),
        nodes=tuple(_at(number, node) for number, node in enumerate(run.nodes)),
        finished=run.finished._replace(time=ORIGIN + 1000 * MS),
        last_seen=ORIGIN + 1000 * MS,
    )


def _at(number: int, node: NodeRun) -> NodeRun:
    start = ORIGIN + (2 * number + 1) * MS
    return node._replace(started=start, ended=start + MS)


def _graph(record: GraphRecord) -> GraphRecord:
    nodes = tuple(n._replace(code=n.code and "0" * 16, place=_place(n)) for n in record.nodes)
    return record._replace(fingerprint="f1:0", nodes=nodes)


def _place(node: NodeRecord) -> Place | None:
    if node.place is None:
        return None
    file = f"hamilton_ol/demo/{Path(node.place.file).name}"
    return node.place._replace(file=file, line=1, in_repository=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        ran = demo_run(Path(folder) / "store")
    for (profile, granularity), path in GOLDEN.items():
        told = demo_events(ran, granularity, profile)
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
