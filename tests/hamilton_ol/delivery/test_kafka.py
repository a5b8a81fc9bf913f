"""Kafka, with the brokers that librdkafka brings along for tests."""

import contextlib
import gc
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from confluent_kafka import Consumer, Producer

from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.errors import RefusedError, SettingError, UnreachableError
from tests.support.demo_golden import GOLDEN
from tests.support.servers import free_port

EVENTS = [
    json.dumps(event).encode() for event in json.loads(next(iter(GOLDEN.values())).read_bytes())
]
TOPIC = "lineage"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """A producer that a failed send left is collected here: in a fork it would abort the child."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def brokers() -> Iterator[str]:
    """Addresses of three brokers."""
    with cluster() as found:
        yield found


@contextlib.contextmanager
def cluster(**settings: Any) -> Iterator[str]:
    """Brokers, as long as they are used."""
    owner = Producer({"test.mock.num.brokers": 3, "log_level": 0, **settings})
    found = owner.list_topics(timeout=30).brokers.values()
    yield ",".join(f"{broker.host}:{broker.port}" for broker in found)
    del owner


def spec_of(brokers: str, config: dict[str, Any] | None = None) -> TargetSpec:
    config = {"bootstrap.servers": brokers, **(config or {})}
    return target_of({"transport": {"type": "kafka", "topic": TOPIC, "config": config}})


def read(brokers: str, topic: str, count: int) -> list[Any]:
    """The messages of a topic, as they came."""
    settings = {"bootstrap.servers": brokers, "group.id": "t", "auto.offset.reset": "earliest"}
    consumer = Consumer(settings)
    found: list[Any] = []
    consumer.subscribe([topic])
    end = time.monotonic() + 60
    while len(found) < count and time.monotonic() < end:
        message = consumer.poll(1)
        if message is not None and message.error() is None:
            found.append(message)
    consumer.close()
    return found


def test_events_arrive_in_order_and_in_one_partition(brokers: str) -> None:
    transport = open_transport(spec_of(brokers), timeout=30)
    for event in EVENTS:
        transport.send(event)
    transport.close()
    messages = read(brokers, TOPIC, len(EVENTS))
    assert [json.loads(m.value()) for m in messages] == [json.loads(event) for event in EVENTS]
    dag = json.loads(EVENTS[0])["job"]
    assert {m.key() for m in messages} == {f"run:{dag['namespace']}/{dag['name']}".encode()}
    assert len({m.partition() for m in messages}) == 1


def test_an_address_names_brokers_and_topic(brokers: str) -> None:
    assert spec_of("a:9092,b:9092").address == "kafka://a:9092,b:9092/lineage"


def test_brokers_that_are_not_there_are_told_in_time_and_nobody_is_disturbed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    spec = spec_of(f"127.0.0.1:{free_port()}", {"sasl.password": "tok-4711-x"})
    transport = open_transport(spec, timeout=0.5)
    with pytest.raises(UnreachableError, match=r"no broker took the event within 0\.5 s") as caught:
        transport.send(EVENTS[0])
    transport.close()
    assert "bootstrap.servers" in caught.value.hint
    assert capfd.readouterr() == ("", "")


def test_what_the_client_gave_up_was_not_delivered() -> None:
    limits = {"message.timeout.ms": 100, "socket.timeout.ms": 50}
    transport = open_transport(spec_of(f"127.0.0.1:{free_port()}", limits), timeout=30)
    with pytest.raises(UnreachableError, match="timed out"):
        transport.send(EVENTS[0])
    transport.close()


def test_an_event_that_was_given_up_does_not_arrive_later() -> None:
    with cluster(**{"test.mock.broker.rtt": 60}) as brokers:  # ms, nothing is known in time
        transport = open_transport(spec_of(brokers), timeout=0.01)
        with pytest.raises(UnreachableError):
            transport.send(EVENTS[0])
        patient = open_transport(spec_of(brokers), timeout=60)
        patient.send(EVENTS[1])
        for one in (transport, patient):
            one.close()
        (message,) = read(brokers, TOPIC, 1)
    assert json.loads(message.value()) == json.loads(EVENTS[1])


def test_an_event_that_is_too_large_never_will_be_taken(brokers: str) -> None:
    transport = open_transport(spec_of(brokers, {"message.max.bytes": 1000}), timeout=30)
    event = json.loads(EVENTS[0])
    event["job"]["name"] = "x" * 2000
    with pytest.raises(RefusedError) as caught:
        transport.send(json.dumps(event).encode())
    assert (caught.value.is_final, caught.value.status) == (True, 413)
    transport.close()


def test_an_option_that_there_is_not_is_told_without_secrets() -> None:
    spec = spec_of("a:9092", {"no.such.option": 1, "sasl.password": "tok-4711-x"})
    with pytest.raises(SettingError, match=r"no\.such\.option") as caught:
        open_transport(spec)
    assert "4711" not in f"{caught.value} {spec}"
