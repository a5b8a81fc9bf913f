"""From the training set to a model."""

import pandas as pd
from hamilton.function_modifiers import extract_fields, tag
from sklearn.base import ClassifierMixin
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split


@extract_fields(
    {
        "X_train": pd.DataFrame,
        "X_test": pd.DataFrame,
        "y_train": pd.Series,
        "y_test": pd.Series,
    }
)
def train_test_split_func(
    training_set_v1: pd.DataFrame,
    target: pd.Series,
    validation_size_fraction: float,
    random_state: int,
) -> dict[str, pd.DataFrame | pd.Series]:
    """Keep some passengers apart to see how good the model is."""
    X_train, X_test, y_train, y_test = train_test_split(
        training_set_v1,
        target,
        test_size=validation_size_fraction,
        random_state=random_state,
        stratify=target,
    )
    return {"X_train": X_train, "X_test": X_test, "y_train": y_train, "y_test": y_test}


def prefit_random_forest(random_state: int, max_depth: int | None) -> ClassifierMixin:
    """A random forest that has learnt nothing yet."""
    return RandomForestClassifier(max_depth=max_depth, random_state=random_state)


@tag(artifact="model", owner="data-science", importance="production")
def fit_random_forest(
    prefit_random_forest: ClassifierMixin, X_train: pd.DataFrame, y_train: pd.Series
) -> ClassifierMixin:
    """The model: who survives, by class, age, sex, fare, cabin, port and family."""
    return prefit_random_forest.fit(X_train, y_train)
