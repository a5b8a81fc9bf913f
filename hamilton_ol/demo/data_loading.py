"""Where the passengers come from."""

import pandas as pd
from hamilton.function_modifiers import extract_columns, tag, tag_outputs

COLUMNS = (
    "survived",
    "pclass",
    "name",
    "sex",
    "age",
    "sibsp",
    "parch",
    "ticket",
    "fare",
    "cabin",
    "embarked",
)


@tag_outputs(age={"PII": "true"}, sex={"PII": "true"})
@extract_columns(*COLUMNS)
@tag(
    source="prod.kaggle",
    table="passengers",
    owner="data-engineering",
    importance="production",
    target_="titanic_data",
)
def titanic_data(location: str, index_col: str) -> pd.DataFrame:
    """Passengers of a ship that never sailed, one row each.

    Args:
        location: path of the CSV file.
        index_col: the column that tells passengers apart.
    """
    passengers = pd.read_csv(location)
    passengers.columns = passengers.columns.str.strip().str.lower()
    return passengers.set_index(index_col)


def target(titanic_data: pd.DataFrame, target_col: str) -> pd.Series:
    """What the model is to predict."""
    return titanic_data[target_col]
