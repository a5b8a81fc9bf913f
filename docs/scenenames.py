"""What the pictures need of a scene by name: what leads where, and what is lit."""

from collections.abc import Iterable

from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import TONE


class Names:
    """Nodes and rows of a scene by their names, with what leads where between them."""

    def __init__(self, scene: Scene) -> None:
        self.scene, cards = scene, scene.cards
        self.node = {name: number for number, name in enumerate(cards.names)}
        self.row = {name: number for number, name in enumerate(cards.row_names)}
        edges, row_names = scene.edges, cards.row_names
        origins = [
            row_names[row] if row >= 0 else cards.names[node]
            for node, row in zip(edges.origin.tolist(), edges.row.tolist(), strict=True)
        ]
        self.edges = list(zip(origins, (cards.names[n] for n in edges.target), strict=True))
        owners = [cards.names[card] for card in cards.row_card]
        self.pairs = [*self.edges, *zip(owners, row_names, strict=True)]

    def reach(
        self, starts: Iterable[str], *, up: bool, stop: frozenset[str] = frozenset()
    ) -> set[str]:
        """All that leads to some names, or comes from them."""
        found, todo = set(starts), list(starts)
        while todo:
            name = todo.pop()
            for pair in self.pairs:
                near, far = pair if not up else pair[::-1]
                if near == name and far not in found and far not in stop:
                    found.add(far)
                    todo.append(far)
        return found

    def tone(self, looks: Looks, lit: set[str], tone: str) -> None:
        """Light some names and the edges between them; all else steps back."""
        code = TONE[tone]
        for name, node in self.node.items():
            looks.tone[node] = code if name in lit else 0
            looks.dim[node] = name not in lit
        for name, row in self.row.items():
            looks.row_tone[row] = code if name in lit else 0
            looks.row_dim[row] = name not in lit
        for number, (origin, target) in enumerate(self.edges):
            inside = origin in lit and target in lit
            looks.edge_tone[number], looks.edge_dim[number] = (code, False) if inside else (0, True)
