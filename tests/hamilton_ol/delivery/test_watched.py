"""Connections that are known of: whether the target is well, and breaking them off."""

import contextlib
from pathlib import Path

import pytest

from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.tagging import TaggingTransport, with_tags
from hamilton_ol.delivery.watched import Watch, Watched
from hamilton_ol.errors import DeliveryError, NotAskedError, RefusedError, UnreachableError


class Transport:
    """Raises what it is told to, and counts interruptions."""

    address = "http://it"

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.interruptions = self.closed = 0

    def reach(self) -> None:
        self.send(b"")

    def send(self, event: bytes) -> None:
        if self.error is not None:
            raise self.error

    def interrupt(self) -> None:
        self.interruptions += 1

    def close(self) -> None:
        self.closed += 1


REFUSED = RefusedError("no", status=503)
BAD_EVENT = RefusedError("no", status=422, is_final=True)


@pytest.mark.parametrize(
    ("error", "is_well"),
    [(None, True), (UnreachableError("no"), False), (REFUSED, False), (BAD_EVENT, True)],
)
def test_the_last_answer_says_whether_the_target_is_well(
    error: DeliveryError | None, is_well: bool
) -> None:
    inner = Transport()
    watch = Watch(lambda: inner, is_well=not is_well)
    transport, inner.error = watch.connect(), error
    with contextlib.suppress(DeliveryError):
        transport.send(b"{}")
    assert watch.is_well == is_well


@pytest.mark.parametrize("is_well", [True, False])
@pytest.mark.parametrize("how", ["reach", "send"])
def test_what_was_not_waited_for_says_nothing_of_the_target(how: str, *, is_well: bool) -> None:
    inner = Transport()
    watch = Watch(lambda: inner, is_well=is_well)
    transport, inner.error = watch.connect(), NotAskedError("broken off")
    with pytest.raises(NotAskedError):
        transport.reach() if how == "reach" else transport.send(b"{}")
    assert watch.is_well == is_well


def test_a_connection_alone_makes_nobody_well() -> None:
    inner = Transport()
    watch = Watch(lambda: inner, is_well=False)
    transport = watch.connect()
    transport.reach()
    assert not watch.is_well
    watch.is_well, inner.error = True, UnreachableError("no")
    with pytest.raises(UnreachableError):
        transport.reach()
    assert not watch.is_well


def test_open_connections_are_broken_off() -> None:
    made = [Transport(), Transport()]
    left = list(made)
    watch = Watch(lambda: left.pop(0), is_well=True)
    watch.connect().close()
    watch.connect()
    watch.interrupt()
    assert [one.interruptions for one in made] == [0, 1]
    assert made[0].closed == 1


def test_it_can_what_the_transport_in_it_can(tmp_path: Path) -> None:
    asked = target_of({"url": "http://it", "mirror_tags": True})
    can = with_tags(Watch(lambda: HttpTransport(asked), is_well=True).connect, tmp_path)()
    cannot = with_tags(Watch(Transport, is_well=True).connect, tmp_path)()
    assert (type(can), type(cannot)) == (TaggingTransport, Watched)
