"""Two dataflows with the edges that there must be: the demo, and one that fails when it is told to."""

from hamilton_ol.demo.__main__ import REQUESTED, build
from tests.support.marquez.client import Edges
from tests.support.marquez.recorded import Recorder

SHOP = """
    import pandas as pd
    from hamilton.function_modifiers import extract_columns, tag

    @extract_columns("price", "quantity", "email")
    @tag(source="shop.orders", target_="orders")
    def orders() -> pd.DataFrame:
        return pd.DataFrame({"price": [1.5, 2.0], "quantity": [2, 1], "email": ["a@x", "b@y"]})

    def amount(price: pd.Series, quantity: pd.Series) -> pd.Series:
        return price * quantity

    def domain(email: pd.Series) -> pd.Series:
        return email.str.split("@").str[1]

    def revenue(amount: pd.Series, domain: pd.Series, fails: bool) -> pd.DataFrame:
        if fails:
            raise ValueError("no revenue today")
        table = pd.DataFrame({"amount": amount, "domain": domain})
        return table.groupby("domain", as_index=False).sum()

    def total(revenue: pd.DataFrame) -> float:
        return float(revenue["amount"].sum())
"""
SHOP_NODES = ("orders", "amount", "domain", "revenue", "total")


def shop_edges(recorder: Recorder) -> Edges:
    """The edges of the shop, written down by hand."""
    job, result = recorder.job_id, recorder.result_id
    return {
        (recorder.source_id("shop.orders"), job("orders")),
        (result("orders"), job("amount")),
        (result("orders"), job("domain")),
        (result("amount"), job("revenue")),
        (result("domain"), job("revenue")),
        (result("revenue"), job("total")),
        *((job(node), result(node)) for node in SHOP_NODES),
    }


def hamiltons_edges(recorder: Recorder) -> Edges:
    """The edges of Hamilton's own graph; what is taken out of a result belongs to who made it."""
    driver = build()
    ran = {variable.name: variable for variable in driver.what_is_upstream_of(*REQUESTED)}
    nodes = {name for name, variable in ran.items() if not variable.is_external_input}
    maker = {name: driver.graph.nodes[name].originating_functions[0].__name__ for name in nodes}
    edges = {(recorder.source_id("prod.kaggle"), recorder.job_id("titanic_data"))}
    for name in nodes:
        edges.add((recorder.job_id(maker[name]), recorder.result_id(maker[name])))
        needs = {one.name for one in driver.graph.nodes[name].dependencies} & nodes
        taken = {maker[need] for need in needs} - {maker[name]}
        edges |= {(recorder.result_id(need), recorder.job_id(maker[name])) for need in taken}
    return edges
