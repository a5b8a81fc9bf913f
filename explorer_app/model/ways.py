"""The steps of a way from one node to another."""

from collections.abc import Iterator

from explorer_app.model.page import Code, Item, Page, Section, Step
from explorer_app.model.session import Session
from explorer_app.model.table import is_personal
from explorer_app.model.words import counted, module_name
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.kinds import kind_of

CODE = 14  # lines of source text
MOST = 40  # nodes beside it that are listed


def way(session: Session, between: tuple[int, int]) -> Page:
    """How one node gets into another; the answer to the query is what lies between."""
    graph = session.graph
    begin, end = between
    steps = _layers(session, begin)
    names = graph.nodes[begin], graph.nodes[end]
    modules = {graph.nodes[n].module for step in steps for n in step if graph.nodes[n].module}
    far = counted(len(steps) - 1, "step")
    text = f"At most {far}, through {counted(len(modules), 'module')}."
    owners = dict.fromkeys(o for step in steps for n in step for o in graph.nodes[n].owners)
    labels_ = [(names[0].name, "pii")] if is_personal(names[0].tags) else []
    lines = tuple(_steps(graph, steps))
    others: list[int] = graph.down.after(session.visible.numbers).tolist()
    beside = sorted({n for n in others if not session.visible.mask[n]})
    sections = [Section("Steps", "", lines), *_first_code(graph, steps)]
    if beside:
        items = [
            Item(kind_of(graph.nodes[n]), graph.nodes[n].name, graph.nodes[n].type, n)
            for n in beside
        ]
        sections.append(Section("Beside the way", f"{len(items):,}", tuple(items[:MOST])))
    return Page(
        f"How {names[0].name} gets into {names[1].name}",
        text=text,
        labels=(*labels_, *((owner, "") for owner in owners)),
        sections=tuple(sections),
        file=names[1].file,
        line=names[1].line,
    )


def _first_code(graph: LineageGraph, layers: list[list[int]]) -> Iterator[Section]:
    """The head of the first function on the way."""
    for number, nodes in enumerate(layers[1:], 1):
        node = graph.nodes[nodes[0]]
        text = graph.texts.get(node.function, "")
        if text and not node.part_of:
            head = "\n".join(text.rstrip().split("\n")[:CODE])
            yield Section(f"At step {number}", "", (Code(head, node.line or 1),))
            return


def _layers(session: Session, begin: int) -> list[list[int]]:
    """The nodes of the answer by their longest way from the beginning."""
    graph, mask = session.graph, session.visible.mask
    depth = {begin: 0}
    for number in graph.order:
        if mask[number] and number != begin:
            before = [depth[n] for n in graph.up.of(number).tolist() if n in depth]
            depth[number] = max(before, default=0) + 1
    layers: dict[int, list[int]] = {}
    for number, step in depth.items():
        layers.setdefault(step, []).append(number)
    return [layers[step] for step in sorted(layers)]


def _steps(graph: LineageGraph, layers: list[list[int]]) -> Iterator[Step]:
    arguments = {(e.origin, e.target): e.argument for e in graph.edges}
    for number, nodes in enumerate(layers):
        mark = "A" if number == 0 else "B" if number == len(layers) - 1 else str(number)
        names = [graph.nodes[n].name for n in nodes]
        before = layers[number - 1] if number else []
        pairs = [(graph.ids[a], graph.ids[b]) for a in before for b in nodes]
        taken = dict.fromkeys(a for pair in pairs if (a := arguments.get(pair, "")))
        yield Step(mark, "  or  ".join(names[:3]), _taken(graph, nodes[0], list(taken)), nodes[0])


def _taken(graph: LineageGraph, number: int, arguments: list[str]) -> str:
    node = graph.nodes[number]
    if node.part_of and node.part_of in graph.index:
        return f"column of {graph.nodes[graph.index[node.part_of]].name}"
    noun = "argument" if len(arguments) == 1 else "arguments"
    said = f"{noun} {', '.join(arguments)}" if arguments else module_name(node.module)
    place = f"line {node.line}" if node.line else ""
    return "  ·  ".join(part for part in (said, place) if part)
