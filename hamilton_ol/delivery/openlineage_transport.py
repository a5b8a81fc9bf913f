"""Every transport of OpenLineage's client: kafka, file, console, composite, transform, ...

Only `transports` loads this module, and only for a target that is set so: importing the client
takes a quarter of a second, and its work on a thread slows the dataflow down.
"""

import contextlib
import importlib.util
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from openlineage.client.event_v2 import RunEvent, RunState
from openlineage.client.transport import Transport, get_default_factory
from openlineage.client.transport.file import FileTransport
from openlineage.client.transport.kafka import KafkaTransport
from requests import HTTPError

from hamilton_ol.config import environment
from hamilton_ol.config.openlineage import DISABLED, is_disabled
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.answers import FINAL
from hamilton_ol.delivery.kafka_producer import ConfirmedProducer, failure, quiet_log
from hamilton_ol.delivery.openlineage_events import to_event
from hamilton_ol.errors import (
    DeliveryError,
    MissingExtraError,
    RefusedError,
    SettingError,
    UnreachableError,
)
from hamilton_ol.masking import Masker, looks_secret

DOUBTFUL = 500  # stands for a transport that fails: the event may be at fault, or not
LONGEST = 500  # characters of a failure that are told
ENDS = frozenset({RunState.COMPLETE, RunState.FAIL, RunState.ABORT})
_KAFKA = ("kafka", "msk-iam")
_file_names = threading.Lock()  # the client calls files by the microsecond


class OpenLineageTransport:
    """Sends events by a transport of OpenLineage's client.

    Args:
        spec: the target.

    Attributes:
        address: of the target.

    Raises:
        SettingError: its configuration means nothing.
        MissingExtraError: what it needs is not installed.
    """

    def __init__(self, spec: TargetSpec) -> None:
        self.address, self._timeout = spec.address, spec.total_timeout
        if is_disabled(environment()):  # the client would take every event and send none
            text = f"{DISABLED} is set, so OpenLineage's client does not send to {self.address}"
            raise SettingError(text, hint=f"Unset {DISABLED}, or remove the target.")
        if spec.transport is None:
            raise SettingError(f"{self.address} is no transport of OpenLineage's client")
        config = spec.transport.read()
        self._masker = Masker().with_values(_secrets(config))
        self._transport = self._made(config)
        self._producers = list(self._confirmed())

    def _confirmed(self) -> Iterator[ConfirmedProducer]:
        """Put a producer that confirms in the place of each that does not."""
        for transport in _tree(self._transport):
            if isinstance(transport, KafkaTransport):
                transport.flush = True
                producer = ConfirmedProducer(transport.producer, self.address, self._timeout)
                transport.producer = producer  # type: ignore[assignment] # it does the same
                yield producer

    def _made(self, config: dict[str, Any]) -> Transport:
        for inner in _configs(config):
            if inner.get("type") in _KAFKA:
                _need("confluent_kafka", "kafka")
                if isinstance(inner.get("config"), dict):
                    inner["config"].setdefault("logger", quiet_log())
        try:
            return get_default_factory().create(config)
        except ModuleNotFoundError as error:
            _need(error.name or "", "")
            raise
        except Exception as error:
            text = f"The transport of {self.address} cannot be made: {self._told(error)}"
            hint = "OpenLineage's documentation of the Python client lists what each one takes."
            raise SettingError(text, hint=hint) from None

    def reach(self) -> None:
        """Nothing: these transports connect when they send."""

    def send(self, event: bytes) -> None:
        """Send one event.

        Raises:
            UnreachableError: it could not be sent.
            RefusedError: the event is not accepted.
        """
        try:
            self._emit(to_event(event))
        except DeliveryError:
            raise
        except Exception as error:
            raise self._failure(error) from None

    def _emit(self, event: RunEvent) -> None:
        for producer in self._producers:
            producer.run = event.run.runId, event.eventType in ENDS
        with _file_names if _makes_files(self._transport) else contextlib.nullcontext():
            self._transport.emit(event)

    def close(self) -> None:
        """Give back what is open."""
        with contextlib.suppress(Exception):  # what was not confirmed is sent again
            self._transport.close(self._timeout)

    def _failure(self, error: Exception) -> DeliveryError:
        text, hint = f"{self.address}: {self._told(error)}", "Is the target running and set right?"
        if isinstance(error, HTTPError) and error.response is not None:
            status = error.response.status_code
            return RefusedError(text, status=status, hint=hint, is_final=status in FINAL)
        if hasattr(error, "args") and error.args and hasattr(error.args[0], "name"):
            return failure(self.address, error.args[0])  # a KafkaException holds a KafkaError
        if isinstance(error, (TypeError, ValueError, LookupError, AttributeError)):
            hint = "The transport, or a transformer, may not know such an event."
            return RefusedError(text, status=DOUBTFUL, hint=hint)
        return UnreachableError(text, hint=hint)

    def _told(self, error: Exception) -> str:
        return self._masker.text(f"{error or type(error).__name__}", LONGEST)


def _need(module: str, extra: str) -> None:
    if importlib.util.find_spec(module) is None:
        what = f"hamilton-ol[{extra}]" if extra else module
        text = f"The target needs {module}, which is not installed"
        raise MissingExtraError(text, hint=f"pip install '{what}'")


def _configs(config: Any) -> Iterator[dict[str, Any]]:
    """The configurations in a configuration, itself included."""
    if isinstance(config, dict):
        yield config
    inner = config.values() if isinstance(config, dict) else config
    if isinstance(config, dict | list):
        for item in inner:
            yield from _configs(item)


def _tree(transport: Any) -> Iterator[Any]:
    """A transport, and those that it hands events to."""
    yield transport
    inner = getattr(transport, "transports", None) or [getattr(transport, "transport", None)]
    for one in inner if isinstance(inner, list) else ():
        if isinstance(one, Transport):
            yield from _tree(one)


def _makes_files(transport: Transport) -> bool:
    return any(isinstance(one, FileTransport) for one in _tree(transport))


def _secrets(config: Any, key: str = "") -> Iterator[str]:
    """What is kept under a name that looks secret."""
    if isinstance(config, Mapping):
        for name, value in config.items():
            yield from _secrets(value, key if looks_secret(key) else str(name))
    elif isinstance(config, list):
        for value in config:
            yield from _secrets(value, key)
    elif isinstance(config, str) and looks_secret(key):
        yield config
