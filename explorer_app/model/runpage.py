"""What there is to say of a run, and of a node in a run, as a page of plain text."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from explorer_app.model.page import Alert, Fact, Item, Line, Page, Section, Share
from explorer_app.model.runvalues import commit_of, differences, given
from explorer_app.model.session import Session
from explorer_app.model.words import ago, counted, file_name, moment, percent, seconds
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.reachability import reached
from hamilton_ol.graph.runs import RUNNING, SKIPPED, Execution, RunFacts
from hamilton_ol.graph.scene.kinds import STATUSES, kind_of

NANO = 1e9
SLOWEST, MOST = 5, 40
FRAMES = 3  # innermost ones that are shown
SHORT = 8  # letters of an id, of a commit
#: {status of a run, or of a node: what a person calls it}.
SAID = {
    "SUCCEEDED": "finished",
    "CACHED": "taken from the cache",
    "FAILED": "failed",
    "SENTINEL": "failed, and was replaced",
    "ABORTED": "was stopped",
    "DIED": "died: its process went away",
    "RUNNING": "is running",
    "SKIPPED": "was not executed",
}


def run_page(session: Session, run: RunFacts, now: float) -> Page:
    """How a run went; `now` in seconds since the epoch."""
    graph = session.graph
    counts = dict.fromkeys(("ok", "failed", "skipped", "running", "died"), 0)
    for status, count in Counter(graph.column("status")).items():
        word = STATUSES.get(status)
        if word:
            counts[word] += count
    names = {"ok": "finished", "failed": "failed", "skipped": "skipped"}
    shown = {w: names.get(w, w) for w, count in counts.items() if count or w in names}
    return Page(
        f"Run {run.run_id[:SHORT]} {SAID.get(run.status, run.status.lower())}",
        second=_second(run, now),
        numbers=tuple((f"{counts[word]:,}", name) for word, name in shown.items()),
        sections=(
            *_failures(session),
            *_unexplained(run, counts["failed"]),
            *differences(session, run, now),
            *_slowest(session),
        ),
        status=STATUSES.get(run.status, ""),
    )


def _second(run: RunFacts, now: float) -> str:
    took = seconds((run.ended - run.started) / NANO) if run.ended else ""
    commit = f"commit {commit_of(run)}"
    facts = (moment(run.started / NANO, now) if run.started else "", took)
    return "  ·  ".join(part for part in (*facts, commit if run.commit else "") if part)


def _failures(session: Session) -> Iterator[Section]:
    """What was raised, and where."""
    graph = session.graph
    for number, node in enumerate(graph.nodes):
        found = _execution(session, node)
        if found is not None and STATUSES.get(found.status) == "failed":
            after = "" if found.seconds is None else f"after {seconds(found.seconds)}"
            item = Item(kind_of(node), node.name, after, number)
            yield Section("What failed", "", (item, *_error(node, found)))


def failures(session: Session) -> list[tuple[str, tuple[str, str]]]:
    """(id of a node, (what it raised, where)) of those that failed in the run that is shown."""
    found = []
    for number, status in enumerate(session.graph.column("status")):
        if STATUSES.get(status) == "failed":
            node = session.graph.nodes[number]
            one = _execution(session, node) or Execution(status)
            where = ", in ".join(_frame(one.frames[-1])) if one.frames else _place(node)
            found.append((node.id, (f"{node.name}: {one.error or 'failed'}", where)))
    return found


def _place(node: Node) -> str:
    return f"{file_name(node.file)}, line {node.line}" if node.file else ""


def _unexplained(run: RunFacts, failed: int) -> Iterator[Section]:
    """What ended a run in which no node failed."""
    if run.error and not failed:
        yield Section("What ended it", "", (_alert(run.error),))


def _error(node: Node, found: Execution) -> Iterator[Line]:
    if not found.error:
        return
    yield _alert(found.error)
    for frame in found.frames[-FRAMES:]:
        yield Fact(*_frame(frame), is_quiet=True)
    if not found.frames and node.file:
        yield Fact(_place(node), "", is_quiet=True)


def _alert(error: str) -> Alert:
    """An error on lines as wide as there is room, not as it was told."""
    return Alert(" ".join(error.split()))


def _frame(frame: str) -> tuple[str, str]:
    """`File "/a/b.py", line 3, in c` as `b.py, line 3` and `c`."""
    path, sign, rest = frame.removeprefix('File "').partition('"')
    place, _, function = rest.partition(", in ")
    return (f"{file_name(path)}{place}", function) if sign else (frame, "")


def _slowest(session: Session) -> Iterator[Section]:
    graph, whole = session.graph, _whole(session, session.run)
    taken = np.array([one or 0.0 for one in graph.column("seconds")], float)
    order = [n for n in np.argsort(-taken, kind="stable")[:SLOWEST].tolist() if taken[n] > 0]
    shares = ((n, taken[n] / whole) for n in order if whole)
    lines = [Share(graph.nodes[n].name, percent(share), float(share), n) for n, share in shares]
    if lines:
        yield Section("Slowest", "share of the run", tuple(lines))


def _whole(session: Session, run: RunFacts | None) -> float:
    """Seconds that a run took; as long as it has not ended, what its nodes took."""
    if run is not None and run.ended > run.started > 0:
        return (run.ended - run.started) / NANO
    return float(sum(filter(None, session.graph.column("seconds"))))


# --- a node --------------------------------------------------------------------------------------


def last_run(session: Session, number: int, now: float) -> Iterator[Section]:
    """What became of a node in the run that is shown, and in the ones before."""
    node = session.graph.nodes[number]
    run = _run_of(session, node)
    found = _execution(session, node)
    if found is None:
        yield from given(session, number, now)
        return
    when = ago(run.started / NANO, now) if run is not None and run.started else ""
    word = SAID.get(found.status, found.status.lower())
    note = ", ".join(_facts(found, _whole(session, run)))
    line = Fact(word[0].upper() + word[1:], note, STATUSES.get(found.status, ""))
    why = (Fact(_why(session, number), "", is_quiet=True),) if found.status == SKIPPED else ()
    yield Section("Last run", when, (line, *why, *_error(node, found)))
    yield from _earlier(session, node, now)


def _run_of(session: Session, node: Node) -> RunFacts | None:
    """The run that is shown; of a Marquez, as long as none is, the node's own last one."""
    return session.run or next((run for run in session.runs if run.run_id == node.run), None)


