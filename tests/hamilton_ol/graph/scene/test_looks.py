"""How a part of a picture looks is how it looks in the whole."""

import numpy as np

from hamilton_ol.graph.scene.looks import Letter, Looks


def test_a_part_looks_as_it_did_in_the_whole() -> None:
    looks = Looks.plain(4, 3, 2)
    looks.tone[:] = [0, 1, 2, 3]
    looks.row_dim[:] = [True, False, True]
    looks.edge_tone[:] = [4, 5]
    looks.notes = ("a", "b", "c", "d")
    looks.letters = {1: Letter("A"), 3: Letter("B", 1)}
    looks.active = 3
    part = looks.of_part(np.array([0, 3]), np.array([1, 2]), np.array([1]))
    assert part.size == (2, 2, 1)
    assert part.tone.tolist() == [0, 3]
    assert part.row_dim.tolist() == [False, True]
    assert part.edge_tone.tolist() == [5]
    assert (part.notes, part.letters, part.active) == (("a", "d"), {1: Letter("B", 1)}, 1)


def test_what_is_active_elsewhere_is_not_active_in_a_part() -> None:
    looks = Looks.plain(2, 0, 0)
    looks.active = 1
    nothing = np.zeros(0, np.int64)
    assert looks.of_part(np.array([0]), nothing, nothing).active == -1
