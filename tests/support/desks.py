"""An outbox that a test sends runs with."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from hamilton_ol.delivery.outbox import Outbox
from hamilton_ol.delivery.parcels import Order, Outcome
from tests.support.parcels import Clock, Parcel, Taker, account


class Desk:
    """An outbox whose process can be started anew."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.taker = folder, Clock(), Taker()
        self.restart()

    def restart(self) -> None:
        self.account = account(self.folder, self.clock)
        self.outbox = Outbox(self.account, self._borrow)
        self.told = self.account.acknowledgements.of_run

    @contextlib.contextmanager
    def _borrow(self) -> Iterator[Taker]:
        yield self.taker

    def send(self, run: Parcel, order: Order = Order.PENDING) -> Outcome:
        return self.outbox.send(run, order)
