"""What the status bar says, and what a file is opened as."""

from collections.abc import Sequence

from explorer_app.model.families import NO_GROUPS, TAG
from explorer_app.model.lenses import LENSES, OF_A_RUN
from explorer_app.model.questions import question
from explorer_app.model.runpage import SHORT
from explorer_app.model.session import Session
from explorer_app.model.words import counted, seconds
from hamilton_ol.sources.problems import APPROXIMATE

_READ = {"events": "events", "marquez": "a Marquez", "run": "a recorded run", "store": "the store"}


def facts_of(session: Session, problems: Sequence[str]) -> str:
    """How much there is of what."""
    facts = [
        counted(len(session.graph), "node"),
        counted(len(session.graph.edges), "edge"),
        counted(session.traits.modules, "module"),
    ]
    if session.selected:
        facts.append(f"{len(session.selected):,} selected")
    if problems:
        facts.append(counted(len(problems), "problem"))
    return "      ".join(facts)


def answer_of(session: Session) -> str:
    """What is asked, and how much of what there is that means."""
    asked = question(session.graph, session.state.query).title or "Everything"
    return f"{asked}: {len(session.visible):,} of {counted(len(session.graph), 'node')}"


def trail_of(session: Session, name: str, asked: str) -> list[str]:
    """How one came to what is shown: what is open, the run or the lens, the question."""
    lens, run = session.state.lens, session.run
    of_run = [f"run {run.run_id[:SHORT]}"] if run is not None and lens in OF_A_RUN else []
    looked = ["personal data" if lens == "pii" else LENSES[lens].lower()] if lens else []
    return [name, *of_run, *looked, *_boxed(session), *([asked] if asked else [])]


def _boxed(session: Session) -> list[str]:
    """What cards are boxed by, if a person said so."""
    key = session.state.grouped
    return [f"by {key.removeprefix(TAG)}"] if key not in {"", NO_GROUPS} else []


def origin_of(sources: Sequence[str], took: float, problems: Sequence[str] = ()) -> str:
    """Where it was read from, how long that took, seconds, and whether it is exact."""
    source = sources[0] if sources else ""
    read = "the text of modules, not exact," if APPROXIMATE in problems else "modules"
    usual = "a file" if source.endswith(".json") else read
    return f"Read from {_READ.get(source.partition(':')[0], usual)} in {seconds(took)}"
