"""What is open has a name."""

from pathlib import Path

import pytest

from explorer_app.loading.trust import SAMPLE
from explorer_app.qt.opened import SAMPLE_NAME, named
from hamilton_ol.graph.lineage import LineageGraph


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (SAMPLE, SAMPLE_NAME),
        (("shop/orders.py",), "orders"),
        (("shop",), "shop"),
        (("shop/orders.py", "shop/catalogue.py"), "shop"),
        (("shop/orders.py", "crm/customers.py"), "scores"),
        (("/orders.py", "/catalogue.py"), "scores"),
        (("module:company.orders", "module:company.scores"), "scores"),
        (("shop/orders.py", "run:latest"), "scores"),
    ],
)
def test_a_title_is_the_name_of_what_was_opened(
    sources: tuple[str, ...], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert named(sources, LineageGraph([], [], name="company.scores")) == expected


def test_what_has_no_name_is_a_dataflow() -> None:
    assert named(("run:latest",), LineageGraph([], [])) == "dataflow"
