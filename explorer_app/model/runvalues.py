"""What a run was given: beside an input, and where that differs from the last run that finished."""

from collections.abc import Iterator

from explorer_app.model.page import Fact, Item, Line, Section
from explorer_app.model.session import Session
from explorer_app.model.words import ago, moment
from hamilton_ol.graph.runs import RunFacts
from hamilton_ol.graph.scene.kinds import kind_of

NANO = 1e9
MOST = 40  # rows of a section
SHORT = 8  # letters of a commit


def given(session: Session, number: int, now: float) -> Iterator[Section]:
    """What a node was given in the run that is shown, and in the ones before; `now` in seconds."""
    run, node = session.run, session.graph.nodes[number]
    if run is None or node.id not in run.values:
        return
    yield Section("Last run", ago(run.started / NANO, now), (Fact(run.values[node.id], ""),))
    others = [one for one in session.runs if one.run_id != run.run_id and node.id in one.values]
    lines = tuple(Fact(one.values[node.id], moment(one.started / NANO, now)) for one in others)
    if lines:
        yield Section("Other runs", f"{len(lines):,}", lines[:MOST])


def differences(session: Session, run: RunFacts, now: float) -> Iterator[Section]:
    """What a run that failed was given otherwise than the last one before it that finished."""
    earlier = (one for one in session.runs if one.started < run.started and one.job == run.job)
    good = next((one for one in earlier if one.status == "SUCCEEDED"), None)
    if good is not None and run.status == "FAILED":
        lines = (*_commits(run, good), *_values(session, run, good))
        if lines:
            when = moment(good.started / NANO, now)
            yield Section("Not as when it finished", when, lines[:MOST])


def _commits(run: RunFacts, good: RunFacts) -> Iterator[Line]:
    if commit_of(run) != commit_of(good):
        yield Fact(commit_of(run) or "no commit", "commit")
        yield Fact(commit_of(good) or "no commit", "before", is_quiet=True)


def commit_of(run: RunFacts) -> str:
    """Of its code, as far as known, and whether that differed from it."""
    return f"{run.commit[:SHORT]}{' and changes' if run.is_dirty else ''}"


def _values(session: Session, run: RunFacts, good: RunFacts) -> Iterator[Line]:
    graph = session.graph
    for key in (key for key in run.values if key in graph.index):
        now, before = run.values[key], good.values.get(key, "not given")
        if now != before:
            number = graph.index[key]
            yield Item(kind_of(graph.nodes[number]), graph.nodes[number].name, "", number)
            yield Fact(now, "now", is_quiet=True)
            yield Fact(before, "before", is_quiet=True)
