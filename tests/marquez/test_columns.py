"""Columns are traced to the source, a step at a time."""

from tests.support.flows import Flows
from tests.support.marquez.dataflows import SHOP
from tests.support.marquez.recorded import Recorder


def test_columns_are_traced_step_by_step_to_the_source(recorder: Recorder, flows: Flows) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=False)
    assert recorder.columns("total") == {
        ("total.total", "revenue.amount"),
        ("revenue.amount", "amount.amount"),
        ("amount.amount", "orders.price"),
        ("amount.amount", "orders.quantity"),
        ("orders.price", "shop.orders.price"),
        ("orders.quantity", "shop.orders.quantity"),
    }
    assert recorder.columns("revenue", "domain") == {
        ("revenue.domain", "domain.domain"),
        ("domain.domain", "orders.email"),
        ("orders.email", "shop.orders.email"),
    }


def test_every_column_of_the_model_comes_from_columns_of_the_source(demo: Recorder) -> None:
    edges = demo.columns("fit_random_forest")
    ends = {source for _, source in edges} - {field for field, _ in edges}
    features = {"pclass", "age", "fare", "sex", "cabin", "embarked", "sibsp", "parch", "survived"}
    wanted = {f"prod.kaggle.{column}" for column in features}
    assert ends == wanted | {"prefit_random_forest.prefit_random_forest"}


def test_what_a_function_does_not_take_is_not_upstream(demo: Recorder) -> None:
    reached = {source for _, source in demo.columns("sex_category")}
    assert reached == {"sex_encoder.sex_encoder", "titanic_data.sex", "prod.kaggle.sex"}
