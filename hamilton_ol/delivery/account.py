"""All that is kept of one target, and what time it is."""

import random
import time
from collections.abc import Callable
from typing import NamedTuple

from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.breaker import Breaker
from hamilton_ol.delivery.leases import Leases
from hamilton_ol.delivery.rejected import RejectedEvents


class Account(NamedTuple):
    """What one target has taken, and who sends to it.

    Attributes:
        acknowledgements: what it has taken.
        leases: who sends what now.
        breaker: whether it is asked.
        rejected: what it refused, for a person.
        now: seconds since the epoch.
        jitter: a number from 0 to 1, so that not all come back at once.
    """

    acknowledgements: Acknowledgements
    leases: Leases
    breaker: Breaker
    rejected: RejectedEvents
    now: Callable[[], float] = time.time
    jitter: Callable[[], float] = random.random
