"""Where keys lead."""

from explorer_app.scene.neighbours import Neighbours


def reached(neighbours: Neighbours) -> set[int]:
    """All that arrows get to from where they begin."""
    seen, todo = {neighbours.first()}, [neighbours.first()]
    while todo:
        item = todo.pop()
        for way in ("left", "right", "up", "down"):
            found = neighbours.next(item, way)
            if found not in seen:
                seen.add(found)
                todo.append(found)
    return seen
