"""The facets that tell of checks: whether each passed, never what it looked at."""

from collections.abc import Iterable
from typing import Any

from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.used import Check
from hamilton_ol.records import NodeRun


def test_facet(nodes: Iterable[NodeRun]) -> Facet | None:
    """The checks among these executions; a check in several tasks passes if it does in all."""
    passed: dict[str, bool] = {}
    for node in nodes:
        if node.passed is not None:
            passed[node.node] = node.passed and passed.get(node.node, True)
    tests = [
        {"name": name, "status": "pass" if is_fine else "fail", "type": "check_output"}
        for name, is_fine in passed.items()
    ]
    return facet("TestRunFacet", tests=tests) if tests else None


def assertions_facet(checks: Iterable[Check]) -> Facet:
    """What checks found of a dataset that a job reads."""
    assertions: list[dict[str, Any]] = [
        {"assertion": check.name, "success": check.passed}
        | ({"column": check.column} if check.column is not None else {})
        for check in checks
    ]
    return facet("DataQualityAssertionsDatasetFacet", assertions=assertions)
