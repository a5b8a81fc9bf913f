"""`hamilton_ol.testing.assert_lineage`."""

from typing import Any

import pytest

from hamilton_ol.demo.__main__ import build
from hamilton_ol.errors import UnknownNodeError
from hamilton_ol.testing import assert_lineage
from tests.support.demo_files import demo_graph


def test_what_is_so_passes() -> None:
    assert_lineage(
        build(),
        "fit_random_forest",
        sources={"prod.kaggle"},
        owners={"data-engineering", "data-science"},
        sensitive_columns={"age", "sex"},
        upstream={"age", "training_set_v1"},
        not_upstream={"encoders"},
    )
    assert_lineage(demo_graph(), "encoders", inputs=["location", "index_col"])


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"sources": {"prod.other"}}, r"lacks the sources 'prod.other'; it also has .*kaggle"),
        ({"sources": ()}, "also has the sources 'prod.kaggle'"),
        ({"inputs": {"location"}}, "also has the inputs 'index_col'"),
        ({"owners": {"me"}}, "lacks the owners 'me'"),
        ({"sensitive_columns": ()}, "also has the sensitive columns 'sex'"),
        ({"upstream": {"age"}}, "does not come from 'age'"),
        ({"not_upstream": {"sex"}}, "comes from 'sex'"),
    ],
)
def test_what_is_not_so_fails_and_says_what_differs(expected: dict[str, Any], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        assert_lineage(demo_graph(), "encoders", **expected)


def test_a_node_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownNodeError, match="encoder_s"):
        assert_lineage(demo_graph(), "encoder_s")


def test_what_is_no_dataflow_is_refused() -> None:
    with pytest.raises(TypeError):
        assert_lineage(object(), "x")
