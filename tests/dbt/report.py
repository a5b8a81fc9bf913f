"""A dataflow that reads a table which dbt made; `python report.py STORE DATABASE` runs it."""

import sys
from importlib import import_module
from pathlib import Path

import pandas as pd
from hamilton import driver
from hamilton.function_modifiers import tag


@tag(source="shop.customers")
def customers(database: str) -> pd.DataFrame:
    """What each customer spent."""
    duckdb = import_module("duckdb")  # only dbt's environment has it
    with duckdb.connect(database, read_only=True) as connection:
        found: pd.DataFrame = connection.sql("select * from customers").df()
        return found


def best_customer(customers: pd.DataFrame) -> str:
    """Who spent most."""
    return str(customers.sort_values("spent")["customer"].iloc[-1])


if __name__ == "__main__":
    from hamilton_ol import OpenLineageHook

    hook = OpenLineageHook("report", store=Path(sys.argv[1]))
    dr = driver.Builder().with_modules(import_module("report")).with_adapters(hook).build()
    found = dr.execute(["best_customer"], inputs={"database": sys.argv[2]})
    sys.stdout.write(found["best_customer"])
