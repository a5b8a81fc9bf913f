"""Ids of events and of nodes' runs."""

from uuid import UUID, uuid5

import pytest

from hamilton_ol.mapping.ids import event_id, node_run_id


@pytest.mark.parametrize("run_id", ["11111111-2222-4333-8444-555555555555", "nightly-7", ""])
def test_an_id_is_a_uuid_and_always_the_same(run_id: str) -> None:
    node_id = node_run_id(run_id, "age")
    assert str(UUID(node_id)) == node_id == node_run_id(run_id, "age")
    assert event_id(node_id, "START") == event_id(node_id, "START")


def test_an_id_is_what_the_standard_library_says() -> None:
    space = UUID("11111111-2222-4333-8444-555555555555")
    for name in ("age", "Größe", "x" * 300):
        assert node_run_id(str(space), name) == str(uuid5(space, name))


def test_ids_differ_by_run_node_and_type_of_event() -> None:
    runs = {node_run_id(run, node) for run in ("a", "b") for node in ("x", "y")}
    events = {event_id(run, kind) for run in runs for kind in ("START", "COMPLETE", "FAIL")}
    assert len(runs | events) == 4 + 12
