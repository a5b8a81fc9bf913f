"""What shapes, colours and marks mean."""

import numpy as np

from explorer_app.canvas.legend import Entry, Legend
from explorer_app.model.lenses import Lens
from explorer_app.model.questions import question
from explorer_app.model.session import Session
from hamilton_ol.graph.scene.arrays import Codes
from hamilton_ol.graph.scene.words import KINDS, STATUSES

MEANS = {
    "ok": "finished",
    "failed": "failed",
    "skipped": "skipped",
    "running": "running",
    "died": "died: the process went away",
}
LINKED = {
    "upstream": "upstream",
    "downstream": "downstream",
    "path": "on a path",
    "accent": "linked",
}
TITLES = {"owner": "Owner", "module": "Module", "change": "Changed by"}
PERSONAL = (
    Entry("line", "pii", "carries personal data"),
    Entry("end", "", "ends here"),
    Entry("barrier", "", "barrier: made anonymous"),
    Entry("line", "edge", "free of it"),
)


def legend_for(session: Session, lens: Lens, kinds: Codes, *, has_rest: bool) -> Legend:
    """What colours, shapes and marks mean.

    Args:
        session: what is asked.
        lens: through which cards are looked at, if one was chosen.
        kinds: of the cards that are there.
        has_rest: whether anything that is not involved is there too.
    """
    if session.state.lens not in {"", "kind"}:
        entries = legend_of(lens)
        return Legend(entries, TITLES.get(session.state.lens, "") if entries else "")
    tone = question(session.graph, session.state.query).tone if session.state.query else ""
    return Legend(kinds_legend(kinds, tone, has_rest=has_rest))


def kinds_legend(kinds: Codes, tone: str, *, has_rest: bool) -> list[Entry]:
    """The kinds of cards that there are, and what the colour of an answer says, if there is one."""
    there = {KINDS[kind] for kind in np.unique(kinds).tolist()}
    entries = [Entry("kind", kind, kind) for kind in KINDS if kind in there]
    if tone:
        entries.append(Entry("line", tone, LINKED[tone]))
        entries += [Entry("line", "edge", "not involved")] if has_rest else []
    return entries


def legend_of(lens: Lens) -> list[Entry]:
    """The entries of a lens; of marks those that occur."""
    if lens.taint is not None:
        return [entry for entry in PERSONAL if entry.sign != "barrier" or lens.taint.barriers]
    names = [Entry("category", str(n), name) for n, name in enumerate(lens.names)]
    heat = [Entry("heat", "", lens.span[1], lens.span[0])] if lens.span else []
    there = np.unique(lens.statuses).tolist() if lens.statuses is not None else []
    words = {STATUSES[code] for code in there}
    marks = [Entry("status", word, text) for word, text in MEANS.items() if word in words]
    return [*names, *heat, *marks]
