"""Events are sent in their order, up to the first that is not taken."""

import pytest

from hamilton_ol.delivery.push import push
from hamilton_ol.errors import DeliveryError, RefusedError


class Taker:
    """A transport that takes so many events."""

    def __init__(self, most: int = 99, refusal: DeliveryError | None = None) -> None:
        self.taken: list[bytes] = []
        self._most, self._refusal = most, refusal or RefusedError("no", status=422, hint="h")

    def send(self, event: bytes) -> None:
        if len(self.taken) == self._most:
            raise self._refusal
        self.taken.append(event)

    def close(self) -> None:
        pass


EVENTS = [("START of j", "1"), ("START of j.a", "2"), ("COMPLETE of j", "ü")]


def test_events_are_sent_in_their_order() -> None:
    taker, sent = Taker(), list[int]()
    assert push(EVENTS, taker, sent.append) == 3
    assert taker.taken == [b"1", b"2", "ü".encode()]
    assert sent == [1, 2, 3]


@pytest.mark.parametrize(
    ("most", "told"),
    [
        (0, "no (event 1, START of j; none was taken before)"),
        (2, "no (event 3, COMPLETE of j; the 2 before it were taken)"),
    ],
)
def test_an_event_that_is_not_taken_is_named(most: int, told: str) -> None:
    taker, sent = Taker(most), list[int]()
    with pytest.raises(RefusedError) as caught:
        push(EVENTS, taker, sent.append)
    assert str(caught.value) == told
    assert (caught.value.status, caught.value.hint) == (422, "h")
    assert len(sent) == len(taker.taken) == most


def test_nothing_is_sent_of_nothing() -> None:
    assert push([], Taker(), lambda _sent: None) == 0


def test_events_are_made_only_when_they_are_sent() -> None:
    taker = Taker(1)
    with pytest.raises(RefusedError):
        push(((label, text) for label, text in EVENTS), taker, lambda _sent: None)
    assert taker.taken == [b"1"]
