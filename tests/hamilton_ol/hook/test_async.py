"""An asynchronous driver: its result is what it is without us, and what is not known is said."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hamilton import async_driver

from hamilton_ol import OpenLineageHook
from hamilton_ol.hook.nodes import ASYNC
from tests.support.flows import Flows, latest

FLOW = """
    import asyncio

    async def half(number: int) -> float:
        await asyncio.sleep(0)
        return 1 / number

    async def total(half: float, number: int) -> float:
        return half + number
"""


async def executed(flow: Any, number: int, *hooks: OpenLineageHook) -> Any:
    builder: Any = async_driver.Builder()
    made = await builder.with_modules(flow).with_adapters(*hooks).build()
    return await made.execute(["total"], inputs={"number": number})


@pytest.mark.usefixtures("warned")
def test_what_ends_later_is_told_by_its_declared_type_and_said_to_be_unknown(
    flows: Flows, store: Path
) -> None:
    flow, hook = flows.module(FLOW), OpenLineageHook("job", store=store)
    assert asyncio.run(executed(flow, 2, hook)) == asyncio.run(executed(flow, 2))
    run = latest(store)
    assert run.status == "SUCCEEDED"
    types = {node.node: (node.type, node.schema and node.schema.fields) for node in run.nodes}
    assert types == {"half": ("", (("", "float"),)), "total": ("", (("", "float"),))}
    assert run.problems == {ASYNC: 2}


@pytest.mark.usefixtures("warned")
def test_a_run_in_which_one_fails_has_failed(flows: Flows, store: Path) -> None:
    flow, hook = flows.module(FLOW), OpenLineageHook("job", store=store)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(executed(flow, 0, hook))
    run = latest(store)
    assert run.status == "FAILED"
    assert run.finished is not None
    assert run.finished.error is not None
    assert run.finished.error.type == "ZeroDivisionError"
