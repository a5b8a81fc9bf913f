"""Large dataflows as people have them: modules of a company, and a graph file of 100,000 nodes."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from hamilton_ol.graph.documents import document
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.support.scenes import GROUPS, OWNERS, company

LARGE, A_MODULE = 100_000, 250  # nodes in all and in one module
TYPES = ("pd.Series", "pd.DataFrame", "float", "int")
AREAS: tuple[tuple[int, ...], ...] = (  # what each of ten areas reads
    *((), (), (), (0, 1), (1, 2), (2,), (3, 4), (4, 5), (3, 6), (6, 7)),
)
FAR = 0.004  # of the arguments come from another area
WORDS = ("spend", "churn", "basket", "visit", "price", "stock", "margin", "region", "score")


def write_company(folder: Path) -> list[str]:
    """Write 1,000 functions in 16 modules; their paths."""
    scene = company()
    names, edges = scene.cards.names, scene.edges
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, (module, owner, *_) in enumerate(GROUPS):
        texts = ["import pandas as pd\nfrom hamilton.function_modifiers import tag\n"]
        for node in np.flatnonzero(scene.groups.of_node == number).tolist():
            arguments = [names[n] for n in edges.origin[edges.target == node].tolist()]
            texts.append(_function(names[node], list(dict.fromkeys(arguments)), OWNERS[owner]))
        path = folder / f"{module.replace('.', '_')}.py"
        path.write_text("\n\n".join(texts), encoding="utf-8")
        paths.append(str(path))
    return paths


def _function(name: str, arguments: list[str], owner: str) -> str:
    taken = ", ".join(f"{argument}: pd.Series" for argument in arguments)
    made = " + ".join(arguments) or "pd.Series(range(10))"
    head = f'@tag(owner="{owner}")\ndef {name}({taken}) -> pd.Series:'
    return f'{head}\n    """What is known of {name.replace("_", " ")}."""\n    return {made}\n'


def write_large(path: Path) -> None:
    """Write the graph of 100,000 nodes in 400 modules; most arguments are of the same module."""
    chance = np.random.default_rng(3)
    graph = LineageGraph(_nodes(), _edges(chance), name="warehouse")
    path.write_text(json.dumps(document(graph)), encoding="utf-8")


def _nodes() -> Iterator[Node]:
    for number in range(LARGE):
        module = number // A_MODULE
        name = f"{WORDS[number % 9]}_{WORDS[number // 9 % 9]}_{number:05}"
        area = f"area_{module // 40}"
        yield Node(
            name,
            name,
            type=TYPES[number % 4],
            module=f"{area}.module_{module:03}",
            tags={"area": area, "PII": "true"} if number % 997 == 5 else {"area": area},
            owners=(OWNERS[module % len(OWNERS)],),
        )


def _edges(chance: np.random.Generator) -> Iterator[Edge]:
    names = [node.id for node in _nodes()]
    for number in range(1, LARGE):
        first = number - number % A_MODULE
        reads = AREAS[first // (LARGE // len(AREAS))]
        for _ in range(int(chance.integers(1, 4))):
            low, high = max(first, number - 40), number
            if number == first or (reads and chance.random() < FAR):
                area = int(chance.choice(reads)) if reads else 0
                low = area * (LARGE // len(AREAS))
                high = min(low + LARGE // len(AREAS), max(first, 1))
            yield Edge(names[int(chance.integers(low, high))], names[number])