def _execution(session: Session, node: Node) -> Execution | None:
    """What became of a node; of graphs that no run is known of, what the graph says."""
    if not node.status:
        return None
    run = _run_of(session, node)
    known = run.executions.get(node.id) if run is not None else None
    return known or Execution(node.status, node.seconds, node.rows)


def _facts(found: Execution, whole: float) -> Iterator[str]:
    if found.seconds is not None:
        share = f", {percent(found.seconds / whole)} of the run" if whole > 0 else ""
        yield f"{seconds(found.seconds)}{share}"
    if found.rows is not None:
        yield counted(found.rows, "row")


def _why(session: Session, number: int) -> str:
    """Why a node was not executed."""
    graph = session.graph
    above = reached(graph.up, np.array([number], np.int32))
    for other in np.flatnonzero(above).tolist():
        if STATUSES.get(graph.nodes[other].status) in {"failed", "died"}:
            return f"because {graph.nodes[other].name} {SAID[graph.nodes[other].status]}"
    return "because nothing that was asked for needs it"


def _earlier(session: Session, node: Node, now: float) -> Iterator[Section]:
    """The same node in other runs."""
    last = _run_of(session, node)
    lines, shown = [], last.run_id if last is not None else ""
    for run in session.runs:
        found = run.executions.get(node.id)
        if found is not None and run.run_id != shown and run.status != RUNNING:
            took = "" if found.seconds is None else seconds(found.seconds)
            when = moment(run.started / NANO, now)
            lines.append(Fact(when, took, STATUSES.get(found.status, "")))
    if lines:
        yield Section("Other runs", f"{len(lines):,}", tuple(lines[:MOST]))
