"""A store in trouble: the run does not notice, and what it holds in the end arrives."""

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.hamilton_ol.hook.disks import Disk
from tests.support.arrivals import arrives
from tests.support.children import until
from tests.support.flows import build
from tests.support.outages import Outage


@pytest.fixture
def disk(store: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(store, monkeypatch)


def execute(flow: Any, store: Path, outage: Outage, number: int = 1) -> None:
    adapter = OpenLineageHook("job", store=store, targets={"it": {"url": outage.url}})
    result = build([flow], adapter).execute(["third"], inputs={"number": number})
    assert result == {"third": number + 1}


@pytest.mark.usefixtures("swallowed")
@pytest.mark.parametrize("room", [0, 1, 200, 5000])
def test_a_disk_that_was_full(flow: Any, store: Path, disk: Disk, room: int) -> None:
    with Outage() as outage:
        execute(flow, store, outage)
        arrives(outage, store, runs=1)
        disk.room = room
        execute(flow, store, outage)
        until(lambda: disk.room == 0 or len(outage.texts) == 16)
        disk.recover()
        execute(flow, store, outage)
        arrives(outage, store, runs=3)


@pytest.mark.usefixtures("swallowed")
def test_a_disk_that_is_full_when_what_was_sent_is_to_be_noted(
    flow: Any, store: Path, disk: Disk
) -> None:
    """Nothing is sent that cannot be noted, but for what the disk refuses right then."""

    with Outage() as outage:

        def fill(number: int) -> int:
            assert flush_all(30)
            disk.refuses = {"open": errno.ENOSPC}
            return number

        flow._act = fill
        execute(flow, store, outage)
        assert len(outage.texts) <= 1
        disk.recover()
        arrives(outage, store, runs=1)
        assert len(outage.texts) <= 8 + 1


@pytest.mark.usefixtures("swallowed")
def test_a_store_that_can_only_be_read_for_a_while(flow: Any, store: Path, disk: Disk) -> None:
    with Outage() as outage:
        execute(flow, store, outage)
        arrives(outage, store, runs=1)
        disk.refuses = dict.fromkeys(("write", "open", "mkdir", "replace", "unlink"), errno.EROFS)
        execute(flow, store, outage)
        disk.recover()
        execute(flow, store, outage)
        arrives(outage, store, runs=3)


@pytest.mark.usefixtures("swallowed")
def test_a_store_that_is_removed_in_mid_run(flow: Any, store: Path) -> None:
    """What was told and taken before is gone from the store; what comes then arrives."""
    with Outage() as outage:

        def remove(number: int) -> int:
            assert flush_all(30)
            shutil.rmtree(store)
            return number

        flow._act = remove
        execute(flow, store, outage)
        assert flush_all(30)
        until(lambda: StoreReader(store).runs())
        flow._act = lambda number: number
        execute(flow, store, outage)
        arrives(outage, store, runs=2)


@pytest.mark.usefixtures("swallowed")
def test_a_store_that_is_removed_after_its_runs(flow: Any, store: Path) -> None:
    with Outage() as outage:
        execute(flow, store, outage)
        arrives(outage, store, runs=1)
        shutil.rmtree(store)
        outage.texts.clear()
        execute(flow, store, outage)
        arrives(outage, store, runs=1)


def test_a_lost_list_of_settled_segments_costs_only_a_look(flow: Any, store: Path) -> None:
    with Outage() as outage:
        for number in range(2):
            execute(flow, store, outage, number)
            arrives(outage, store, runs=number + 1)
            for path in store.glob("targets/*/settled"):
                path.unlink()
        assert len(outage.texts) == 16
