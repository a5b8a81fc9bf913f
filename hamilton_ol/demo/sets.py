"""Which features go into the model."""

import pandas as pd
from hamilton.function_modifiers import tag


@tag(artifact="training_set", owner="data-science", importance="production")
def training_set_v1(
    pclass: pd.Series,
    age: pd.Series,
    fare: pd.Series,
    sex_category: pd.Series,
    cabin_category: pd.Series,
    embarked_category: pd.Series,
    family: pd.Series,
) -> pd.DataFrame:
    """The features of the first version of the model, without gaps."""
    features = {
        "pclass": pclass,
        "age": age,
        "fare": fare,
        "sex_category": sex_category,
        "cabin_category": cabin_category,
        "embarked_category": embarked_category,
        "family": family,
    }
    return pd.DataFrame(features).fillna(0)
