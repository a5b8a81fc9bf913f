"""Groups: open ones are boxes around their members, collapsed ones cards; bundles run between."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hamilton_ol.graph.layout import Direction, Edges, Groups, Layout, Sheet, Style, arrange
from tests.support.fans import fanned
from tests.support.sheets import drawn, hits, overlapping, sheets

grouped = sheets(grouped=True) | fanned(grouped=True)
styles = st.sampled_from([Style(), Style(direction=Direction.DOWN)])


def groups_of(sheet: Sheet) -> Groups:
    assert sheet.groups is not None
    return sheet.groups


def top(sheet: Sheet, layout: Layout) -> NDArray[np.float64]:
    """Boxes of what is in no group, and of groups."""
    return np.concatenate((layout.boxes[groups_of(sheet).of < 0], layout.group_boxes))


@settings(deadline=None, max_examples=40)
@given(sheet=grouped, style=styles)
def test_nothing_overlaps(sheet: Sheet, style: Style) -> None:
    layout = arrange(sheet, style)
    assert overlapping(top(sheet, layout), 1.0) == []
    for group in range(len(groups_of(sheet))):
        assert overlapping(layout.boxes[groups_of(sheet).of == group], 1.0) == []


@settings(deadline=None, max_examples=40)
@given(sheet=grouped, style=styles)
def test_members_of_an_open_group_are_in_its_box_and_others_are_not_drawn(
    sheet: Sheet, style: Style
) -> None:
    layout, groups = arrange(sheet, style), groups_of(sheet)
    of = groups.of
    hidden = (of >= 0) & groups.collapsed[of] if len(groups) else of >= 0
    assert np.array_equal(np.isnan(layout.boxes[:, 0]), hidden)
    for card in np.flatnonzero((of >= 0) & ~hidden):
        box, around = layout.boxes[card], layout.group_boxes[of[card]]
        assert box[0] > around[0] + style.inset - 0.01
        assert box[1] > around[1] + style.heading - 0.01
        assert (box[:2] + box[2:] <= around[:2] + around[2:] - style.inset + 0.01).all()


@settings(deadline=None, max_examples=40)
@given(sheet=grouped, style=styles)
def test_every_edge_has_a_route_unless_it_is_inside_a_collapsed_group(
    sheet: Sheet, style: Style
) -> None:
    layout, groups, edges = arrange(sheet, style), groups_of(sheet), sheet.edges
    a, b = groups.of[edges.source], groups.of[edges.target]
    closed = np.append(groups.collapsed, False)
    assert np.array_equal(layout.edge_route < 0, (a == b) & closed[a])
    counted = np.bincount(layout.edge_route[layout.edge_route >= 0], minlength=len(layout.routes))
    assert np.array_equal(counted, layout.routes.count)


@settings(deadline=None, max_examples=40)
@given(sheet=grouped, style=styles)
def test_a_bundle_passes_no_box_that_is_not_its_own(sheet: Sheet, style: Style) -> None:
    layout, groups, edges = arrange(sheet, style), groups_of(sheet), sheet.edges
    boxes = top(sheet, layout)
    free = np.cumsum(groups.of < 0) - 1
    item = np.where(groups.of < 0, free, (groups.of < 0).sum() + groups.of)
    for edge in np.flatnonzero(layout.edge_route >= 0):
        own = {int(item[edges.source[edge]]), int(item[edges.target[edge]])}
        if len(own) > 1:
            assert set(hits(boxes, drawn(layout, int(layout.edge_route[edge])), 1.0)) <= own


def test_edges_between_the_same_groups_are_one_bundle_with_their_number() -> None:
    sheet = Sheet(
        ["a", "b", "c", "d", "x"],
        edges=Edges([0, 0, 1, 4], [2, 3, 3, 0]),
        groups=Groups(["one", "two"], [0, 0, 1, 1, -1], collapsed=[True, False]),
    )
    layout = arrange(sheet)
    assert layout.edge_route.tolist() == [layout.edge_route[0]] * 3 + [layout.edge_route[3]]
    assert sorted(layout.routes.count.tolist()) == [1, 3]


def test_groups_that_read_each_other_have_one_bundle_that_runs_back() -> None:
    sheet = Sheet(
        ["a", "b", "c", "d"],
        edges=Edges([0, 1, 2], [2, 3, 1]),
        groups=Groups(["one", "two"], [0, 0, 1, 1]),
    )
    routes = arrange(sheet).routes
    assert routes.count[routes.is_back].tolist() == [1]
    assert routes.count[~routes.is_back].tolist() == [2]


def test_a_group_that_is_opened_leaves_the_others_in_their_order() -> None:
    names = [f"{group}{n}" for group in "abcdef" for n in range(5)]
    of = np.repeat(np.arange(6), 5)
    edges = Edges([0, 5, 10, 1, 15, 20], [5, 10, 25, 15, 20, 25])
    closed = np.ones(6, np.bool_)
    before = arrange(Sheet(names, edges=edges, groups=Groups("abcdef", of, collapsed=closed)))
    opened = Sheet(names, edges=edges, groups=Groups("abcdef", of, collapsed=np.arange(6) != 3))
    after = arrange(opened, previous=before)
    for axis in (0, 1):
        apart = before.group_boxes[:, axis][:, None] - before.group_boxes[:, axis]
        moved = after.group_boxes[:, axis][:, None] - after.group_boxes[:, axis]
        others = np.arange(6) != 3
        assert (moved[others][:, others][apart[others][:, others] > 1] >= 0).all()


def test_however_many_bundles_enter_a_group_it_is_no_larger_than_they_may_make_it() -> None:
    leaves = [f"leaf{number:03}" for number in range(300)]
    names = [*leaves, "inside", "beside"]
    groups = Groups(["box"], [-1] * len(leaves) + [0, 0])
    edges = Edges(range(len(leaves)), [len(leaves)] * len(leaves))
    layout, style = arrange(Sheet(names, edges=edges, groups=groups)), Style()
    assert layout.group_boxes[0, 3] <= style.group_ports_most + 2 * style.port_pad


def test_many_open_groups_that_read_one_are_no_tower() -> None:
    chains = np.arange(5 * 61).reshape(61, 5)  # one for each group
    edges = Edges(
        np.append(chains[:, :-1], np.zeros(60, int)), np.append(chains[:, 1:], chains[1:, 0])
    )
    groups = Groups([f"g{number:02}" for number in range(61)], np.repeat(np.arange(61), 5))
    layout = arrange(Sheet([f"n{n:03}" for n in range(305)], edges=edges, groups=groups))
    assert layout.bounds.height < layout.bounds.width
    assert overlapping(layout.group_boxes, 1.0) == []


def test_groups_of_a_column_share_their_width_but_not_with_a_much_wider_one() -> None:
    names = [f"{group}{n}" for group in "abcd" for n in range(9)]
    groups = Groups("abcd", np.repeat(np.arange(4), 9))
    for steps, is_shared in (((3, 4, 5), True), ((2, 2, 8), False)):  # in a row in each group
        chains = [(9 * g + n, 9 * g + n + 1) for g, count in enumerate(steps) for n in range(count)]
        origins, targets = zip(*chains, (0, 27), (9, 27), (18, 27), strict=True)
        boxes = arrange(Sheet(names, edges=Edges(origins, targets), groups=groups)).group_boxes
        left, wide = boxes[:3, 0], boxes[:3, 2]
        assert np.ptp(left + wide) == 0
        assert (wide[0] == wide[2]) == is_shared
        assert is_shared or wide[0] < wide[2] / 2


def test_an_open_group_has_room_for_its_heading() -> None:
    groups = Groups(["a", "b"], [0, 1], width=[300.0, 20.0])
    found = arrange(Sheet(["one", "other"], edges=Edges([0], [1]), groups=groups))
    assert found.group_boxes[0, 2] == 300.0
    assert found.boxes[0, 0] - found.group_boxes[0, 0] == (300.0 - found.boxes[0, 2]) / 2
    assert found.group_boxes[1, 2] > found.boxes[1, 2]
