"""A graph in which everything that can be said is meant to do harm."""

from itertools import pairwise

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import KINDS, Dataset, Edge, Node

NAMES = (
    "<b>bold</b><script>alert(1)</script>",
    "<img src='http://127.0.0.1:1/pixel.png'>",
    '<a href="http://127.0.0.1:1/">click</a>',
    "\u202eedoc_esrever\u202c",
    "שלום_עולם",
    "bell\x07null\x00escape\x1b[31mred",
    "two\nlines\r\nand\ttabs",
    "&File &amp; &#60;",
    "a" * 10_000,
    "%s %n {0} {name} $(id) `id`",
    "\ud800 lonely \udfff",
    "../../../etc/passwd",
    "'; DROP TABLE nodes; --",
    '=HYPERLINK("http://127.0.0.1:1/")',
    "\u200b\u2060\ufeff",
)


def hostile() -> LineageGraph:
    """A line of nodes of every kind, with such words wherever words can be."""
    kinds = [*KINDS]
    nodes = [
        Node(
            id=f"n{number}-{name[:50]}",
            name=name,
            kind=kinds[number % len(kinds)],
            type=name,
            module=name,
            function=name,
            file=f"/nowhere/{name[:60]}",
            line=number + 1,
            doc=name,
            tags={"owner": name, name: name, "PII": "true", "info": "http://127.0.0.1:1/"},
            owners=(name,),
            sources=(Dataset(name, name),),
            status=("SUCCEEDED", "FAILED", name)[number % 3],
            seconds=float(number),
        )
        for number, name in enumerate(NAMES)
    ]
    edges = [Edge(one.id, other.id, argument=one.name) for one, other in pairwise(nodes)]
    texts = {name: f"def f():\n    return {name!r}  # {name}\n" for name in NAMES}
    return LineageGraph(nodes, edges, name=NAMES[0], texts=texts, problems=NAMES)
