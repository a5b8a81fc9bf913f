"""Real drivers that carry secrets through runs that succeed and fail."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hamilton.data_quality.base import DataValidationError

from hamilton_ol import OpenLineageHook
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.flows import Flows, build
from tests.support.secrets import Planted, Secrets
from tests.support.secrets_failures import Login, failures
from tests.support.secrets_flow import careless_flow

FAILING = """
    from hamilton.function_modifiers import tag

    def session_token(number: int) -> str:
        '''A secret that is computed.'''
        return SECRET

    def failing(problem: Exception, customer: str, session_token: str) -> int:
        '''Fails as it is told.'''
        raise problem

    def quoting(session_token: str) -> int:
        '''Quotes what it was given by another node.'''
        raise ValueError(f"not understood: {session_token}")
"""


@dataclass
class Garden:
    """Where secrets were planted, and what came of it.

    Attributes:
        store: that the runs were recorded in.
        secrets: all of them.
        runs: as they are read back.
        logged: by the package.
        problems: that the hooks met.
    """

    store: Path
    secrets: list[Planted]
    runs: list[Run] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    problems: dict[str, int] = field(default_factory=dict)


def leaks(secrets: Iterable[Planted], text: str) -> list[tuple[str, str]]:
    """(what leaked, where) of every secret that the text holds."""
    return [
        (planted.kind, text[max(0, at - 60) : at + 60])
        for planted in secrets
        for needle in planted.needles
        if (at := text.find(needle)) >= 0
    ]


def plant(folder: Path, flows: Flows, level: str = "standard") -> Garden:
    """Run everything that is careless with secrets.

    Args:
        folder: for the store.
        flows: makes modules.
        level: how much is recorded.
    """
    secrets, heard = Secrets(20_260_101), _Heard()
    made = Garden(folder / "store", secrets.planted)
    logging.getLogger("hamilton_ol").addHandler(heard)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HOME", str(folder))
        patched.setenv("HAMILTON_OL_RECORD_LEVEL", level)
        environment = plant_environment(secrets, patched)
        _run_careless(flows, secrets, made)
        _run_failing(flows, secrets, made, environment)
        assert flush_all(60)
    logging.getLogger("hamilton_ol").removeHandler(heard)
    reader = StoreReader(made.store)
    made.runs = [reader.run(run.run_id) for run in reader.runs()]
    made.logged = heard.texts
    return made


class _Heard(logging.Handler):
    """Keeps all that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def plant_environment(secrets: Secrets, patched: pytest.MonkeyPatch) -> str:
    """Set variables that hold secrets; a text that quotes them all."""
    one, two, three = (secrets.new(f"environment {n}") for n in range(3))
    word = secrets.plant("environment of letters", "correcthorsebattery")
    variables = {
        "MY_API_TOKEN": one,
        "DB_PASSWORD": two,
        "DATABASE_URL": f"postgres://bob:{three}@db.example.com/sales",
        "APP_SECRET": word,
    }
    for name, value in variables.items():
        patched.setenv(name, value)
    return f"{one} | {two} | {three} | {word}"


def _run_careless(flows: Flows, secrets: Secrets, made: Garden) -> None:
    given = {
        "number": 1,
        "database": secrets.new("input database", "postgres://bob:{}@db.example.com/sales"),
        "tokenizer": "bert",
        "settings": {"database": {"host": "db", "password": secrets.new("nested")}},
        "many": [{"api_key": secrets.new("in a list")}, ("db_password", secrets.new("in a tuple"))],
        "login": Login(secrets.new("in an object")),
        "raw": secrets.new("bytes").encode(),
        **{f"address_{n}": text for n, text in enumerate(secrets.addresses())},
        **{f"awkward_{n}": text for n, text in enumerate(secrets.awkward_addresses())},
        **{f"shape_{n}": text for n, text in enumerate(secrets.shapes().values())},
    }
    config = {"model": "forest", **secrets.keyed()}
    del config["token"], config["password"]  # columns are called so
    tags = {"team": "data", "api_key": secrets.new("run tag"), "note": secrets.new("n", "token={}")}
    for importance in ("warn", "fail"):
        flow = flows.module(careless_flow(secrets, importance), f"careless_{importance}")
        hook = OpenLineageHook("careless", store=made.store, tags=tags)
        for number in (1, 100):  # the check takes 0 to 10
            dr = build([flow], hook, **config)
            inputs = {**given, "number": number}
            requested: list[Any] = ["total", "saved", "queried"]
            if (importance, number) == ("fail", 100):
                with pytest.raises(DataValidationError):
                    dr.execute(requested, inputs=inputs)
            else:
                dr.execute(requested, inputs=inputs)
        made.problems |= hook.problems


def _run_failing(flows: Flows, secrets: Secrets, made: Garden, environment: str) -> None:
    flow = flows.module(FAILING, "failing")
    vars(flow)["SECRET"] = secrets.new("computed")
    hidden, config = secrets.new("plain input"), secrets.keyed()
    hook = OpenLineageHook("failing", store=made.store)
    dr = build([flow], hook, **config)
    for _, problem in failures(secrets, hidden, config, environment):
        inputs: dict[str, Any] = {"problem": problem(), "customer": hidden, "number": 1}
        with pytest.raises(Exception):  # noqa: B017 - whatever it is
            dr.execute(["failing"], inputs=inputs)
    with pytest.raises(ValueError, match="not understood"):
        dr.execute(["quoting"], inputs={"number": 1})
    with pytest.raises(ValueError, match="Type requirement mismatch"):
        dr.execute(["quoting"], inputs={"number": secrets.new("plain input of the wrong type")})
    with pytest.raises(ValueError, match="not understood"):
        dr.execute(["quoting"], overrides={"session_token": secrets.new("override")})
    made.problems |= hook.problems
