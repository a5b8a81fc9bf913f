"""A producer for Kafka that says whether the broker has taken an event.

OpenLineage's client waits for its producer without an end, and only logs what was not delivered.
"""

import logging
from typing import Any

from hamilton_ol.errors import DeliveryError, RefusedError, UnreachableError

TOO_LARGE = 413
_LARGE = frozenset({"MSG_SIZE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"})

#: What librdkafka says of its connections. Failures are told in errors, so it is quiet, unless
#: somebody sets its level.
log = logging.getLogger("hamilton_ol.kafka")


def quiet_log() -> logging.Logger:
    """The log for librdkafka, which else writes to stderr."""
    if log.level == logging.NOTSET:
        log.setLevel(logging.CRITICAL)
    return log


class ConfirmedProducer:
    """Does what a producer of confluent-kafka does, but raises what was not confirmed.

    Args:
        producer: that one.
        address: of the target.
        timeout: seconds that the broker has for an event.

    Attributes:
        run: the run that the next event is of, and whether it ends it. All events of a run have the
            key of its first, which puts them into one partition: the client makes a key of the
            parent, which a terminal event may not name.
    """

    def __init__(self, producer: Any, address: str, timeout: float) -> None:
        self._producer, self._address, self._timeout = producer, address, timeout
        self._failed: Any = None
        self._keys: dict[str, Any] = {}
        self.run = "", False

    def produce(self, **message: Any) -> None:
        """Put an event into the queue.

        Raises:
            KafkaException, BufferError: it does not fit.
        """
        self._failed = None
        run_id, is_end = self.run
        key = self._keys.setdefault(run_id, message["key"])
        if is_end:
            del self._keys[run_id]
        self._producer.produce(**message | {"key": key, "on_delivery": self._note})

    def _note(self, error: Any, _message: Any) -> None:
        self._failed = self._failed or error

    def flush(self, timeout: float = -1) -> int:
        """Wait for the broker; how many events are not confirmed, always 0.

        Raises:
            DeliveryError: the broker did not take the event, or did not answer in time.
        """
        limit = self._timeout if timeout < 0 else min(timeout, self._timeout)
        if self._producer.flush(limit):
            self._producer.purge()  # it is sent again, and must not arrive after what follows
            self._producer.flush(0)
            raise UnreachableError(
                f"{self._address}: no broker took the event within {limit:g} s", hint=_HINT
            )
        if self._failed is not None:
            failed, self._failed = self._failed, None
            raise failure(self._address, failed)
        return 0


_HINT = "Are bootstrap.servers and the topic right, and may this machine connect?"


def failure(address: str, error: Any) -> DeliveryError:
    """What a KafkaError means."""
    text = f"{address}: {error.str()}"
    if error.name() in _LARGE:
        hint = "The event is larger than the broker takes; its operator can raise the limit."
        return RefusedError(text, status=TOO_LARGE, hint=hint, is_final=True)
    return UnreachableError(text, hint=_HINT)
