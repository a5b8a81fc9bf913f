"""What the palette finds: commands, nodes, tags, owners, runs and saved queries."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from explorer_app.model.commands import COMMANDS
from explorer_app.model.session import Session
from hamilton_ol.graph.scene.kinds import kind_of

MOST = 60


class Choice(NamedTuple):
    """Something to go to.

    Attributes:
        kind: `command`, `node`, `query` or `run`.
        key: id of the command, the node's number, the query, the run.
        text: what is written, and searched.
        note: at the right.
        icon: before it.
    """

    kind: str
    key: str
    text: str
    note: str = ""
    icon: str = ""


def choices(session: Session | None, runs: Mapping[str, str]) -> list[Choice]:
    """All there is.

    Args:
        session: the graph that is open.
        runs: {id of a run: what is written of it}.
    """
    found = [
        Choice("command", c.id, c.title, c.keys[0] if c.keys else "", "command")
        for c in COMMANDS
        if c.can(session) and c.id != "palette"
    ]
    if session is not None:
        found += [
            Choice("node", str(number), node.name, node.type, kind_of(node))
            for number, node in enumerate(session.graph.nodes)
        ]
        found += [
            Choice("query", query, f"${name}", query, "search")
            for name, query in session.saved.items()
        ]
        found += _asked(session)
    return [*found, *(Choice("run", key, text, "run", "play") for key, text in runs.items())]


def _asked(session: Session) -> Iterable[Choice]:
    owners = dict.fromkeys(owner for node in session.graph.nodes for owner in node.owners)
    tags = dict.fromkeys(key for node in session.graph.nodes for key in node.tags)
    for key, values in (("owner", owners), ("tag", tags)):
        for value in values:
            word = value.replace("\\", "\\\\").replace('"', '\\"')
            yield Choice("query", f'{key}:"{word}"', f"{key}: {value}", key, "layers")


def ranked(found: Iterable[Choice], wanted: str, most: int = MOST) -> list[Choice]:
    """Those in which all letters occur in this order, the nearest match first."""
    scored = ((_score(choice.text.casefold(), wanted.casefold()), choice) for choice in found)
    best = [(score, len(choice.text), choice) for score, choice in scored if score is not None]
    best.sort(key=lambda entry: entry[:2])
    return [choice for *_, choice in best[:most]]


def _score(text: str, wanted: str) -> int | None:
    """How far a text is from what is wanted, 0 is nearest; None if it is not it."""
    if not wanted:
        return 3
    at = text.find(wanted)
    if at >= 0:
        is_start = at == 0 or not text[at - 1].isalnum()
        return (0 if at == 0 else 1) if is_start else 2
    place = 0
    for letter in wanted:
        place = text.find(letter, place) + 1
        if not place:
            return None
    return 4
