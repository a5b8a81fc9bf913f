"""How long the writer's thread works at a time beside a dataflow."""

from hamilton_ol.store.slices import HELD, PAUSE, SLICE, Slices


class Time:
    """A clock that only work and pauses move; a pause takes longer by the time the lock is held."""

    def __init__(self) -> None:
        self.now, self.held, self.pauses = 0.0, 0.0, list[float]()

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds + self.held


def work(time: Time, slices: Slices, seconds: float) -> None:
    """Work for a time, in ten steps for each slice."""
    for _ in range(round(10 * seconds / SLICE)):
        time.now += SLICE / 10
        slices.breathe()


def made(time: Time, *, is_whole: bool = False) -> Slices:
    slices = Slices(lambda: time.now, time.pause)
    slices.begin(is_whole=is_whole)
    return slices


def test_the_lock_is_let_go_after_each_slice() -> None:
    time = Time()
    work(time, made(time), 10.5 * SLICE)
    assert 9 <= len(time.pauses) <= 10
    assert set(time.pauses) == {PAUSE}


def test_a_lock_that_nobody_gives_back_is_let_go_once_at_most() -> None:
    time = Time()
    time.held = 2 * HELD
    slices = made(time)
    work(time, slices, 10 * SLICE)
    assert len(time.pauses) == 1
    slices.begin(is_whole=False)
    time.held = 0.0
    work(time, slices, 10.5 * SLICE)
    assert len(time.pauses) >= 10


def test_what_somebody_waits_for_is_done_at_once() -> None:
    time = Time()
    work(time, made(time, is_whole=True), 10 * SLICE)
    slices = made(time)
    slices.is_awaited = True
    work(time, slices, 10 * SLICE)
    assert time.pauses == []
