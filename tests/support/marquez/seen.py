"""What a Marquez shows of a job that was recorded, and what of it must be there."""

from collections import Counter

from tests.support.marquez.recorded import Recorder

MS = 1_000_000


def states(recorder: Recorder) -> dict[str, str]:
    """{node: state of its last run}, the dataflow's own under its name."""
    found = recorder.marquez.jobs().items()
    return {name.removeprefix(f"{recorder.job}."): job["latestRun"]["state"] for name, job in found}


def colours(recorder: Recorder, node: str) -> dict[str, str]:
    """{node: state that its box in the graph shows}."""
    name = f"{recorder.job}.{node}"
    nodes = recorder.marquez.lineage("job", recorder.marquez.namespace, name).values()
    jobs = [one["data"] for one in nodes if one["type"] == "JOB"]
    return {job["name"].removeprefix(f"{recorder.job}."): job["latestRun"]["state"] for job in jobs}


def versions(recorder: Recorder) -> dict[str, int]:
    """{result: how many versions it has}."""
    namespace = recorder.memory
    names = recorder.marquez.datasets(namespace)
    return {name: len(recorder.marquez.versions(namespace, name)) for name in names}


def ends(recorder: Recorder) -> dict[str, tuple[str, int]]:
    """{run: state, milliseconds from the one in which it began to the one in which it ended}."""
    named = {"COMPLETE": "COMPLETED", "FAIL": "FAILED", "ABORT": "ABORTED"}
    starts = {event.run_id: event.time for event in recorder.events if event.type == "START"}
    return {
        event.run_id: (named[event.type], event.time // MS - starts[event.run_id] // MS)
        for event in recorder.events
        if event.type != "START"
    }


def runs(recorder: Recorder) -> dict[str, tuple[str, int]]:
    """{run: its state, and how many milliseconds it took}."""
    return {
        run["id"]: (run["state"], run["durationMs"])
        for name in recorder.marquez.jobs()
        for run in recorder.marquez.runs(name)
    }


def kept(recorder: Recorder) -> Counter[tuple[str, str]]:
    """How often each event was taken: {(run, type): count}."""
    events = recorder.marquez.get("events", "lineage", limit=1000)["events"]
    namespace = recorder.marquez.namespace
    ours = [event for event in events if event["job"]["namespace"] == namespace]
    return Counter((event["run"]["runId"], event["eventType"]) for event in ours)
